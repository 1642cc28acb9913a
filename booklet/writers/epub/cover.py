"""The cover picture: the bytes of a PDF enter, a small PNG of its first page leaves."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image

# Pixels. Book shops and reading apps ask for a long side of 1400 to 2560; 1600 is sharp on a
# shelf and, in few colours, still below a tenth of a megabyte.
HEIGHT = 1600
# A cover is drawn in few flat colours; more would only store the smoothing of letter edges.
COLOURS = 64
# One pixel in so many, each way, tells which colours the large areas have, and how many those are.
_SAMPLED, _AREAS = 8, 16
# Of zlib: a level more takes twice the time for a twentieth of the size.
_PACKING = 8


def cover_image(pdf: bytes) -> bytes:
    """Draw page 1 of a PDF as a palette PNG, HEIGHT pixels high; same PDF, same bytes.

    Raises pypdfium2.PdfiumError when the bytes are no PDF.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB")
    finally:
        document.close()
    out = BytesIO()
    _flat(picture).save(out, format="PNG", compress_level=_PACKING)
    return out.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture in few colours, those of its large areas among them as they are.

    The quick way to choose colours takes the middle of colours that are close to each other:
    white paper and the edges of letters on it become a little grey.
    """
    flat = picture.quantize(
        colors=COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    numbers = flat.getpalette() or []
    palette = [tuple(numbers[at : at + 3]) for at in range(0, len(numbers), 3)]
    for colour in _large_areas(picture):
        palette[min(range(len(palette)), key=lambda at: _apart(palette[at], colour))] = colour
    flat.putpalette([number for colour in palette for number in colour])
    return flat


def _large_areas(picture: Image.Image) -> list[tuple[int, ...]]:
    """Return the colours that most of a picture has, the most frequent last."""
    size = (picture.width // _SAMPLED, picture.height // _SAMPLED)
    counted = picture.resize(size, Image.Resampling.NEAREST).getcolors(size[0] * size[1]) or []
    return [colour for _, colour in sorted(counted)[-_AREAS:] if isinstance(colour, tuple)]


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
