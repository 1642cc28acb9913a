"""PDF bytes in, measured pages out: text objects, letters, contrast and codes, read by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.pdf_page import Box, Colour, Glyph, Page, Run
from booklet.verify.pdf_picture import Pictures, codes_of, filled_share, pieces_of

FINE = 1.5
"""Pixels a point: a stem of Atkinson Hyperlegible at 18 pt is 2.4 pixels wide, so its core is
fully inked and shows the true colour."""
FINEST = 6.0
SCALED_FOR = 18.0
Matrix = tuple[float, float, float, float, float, float]
STROKED = (c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
DEEPEST = 32
"""Forms inside forms beyond this depth are not followed; PDFium itself stops near 30."""


@dataclass(frozen=True, slots=True)
class _Object:
    """A text object of PDFium with the matrix of the forms around it."""

    handle: Any
    matrix: Matrix
    artifact: bool


def read_pages(data: bytes, labels: tuple[str, ...]) -> tuple[Page, ...]:
    """Measure every page; ``labels`` are the printed numbers by page.

    Raises pypdfium2.PdfiumError when PDFium cannot open the bytes or a page of them.
    """
    document = pdfium.PdfDocument(data)
    try:
        return tuple(
            _read_page(document[index], index + 1, label) for index, label in enumerate(labels)
        )
    finally:
        document.close()


def _read_page(page: Any, number: int, label: str) -> Page:
    textpage = page.get_textpage()
    left, bottom, right, top = page.get_cropbox()
    objects = tuple(_text_objects(page))
    places = {_address(item.handle): index for index, item in enumerate(objects)}
    runs = tuple(_run(index, item, textpage) for index, item in enumerate(objects))
    glyphs = tuple(_glyphs(textpage, places, runs, (left, bottom)))
    runs = tuple(_moved(run, left, bottom) for run in runs)
    scale = _scale(runs)
    pictures = Pictures.of(
        page.render(scale=scale, rev_byteorder=True).to_pil(),
        _without_text(page, objects, scale),
        scale,
    )
    return Page(
        number=number,
        label=label,
        width=right - left,
        height=top - bottom,
        rotated=page.get_rotation() != 0,
        text="".join(glyph.char for glyph in glyphs),
        runs=runs,
        glyphs=glyphs,
        pieces=pieces_of(runs, glyphs, pictures),
        codes=codes_of(pictures),
        filled=filled_share(pictures),
    )


def _scale(runs: tuple[Run, ...]) -> float:
    sizes = [run.size for run in runs if run.size > 0]
    return min(FINEST, FINE * max(1.0, SCALED_FOR / min(sizes))) if sizes else FINE


def _without_text(page: Any, objects: tuple[_Object, ...], scale: float) -> Any:
    for item in objects:
        c.FPDFPageObj_SetIsActive(item.handle, False)
    return page.render(scale=scale, rev_byteorder=True).to_pil()


# ---------------------------------------------------------------- text objects

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _text_objects(page: Any) -> Iterator[_Object]:
    for index in range(c.FPDFPage_CountObjects(page)):
        yield from _inside(c.FPDFPage_GetObject(page, index), IDENTITY, artifact=False, depth=0)


def _inside(handle: Any, outer: Matrix, *, artifact: bool, depth: int) -> Iterator[_Object]:
    kind = c.FPDFPageObj_GetType(handle)
    artifact = artifact or _is_artifact(handle)
    if kind == c.FPDF_PAGEOBJ_TEXT:
        yield _Object(handle, outer, artifact)
    elif kind == c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        matrix = _times(_matrix(handle), outer)
        for index in range(c.FPDFFormObj_CountObjects(handle)):
            yield from _inside(
                c.FPDFFormObj_GetObject(handle, index), matrix, artifact=artifact, depth=depth + 1
            )


def _is_artifact(handle: Any) -> bool:
    names = (
        _mark_name(c.FPDFPageObj_GetMark(handle, index))
        for index in range(c.FPDFPageObj_CountMarks(handle))
    )
    return "Artifact" in names


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (c.FPDF_WCHAR * 32)()
    c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


def _matrix(handle: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(handle, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(
    m: Matrix,
    n: Matrix,
) -> Matrix:
    """Return the matrix that applies ``m`` first and then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _run(index: int, item: _Object, textpage: Any) -> Run:
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(item.handle, size)
    a, b, cc, d, _, _ = _times(_matrix(item.handle), item.matrix)
    colour, alpha = _paint(item.handle)
    return Run(
        index=index,
        text=_object_text(item.handle, textpage),
        # The smaller of width and height: squeezed letters are as hard to read as small ones.
        size=abs(size.value) * min(math.hypot(a, b), math.hypot(cc, d)),
        box=_box(item),
        colour=colour,
        alpha=alpha,
        artifact=item.artifact,
    )


def _object_text(handle: Any, textpage: Any) -> str:
    size = c.FPDFTextObj_GetText(handle, textpage, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    c.FPDFTextObj_GetText(handle, textpage, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")


def _paint(handle: Any) -> tuple[Colour, float]:
    stroked = c.FPDFTextObj_GetTextRenderMode(handle) in STROKED
    get = c.FPDFPageObj_GetStrokeColor if stroked else c.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(handle, red, green, blue, alpha):
        return (0, 0, 0), 1.0
    return (red.value, green.value, blue.value), alpha.value / 255


def _box(item: _Object) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    c.FPDFPageObj_GetBounds(item.handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, cc, d, e, f = item.matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + cc * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _moved(run: Run, left: float, bottom: float) -> Run:
    box = (run.box[0] - left, run.box[1] - bottom, run.box[2] - left, run.box[3] - bottom)
    return Run(run.index, run.text, run.size, box, run.colour, run.alpha, run.artifact)


# --------------------------------------------------------------------- letters

HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at a line's end."""


def _glyphs(
    textpage: Any, places: dict[int, int], runs: tuple[Run, ...], origin: tuple[float, float]
) -> Iterator[Glyph]:
    edges = [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        char = chr(c.FPDFText_GetUnicode(textpage, index))
        handle = c.FPDFText_GetTextObject(textpage, index)
        run = places.get(_address(handle)) if handle else None
        c.FPDFText_GetCharBox(textpage, index, edges[0], edges[2], edges[1], edges[3])
        c.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, bottom, right, top = (edge.value for edge in edges)
        yield Glyph(
            char="-" if char in HYPHENS else char,
            box=(left - origin[0], bottom - origin[1], right - origin[0], top - origin[1]),
            x=x.value - origin[0],
            y=y.value - origin[1],
            run=run,
            size=0.0 if run is None else runs[run].size,
        )


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)
