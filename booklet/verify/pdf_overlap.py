"""Words with their boxes in, findings about what is printed over them out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from booklet.verify.pdf_concern import Measure, Opened, measured, on_page
from booklet.verify.pdf_page import Page, Piece, excerpt

ACROSS = 0.1
"""Ems. Letters of neighbouring words may lean into one another so far: kerning, an accent."""
UP = 0.15
"""Ems. A descender may reach so far into an accent of the line below it."""


def overlaps(opened: Opened) -> Measure:
    """Require that no word stands on another one."""
    findings = [
        on_page(
            "PDF-006",
            opened,
            page.number,
            f"{excerpt(one.text)} and {excerpt(other.text)} are printed over one another.",
        )
        for page in opened.pages
        for one, other in _overlapping(page)
    ]
    count = sum(len(page.pieces) for page in opened.pages)
    return measured("overlapping words", findings, f"{count:,} words")


def _overlapping(page: Page) -> Iterator[tuple[Piece, Piece]]:
    """Yield the pairs of words that share more than a corner, from the top of the page down."""
    words = sorted(page.pieces, key=lambda piece: -piece.box[3])
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            if other.box[3] <= one.box[1]:
                break
            if _overlap(one, other) and not _joined(one, other):
                yield one, other


def _overlap(one: Piece, other: Piece) -> bool:
    em = min(one.size, other.size)
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    up = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return across > ACROSS * em and up > UP * em


def _joined(one: Piece, other: Piece) -> bool:
    """True for pieces of one passage whose letters reach over one another, as those of Arabic.

    What belongs to no passage, a repeated header for one, is one in this.
    """
    letters = f"{one.text}{other.text}"
    from_the_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in letters)
    return one.mcid == other.mcid and from_the_right


def crossed_words(opened: Opened) -> Measure:
    """Require that words keep within their cell or box: no line or edge runs through them."""
    crossed = [(page, piece) for page in opened.pages for piece in page.pieces if piece.crossed]
    findings = [
        on_page(
            "PDF-007",
            opened,
            page.number,
            f"a line or the edge of a box runs through {excerpt(piece.text)}.",
        )
        for page, piece in crossed
    ]
    return measured("words within their boxes", findings, f"{len(crossed)} words crossed by a line")
