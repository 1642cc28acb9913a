"""PDF bytes in, what each page paints out: letters, lines and pictures with their places.

The finished sheets and the print that they are made of are read by the same eyes, so that the one
can be laid over the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.pdf_objects import Object, box_of, painted_on, run_of, whole_matrix
from booklet.verify.pdf_page import Box, around


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is painted: text with its size in points, or a shape. Places in points.

    ``axes`` are the directions across and up that it is painted in, each of length 1.
    """

    kind: int
    text: str
    size: float
    box: Box
    axes: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """What one object of a page paints: a form with all that is in it, or a single thing."""

    is_form: bool
    marks: tuple[Mark, ...]

    @property
    def box(self) -> Box:
        """The smallest box that holds it all."""
        return around(tuple(mark.box for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Surface:
    """One page as it is painted, in the order of painting; sizes in points."""

    width: float
    height: float
    rotated: bool
    groups: tuple[Group, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Everything that is painted."""
        return tuple(mark for group in self.groups for mark in group.marks)

    @property
    def text(self) -> str:
        """All letters, without white space."""
        return "".join(mark.text for mark in self.marks)


def surfaces(data: bytes, only: int | None = None) -> tuple[Surface, ...]:
    """Read every page, or ``only`` this one, counted from 1.

    Raises pypdfium2.PdfiumError when the bytes cannot be opened.
    """
    document = pdfium.PdfDocument(data)
    try:
        pages = range(len(document)) if only is None else range(only - 1, only)
        return tuple(_surface(document[index]) for index in pages)
    finally:
        document.close()


def _surface(page: Any) -> Surface:
    left, bottom, right, top = page.get_cropbox()
    textpage = page.get_textpage()
    origin = (left, bottom)
    groups = []
    for index, items in groupby(painted_on(page), key=lambda item: item[0]):
        marks = tuple(_mark(kind, item, textpage, origin) for _, kind, item in items)
        handle = c.FPDFPage_GetObject(page, index)
        is_form = c.FPDFPageObj_GetType(handle) == c.FPDF_PAGEOBJ_FORM
        groups.append(Group(is_form, marks))
    return Surface(right - left, top - bottom, page.get_rotation() != 0, tuple(groups))


def _mark(kind: int, item: Object, textpage: Any, origin: tuple[float, float]) -> Mark:
    axes = _axes(item)
    if kind == c.FPDF_PAGEOBJ_TEXT:
        run = run_of(0, item, textpage, origin)
        # Which spaces PDFium reads into a text depends on what else is on the page.
        return Mark(kind, "".join(run.text.split()), run.size, run.box, axes)
    left, bottom, right, top = box_of(item)
    x, y = origin
    return Mark(kind, "", 0.0, (left - x, bottom - y, right - x, top - y), axes)


def _axes(item: Object) -> tuple[float, float, float, float]:
    a, b, cc, d, _, _ = whole_matrix(item)
    across, up = math.hypot(a, b) or 1.0, math.hypot(cc, d) or 1.0
    return a / across, b / across, cc / up, d / up
