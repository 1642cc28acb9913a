"""A finished file in, what it says of itself out: for files whose source is not known."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from booklet.editions import EPUB, Expectation, Format
from booklet.verify.epub_book import XML_LANG, UnreadableBookError, open_book


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file says; empty where it says nothing.

    ``paper`` is width and height of its first page in millimetres, zero for an e-book.
    """

    title: str = ""
    language: str = ""
    direction: str = "ltr"
    paper: tuple[float, float] = (0.0, 0.0)


def declared(data: bytes, kind: Format) -> Declared:
    """Return what a file says of itself; of one that cannot be opened, nothing."""
    return _of_pdf(data) if kind == "pdf" else _of_epub(data)


def _of_pdf(data: bytes) -> Declared:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            viewer = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
            info = pdf.trailer.get("/Info", pikepdf.Dictionary())
            left, bottom, right, top = (float(edge) for edge in pdf.pages[0].mediabox)
            return Declared(
                title=str(info.get("/Title", "")),
                language=str(pdf.Root.get("/Lang", "")),
                direction="rtl" if viewer.get("/Direction") == "/R2L" else "ltr",
                paper=(_millimetres(right - left), _millimetres(top - bottom)),
            )
    except (pikepdf.PdfError, AttributeError, IndexError, TypeError, ValueError):
        return Declared()


def _millimetres(points: float) -> float:
    return points * 25.4 / 72


def _of_epub(data: bytes) -> Declared:
    try:
        book = open_book(data, Expectation(EPUB, "", "", "", "", "", ""))
    except UnreadableBookError:
        return Declared()
    return Declared(
        title=next(iter(book.named("title")), ""),
        language=book.package.get(XML_LANG) or next(iter(book.named("language")), ""),
        direction=book.package.get("dir") or "ltr",
    )
