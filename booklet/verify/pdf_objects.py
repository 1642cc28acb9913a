"""A PDFium page in, its text objects and raster pictures out, wherever forms have put them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from booklet.verify.pdf_page import Box, Colour, Raster, Run

Matrix = tuple[float, float, float, float, float, float]
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
STROKED = (c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
DEEPEST = 32
"""Forms inside forms beyond this depth are not followed; PDFium itself stops near 30."""
NO_MARK = -1
HYPHENS = str.maketrans("\x02\ufffe", "--")
"""What PDFium puts for a hyphen at a line's end."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marked content around an object says of it."""

    mcid: int = NO_MARK
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """A text or image object of PDFium with the matrix and the marks of the forms around it."""

    handle: Any
    matrix: Matrix
    marks: Marks


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page paints, each in the order it is painted: texts, pictures, all others by kind."""

    texts: tuple[Object, ...]
    images: tuple[Object, ...]
    others: tuple[tuple[int, Object], ...]


def objects_of(page: Any) -> Painted:
    """Sort what a page paints."""
    painted = tuple((kind, item) for _, kind, item in painted_on(page))
    texts = tuple(item for kind, item in painted if kind == c.FPDF_PAGEOBJ_TEXT)
    images = tuple(item for kind, item in painted if kind == c.FPDF_PAGEOBJ_IMAGE)
    known = (c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_IMAGE)
    return Painted(texts, images, tuple(pair for pair in painted if pair[0] not in known))


def painted_on(page: Any) -> Iterator[tuple[int, int, Object]]:
    """Yield what a page paints, forms unfolded: (number of the page's own object, kind, object)."""
    for index in range(c.FPDFPage_CountObjects(page)):
        handle = c.FPDFPage_GetObject(page, index)
        for kind, item in _inside(handle, IDENTITY, Marks(), 0):
            yield index, kind, item


def _inside(handle: Any, outer: Matrix, around: Marks, depth: int) -> Iterator[tuple[int, Object]]:
    kind = c.FPDFPageObj_GetType(handle)
    if kind != c.FPDF_PAGEOBJ_FORM:
        yield kind, Object(handle, outer, _marks(handle, around))
    elif depth < DEEPEST:
        matrix, marks = _times(_matrix(handle), outer), _marks(handle, around)
        for index in range(c.FPDFFormObj_CountObjects(handle)):
            yield from _inside(c.FPDFFormObj_GetObject(handle, index), matrix, marks, depth + 1)


def _marks(handle: Any, around: Marks) -> Marks:
    own = c.FPDFPageObj_GetMarkedContentID(handle)
    names = (
        _mark_name(c.FPDFPageObj_GetMark(handle, index))
        for index in range(c.FPDFPageObj_CountMarks(handle))
    )
    return Marks(around.mcid if own < 0 else own, around.artifact or "Artifact" in names)


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (c.FPDF_WCHAR * 32)()
    c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


def _matrix(handle: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(handle, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def whole_matrix(item: Object) -> Matrix:
    """Return the matrix that paints an object on its page, through all forms around it."""
    own = _matrix(item.handle)
    return own if item.matrix is IDENTITY else _times(own, item.matrix)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that applies ``m`` first and then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


# --------------------------------------------------------------- text and rasters


def run_of(index: int, item: Object, textpage: Any, origin: tuple[float, float]) -> Run:
    """Measure a text object; ``origin`` is the lower left corner of the visible page."""
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(item.handle, size)
    a, b, cc, d, _, up = whole_matrix(item)
    colour, alpha = _paint(item.handle)
    return Run(
        index=index,
        text=_object_text(item.handle, textpage),
        # The smaller of width and height: squeezed letters are as hard to read as small ones.
        size=abs(size.value) * min(math.hypot(a, b), math.hypot(cc, d)),
        box=_moved(box_of(item), origin),
        colour=colour,
        alpha=alpha,
        artifact=item.marks.artifact,
        mcid=item.marks.mcid,
        baseline=up - origin[1],
        font=_font_name(item.handle),
    )


def raster_of(item: Object, origin: tuple[float, float]) -> Raster:
    """Measure an image object: its pixels over the inches that its matrix gives it."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(item.handle, width, height)
    a, b, cc, d, _, _ = whole_matrix(item)
    sides = ((width.value, math.hypot(a, b)), (height.value, math.hypot(cc, d)))
    return Raster(
        box=_moved(box_of(item), origin),
        dpi=min((pixels * 72 / points for pixels, points in sides if points > 0), default=math.inf),
        artifact=item.marks.artifact,
    )


def _object_text(handle: Any, textpage: Any) -> str:
    size = c.FPDFTextObj_GetText(handle, textpage, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    c.FPDFTextObj_GetText(handle, textpage, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").translate(HYPHENS)


def _font_name(handle: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    c.FPDFFont_GetBaseFontName(c.FPDFTextObj_GetFont(handle), buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


def _paint(handle: Any) -> tuple[Colour, float]:
    stroked = c.FPDFTextObj_GetTextRenderMode(handle) in STROKED
    get = c.FPDFPageObj_GetStrokeColor if stroked else c.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(handle, red, green, blue, alpha):
        return (0, 0, 0), 1.0
    return (red.value, green.value, blue.value), alpha.value / 255


def box_of(item: Object) -> Box:
    """Return where an object is painted, in the units of its page."""
    edges = [ctypes.c_float() for _ in range(4)]
    c.FPDFPageObj_GetBounds(item.handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    if item.matrix is IDENTITY:  # in no form, as nearly all are
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    a, b, cc, d, e, f = item.matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + cc * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _moved(box: Box, origin: tuple[float, float]) -> Box:
    left, bottom = origin
    return box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
