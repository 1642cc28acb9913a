"""Tables of the tag tree and the pages in, values printed without their column's words out.

A table may stand as rows of columns or, where columns would be too narrow, as cards of values with
labels. Both are measured by their places on the page: the file need not say which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from booklet.findings import Finding
from booklet.verify.pdf_concern import NO_STRUCTURE, Measure, Opened, measured, on_page, unmeasured
from booklet.verify.pdf_flow import PrintedLine, printed_lines
from booklet.verify.pdf_page import SAME_LINE, Glyph, Page, excerpt
from booklet.verify.reading_order import has_letters_of, is_from_the_right
from booklet.verify.tagtree import Tag

NEAR = 2.0
"""A label ends on its value's line or the one above: lines are 1.25 to 1.5 sizes apart."""
_MARK = frozenset({"Reference", "Note"})
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Value:
    """A cell that prints something: its lines, its header's words, and whether it is on a card."""

    lines: tuple[PrintedLine, ...]
    head: str
    stacked: bool


def told_apart(opened: Opened) -> Measure:
    """Require the words of its column with each value: above it in the column, or before it."""
    if opened.tags is None:
        return unmeasured("values of tables", NO_STRUCTURE)
    values = [value for row in _rows(opened.tags) for value in _values(opened, *row)]
    findings: list[Finding] = [
        on_page(
            "PDF-076",
            opened,
            value.lines[0].page,
            f"{excerpt(value.lines[0].text)} stands without {excerpt(value.head)}.",
        )
        for value in values
        if not _is_told(opened.pages[value.lines[0].page - 1], value)
    ]
    cards = sum(value.stacked for value in values)
    detail = f"{len(values)} values with their columns' words, {cards} of them on cards"
    return measured("values of tables", findings, detail)


def _rows(root: Tag) -> Iterator[tuple[Tag, dict[str, str]]]:
    """Yield each row with the words of the column headers of its table by their ids."""
    for table in (tag for tag in root.walk() if tag.standard == "Table"):
        heads = {
            tag.id: _bare(tag)
            for tag in table.walk()
            if tag.standard == "TH" and tag.scope == "Column"
        }
        for row in (tag for tag in table.walk() if tag.standard == "TR"):
            yield row, heads


def _values(opened: Opened, row: Tag, heads: dict[str, str]) -> Iterator[_Value]:
    cells = [kid for kid in row.kids if isinstance(kid, Tag)]
    printed = [printed_lines(cell.contents(), opened.pages) for cell in cells]
    stacked = _are_stacked([lines for lines in printed if lines])
    for cell, lines in zip(cells, printed, strict=True):
        head = next((heads[name] for name in cell.headers if heads.get(name)), "")
        if cell.standard == "TD" and lines and head:
            yield _Value(lines, head, stacked)


def _are_stacked(cells: list[tuple[PrintedLine, ...]]) -> bool:
    """True when each cell of a row begins below the one before it, or on a later page."""
    return len(cells) > 1 and all(
        after[0].page > before[-1].page
        or before[-1].baseline - after[0].baseline > SAME_LINE * after[0].size
        for before, after in pairwise(cells)
    )


def _bare(head: Tag) -> str:
    """Return a header's words without marks of notes and sources."""
    kids = (_words(kid) for kid in head.kids)
    return " ".join("".join(kids).split())


def _words(kid: object) -> str:
    if isinstance(kid, Tag):
        return "" if kid.standard in _MARK else "".join(map(_words, kid.kids))
    return str(getattr(kid, "text", ""))


def _is_told(page: Page, value: _Value) -> bool:
    line, head = value.lines[0], _squeezed(value.head).rstrip(":")
    if is_from_the_right(head):
        near = _beside(page, line) if value.stacked else _above(page, line)
        return has_letters_of(near, head)
    if value.stacked:
        return _before(page, line).rstrip(":").endswith(head)
    return head in _above(page, line)


def _beside(page: Page, line: PrintedLine) -> str:
    """Return the letters on a value's line and close above it, in whatever order."""
    lowest, highest = line.baseline - SAME_LINE * line.size, line.baseline + NEAR * line.size
    return _squeezed("".join(glyph.char for glyph in page.glyphs if lowest < glyph.y < highest))


def _before(page: Page, line: PrintedLine) -> str:
    """Return the words of the page up to a value; none when they do not end close to it."""
    letters = [glyph for glyph in page.glyphs if not glyph.is_space]
    start = next((index for index, glyph in enumerate(letters) if _is_in(glyph, line)), 0)
    if not start or abs(letters[start - 1].y - line.baseline) > NEAR * line.size:
        return ""
    return _squeezed("".join(glyph.char for glyph in letters[:start]))


def _is_in(glyph: Glyph, line: PrintedLine) -> bool:
    left, bottom, right, top = line.box
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return left <= x <= right and bottom <= y <= top


def _above(page: Page, line: PrintedLine) -> str:
    """Return the words that stand above a value, wholly or in part."""
    left, _, right, _ = line.box
    return _squeezed(
        " ".join(
            other.text
            for other in page.lines
            if other.box[1] > line.baseline and other.box[0] < right and left < other.box[2]
        )
    )


def _squeezed(words: str) -> str:
    return "".join(_ASIDE.sub("", words).split()).casefold()
