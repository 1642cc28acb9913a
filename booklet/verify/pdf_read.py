"""PDF bytes in, measured pages out: text objects, letters, contrast and codes, read by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.pdf_objects import HYPHENS, Object, objects_of, raster_of, run_of
from booklet.verify.pdf_page import Glyph, Page, Run
from booklet.verify.pdf_picture import (
    Pictures,
    codes_of,
    drawn_box,
    filled_share,
    pieces_of,
)

FINE = 1.5
"""Pixels a point: a stem of Atkinson Hyperlegible at 18 pt is 2.4 pixels wide, so its core is
fully inked and shows the true colour."""
FINEST = 6.0
SCALED_FOR = 18.0


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
    origin = (left, bottom)
    texts, images = objects_of(page)
    runs = tuple(run_of(index, item, textpage, origin) for index, item in enumerate(texts))
    places = {_address(item.handle): index for index, item in enumerate(texts)}
    glyphs = tuple(_glyphs(textpage, places, runs, origin))
    pictures = _pictures(page, texts, _scale(runs))
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
        rasters=tuple(raster_of(item, origin) for item in images),
        filled=filled_share(pictures),
        drawn=drawn_box(pictures),
    )


def _scale(runs: tuple[Run, ...]) -> float:
    sizes = [run.size for run in runs if run.size > 0]
    return min(FINEST, FINE * max(1.0, SCALED_FOR / min(sizes))) if sizes else FINE


def _pictures(page: Any, texts: tuple[Object, ...], scale: float) -> Pictures:
    """Render the page, and once more without its text."""
    whole = _rendered(page, scale)
    for item in texts:
        c.FPDFPageObj_SetIsActive(item.handle, False)
    return Pictures(whole, _rendered(page, scale), scale)


def _rendered(page: Any, scale: float) -> Any:
    # Four bytes a pixel are a picture as they stand; three would have to be copied into one.
    return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True).to_pil()


# --------------------------------------------------------------------- letters


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
            char=char.translate(HYPHENS),
            box=(left - origin[0], bottom - origin[1], right - origin[0], top - origin[1]),
            x=x.value - origin[0],
            y=y.value - origin[1],
            run=run,
            size=0.0 if run is None else runs[run].size,
        )


def _address(handle: Any) -> int:
    return ctypes.addressof(handle.contents)
