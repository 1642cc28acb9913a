"""A finished PDF in colour in, the same file in shades of grey out; nothing else changes.

The shade of a colour is that of ISO 32000-1, 10.3.3: what a black-and-white printer would make of
it. The structure, the words and the places of everything stay as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from PIL import Image

from booklet.errors import MachineError

_SHADES = {"rg": "g", "RG": "G"}
# Operators that would set a colour in a way that the engine never does.
_FOREIGN = frozenset({"k", "K", "sc", "SC", "scn", "SCN", "cs", "CS"})


def grey(data: bytes) -> bytes:
    """Return the PDF with every colour as a shade of grey, the same bytes for the same file.

    Raises MachineError when a colour is set in a way that is not known.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(_content(page))
        for item in list(pdf.objects):
            _convert(item)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _convert(item: pikepdf.Object) -> None:
    if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
        item.write(_content(item))
    elif isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
        _picture(item)
    elif isinstance(item, pikepdf.Stream) and "/PatternType" in item:
        item.write(_content(item))
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)) and "/ShadingType" in item:
        _shading(item)


def _content(holder: pikepdf.Page | pikepdf.Stream) -> bytes:
    return pikepdf.unparse_content_stream(tuple(_instructions(holder)))


def _instructions(holder: pikepdf.Page | pikepdf.Stream) -> Iterator[Any]:
    for instruction in pikepdf.parse_content_stream(holder):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            raise MachineError("a picture inside the text of a page cannot be made grey")
        name = str(instruction.operator)
        if name in _SHADES:
            shade = _shade(float(number) for number in instruction.operands)
            yield pikepdf.ContentStreamInstruction([shade], pikepdf.Operator(_SHADES[name]))
        elif name in _FOREIGN and not _is_pattern(instruction):
            raise MachineError(f"a colour set by {name} cannot be made grey")
        else:
            yield instruction


def _is_pattern(instruction: pikepdf.ContentStreamInstruction) -> bool:
    """True when a pattern is chosen, whose own colours are converted where they stand."""
    return any(isinstance(operand, pikepdf.Name) for operand in instruction.operands)


def _shade(colour: Iterable[float]) -> float:
    red, green, blue = colour
    return round(0.3 * red + 0.59 * green + 0.11 * blue, 4)


def _picture(image: pikepdf.Stream) -> None:
    """Write a picture of coloured pixels anew; what is grey already stays, masks among it."""
    if image.get("/ImageMask") or image.get("/ColorSpace") == "/DeviceGray":
        return
    pixels = pikepdf.PdfImage(image).as_pil_image()
    if pixels.mode not in ("RGB", "RGBA", "P", "L", "1"):
        raise MachineError(f"a picture of the kind {pixels.mode} cannot be made grey")
    # How much shows through is kept in a picture of its own, which is grey already.
    flat: Image.Image = pixels.convert("RGB").convert("L")
    image.write(flat.tobytes())
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    for name in ("/Decode", "/DecodeParms"):
        if name in image:
            del image[name]


def _shading(shading: pikepdf.Object) -> None:
    """Turn a colour gradient into one of grey."""
    if shading.get("/ColorSpace") == "/DeviceGray":
        return
    if shading.get("/ColorSpace") != "/DeviceRGB":
        raise MachineError("a gradient of such colours cannot be made grey")
    shading.ColorSpace = pikepdf.Name.DeviceGray
    _function(shading.Function)


def _function(function: pikepdf.Object) -> None:
    """Make the colours at the ends of each piece of a gradient grey (function types 2 and 3)."""
    if function.FunctionType == 3:
        for piece in function.Functions:
            _function(piece)
        return
    for name in ("/C0", "/C1"):
        colour = [float(number) for number in function[name]]
        if len(colour) == 3:
            function[name] = pikepdf.Array([_shade(colour)])
