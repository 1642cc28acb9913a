"""A finished PDF that is to be folded in, findings about the pages that fill it up out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as c

from booklet.findings import Finding
from booklet.model import plain_text
from booklet.verify.pdf_concern import (
    NO_STRUCTURE,
    POINTS_A_MM,
    Measure,
    Opened,
    in_file,
    measured,
    on_page,
    unmeasured,
)
from booklet.verify.pdf_flow import Block
from booklet.verify.reading_order import Element, tidy
from booklet.verify.sheets_read import surfaces
from booklet.words import words_for

LEAST_GAP = 10.0
"""Millimetres between two lines to write on (house rule)."""
GAP_TOLERANCE = 0.1
WIDE = 0.5
"""A line to write on is wider than this share of the page."""
FILLED = 0.8
"""The lines reach down to this share of the height of the page, at the least."""


def spare_pages(opened: Opened, elements: tuple[Element, ...]) -> int:
    """Return how many pages were added to write on: never as many as the edition's multiple.

    They are told by their heading. A chapter of that name is the author's own.
    """
    booklet, heading = opened.expectation.booklet, _heading(opened)
    if booklet is None or not heading:
        return 0
    there = sum(each.kind == "H1" and each.all_words() == heading for each in elements)
    own = sum(tidy(plain_text(chapter.title)) == heading for chapter in booklet.chapters)
    return max(0, min(there - own, opened.expectation.edition.multiple - 1))


def _heading(opened: Opened) -> str:
    words = words_for(opened.expectation.language)
    return tidy(words["spare_notes"]) if words and opened.expectation.edition.multiple > 1 else ""


def even_pages(opened: Opened) -> Measure:
    """Require a number of pages that can be folded, where the edition is made to be."""
    multiple, count = opened.expectation.edition.multiple, len(opened.pages)
    findings = []
    if count % multiple:
        message = f"There are {count} pages; the edition is folded from a multiple of {multiple}."
        findings.append(in_file("PDF-080", opened, message))
    return measured("number of pages", findings, f"{count}, a multiple of {multiple}")


def spare_notes(opened: Opened) -> Measure:
    """Require that each page that was added is a whole page of lines to write on, and no more."""
    heading = _heading(opened)
    if not heading:
        return measured("added pages", (), "none are added to this edition")
    if opened.tags is None:
        return unmeasured("added pages", NO_STRUCTURE)
    added = [page for page in _pages_of(opened, heading) if not _is_chapter(opened, page)]
    findings = [finding for page in added for finding in _spoiled(opened, page)]
    most = opened.expectation.edition.multiple - 1
    if len(added) > most:
        message = f"{len(added)} pages were added; {most} are enough for any number."
        findings.append(in_file("PDF-081", opened, message))
    return measured("added pages", findings, f"{len(added)} to write on")


def _pages_of(opened: Opened, heading: str) -> list[int]:
    return [
        block.lines[0].page
        for block in opened.blocks
        if block.kind == "H1" and block.lines and _words(block) == heading
    ]


def _words(block: Block) -> str:
    return tidy(" ".join(line.text for line in block.lines))


def _is_chapter(opened: Opened, page: int) -> bool:
    """True for a page that an author's chapter of that name begins on: more follows it there."""
    booklet, heading = opened.expectation.booklet, _heading(opened)
    titles = [tidy(plain_text(chapter.title)) for chapter in booklet.chapters] if booklet else []
    return heading in titles and len(_blocks_on(opened, page)) != 2


def _blocks_on(opened: Opened, page: int) -> list[Block]:
    return [block for block in opened.blocks if page in block.pages]


def _spoiled(opened: Opened, page: int) -> Iterator[Finding]:
    if len(_blocks_on(opened, page)) != 2:
        message = "a page to write on holds more than its heading and one line of words."
        yield on_page("PDF-081", opened, page, message)
        return
    gaps, lowest = _lines(opened, page)
    if any(gap < LEAST_GAP - GAP_TOLERANCE for gap in gaps) or not gaps:
        least = f"{min(gaps):.1f} mm" if gaps else "nothing"
        message = f"lines to write on have {least} between them; {LEAST_GAP:g} mm are needed."
        yield on_page("PDF-081", opened, page, message)
    elif lowest > (1 - FILLED) * opened.pages[page - 1].height:
        yield on_page("PDF-081", opened, page, "lines to write on do not fill the page.")


def _lines(opened: Opened, page: int) -> tuple[list[float], float]:
    """Return the gaps between lines to write on in millimetres, and where the lowest lies.

    A line may be painted as the lower edge of a box: the lower edge is what is seen.
    """
    side = surfaces(opened.data, only=page)[0]
    upper = [mark.box[1] for mark in side.marks if mark.text and 2 * mark.box[1] > side.height]
    words = min(upper, default=side.height)
    rules = sorted(
        mark.box[1]
        for mark in side.marks
        if mark.kind == c.FPDF_PAGEOBJ_PATH
        and mark.box[3] < words
        and mark.box[2] - mark.box[0] > WIDE * side.width
    )
    gaps = [(above - below) / POINTS_A_MM for below, above in pairwise(rules)]
    return gaps, min(rules, default=words)
