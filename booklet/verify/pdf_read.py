"""PDF bytes in, measured pages out: text objects, letters, contrast and codes, read by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.pdf_codes import codes_of, may_hold_code
from booklet.verify.pdf_objects import HYPHENS, Object, objects_of, raster_of, run_of
from booklet.verify.pdf_page import Glyph, Page, Run
from booklet.verify.pdf_picture import Pictures, drawn_box, filled_share, pieces_of
from booklet.verify.pdf_sheet import Sheet

FINE = 1.5
"""Pixels a point: a stem of Atkinson Hyperlegible at 18 pt is 2.4 pixels wide, so its core is
fully inked and shows the true colour."""
FINEST = 6.0
SCALED_FOR = 18.0
MOST_PIXELS = 40_000_000
"""What a sheet of A3 has at the finest scale. A page may be 200 inches wide; drawn as any other, it
would take gigabytes. That its paper is wrong is told all the same."""


def read_pages(data: bytes, labels: tuple[str, ...]) -> tuple[Page, ...]:
    """Measure every page; ``labels`` are the printed numbers by page.

    Raises pypdfium2.PdfiumError when PDFium cannot open the bytes or a page of them.
    """
    document = pdfium.PdfDocument(data)
    sheets = Sheet(), Sheet()
    try:
        return tuple(
            _read_page(document[index], index + 1, label, sheets)
            for index, label in enumerate(labels)
        )
    finally:
        document.close()


def _read_page(page: Any, number: int, label: str, sheets: tuple[Sheet, Sheet]) -> Page:
    textpage = page.get_textpage()
    left, bottom, right, top = page.get_cropbox()
    origin = (left, bottom)
    painted = objects_of(page)
    texts = painted.texts
    runs = tuple(run_of(index, item, textpage, origin) for index, item in enumerate(texts))
    places = {_address(item.handle): index for index, item in enumerate(texts)}
    glyphs = tuple(_glyphs(textpage, places, runs, origin))
    scale = bounded(_scale(runs), right - left, top - bottom)
    pictures = _pictures(page, texts, scale, sheets)
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
        codes=codes_of(pictures) if may_hold_code(painted) else (),
        rasters=tuple(raster_of(item, origin) for item in painted.images),
        filled=filled_share(pictures),
        drawn=drawn_box(pictures),
    )


def _scale(runs: tuple[Run, ...]) -> float:
    sizes = [run.size for run in runs if run.size > 0]
    return min(FINEST, FINE * max(1.0, SCALED_FOR / min(sizes))) if sizes else FINE


def bounded(scale: float, width: float, height: float) -> float:
    """Return a scale at which a page of so many points has no more pixels than can be held."""
    pixels = scale**2 * width * height
    return scale if pixels <= MOST_PIXELS else scale * math.sqrt(MOST_PIXELS / pixels)


def _pictures(
    page: Any, texts: tuple[Object, ...], scale: float, sheets: tuple[Sheet, Sheet]
) -> Pictures:
    """Render the page, and once more without its text."""
    whole, bare = sheets
    whole.draw(page, scale)
    for item in texts:
        c.FPDFPageObj_SetIsActive(item.handle, False)
    bare.draw(page, scale)
    return Pictures(whole, bare, scale)


# --------------------------------------------------------------------- letters


def _glyphs(
    textpage: Any, places: dict[int, int], runs: tuple[Run, ...], origin: tuple[float, float]
) -> Iterator[Glyph]:
    across, up = origin
    raw, values = textpage.raw, (ctypes.c_double * 6)()
    # PDFium fills in one number each; all six are read at once.
    spots = [ctypes.c_double.from_buffer(values, 8 * place) for place in range(6)]
    box, place = spots[:4], spots[4:]
    for index in range(textpage.count_chars()):
        handle = c.FPDFText_GetTextObject(raw, index)
        run = places.get(_address(handle)) if handle else None
        c.FPDFText_GetCharBox(raw, index, *box)
        c.FPDFText_GetCharOrigin(raw, index, *place)
        left, right, bottom, top, x, y = values[:]
        code = c.FPDFText_GetUnicode(raw, index)
        char = chr(HYPHENS.get(code, code))
        yield Glyph(
            char,
            (left - across, bottom - up, right - across, top - up),
            x - across,
            y - up,
            run,
            0.0 if run is None else runs[run].size,
            char.isspace(),
        )


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)
