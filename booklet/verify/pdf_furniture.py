"""Measured pages in, findings about printed page numbers out: place, look, label and mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from booklet.findings import Finding
from booklet.verify.pdf_concern import COVER, Measure, Opened, measured, on_page
from booklet.verify.pdf_fonts import weights
from booklet.verify.pdf_layout import in_furniture_band, is_page_number
from booklet.verify.pdf_page import Line, Page
from booklet.verify.pdf_text import SIZE_TOLERANCE

CORNER = 0.25
"""The outer part of the page's width in which a page number is looked for."""
EDGE = 1.0
"""Points. A number at the column's edge: its box may begin a little beside its first stroke."""
BOLD = 600
"""The lightest weight that is called bold: demi-bold (OpenType, table 'OS/2')."""
DEFAULT_MARGIN = 25.0


def page_numbers(opened: Opened) -> Measure:
    """Require a page number on every page but the cover, the same as in the reader's window."""
    limits = opened.expectation.edition.limits
    margin = limits.margin if limits else DEFAULT_MARGIN
    printed = {page.number: _printed(page, margin) for page in opened.pages}
    thin = {name for name, weight in weights(opened).items() if weight < BOLD}
    findings = [
        *(f for page in opened.pages for f in _placed(opened, page, printed[page.number])),
        *(f for page in opened.pages for f in _looks(opened, page, printed[page.number], thin)),
        *_marked(opened, printed),
    ]
    count = sum(map(len, printed.values()))
    return measured("page numbers", findings, f"{count} printed numbers on {len(printed)} pages")


def _printed(page: Page, margin: float) -> tuple[Line, ...]:
    return tuple(
        line
        for line in page.lines
        if in_furniture_band(page, line, margin) and is_page_number(line)
    )


def _placed(opened: Opened, page: Page, lines: tuple[Line, ...]) -> Iterator[Finding]:
    numbers = [line.text.split()[-1] for line in lines]
    if page.number == COVER:
        if numbers:
            yield on_page("PDF-053", opened, page.number, "the cover carries a page number.")
        return
    if not any(_is_in_corner(opened, page, line) for line in lines):
        side = "right" if opened.is_right_hand(page.number) else "left"
        message = f"there is no page number in the lower {side} corner."
        yield on_page("PDF-053", opened, page.number, message)
    for number in numbers:
        if number != page.label:
            message = f'the page says "{number}" but the reader\'s window says "{page.label}".'
            yield on_page("PDF-045", opened, page.number, message)


def _is_in_corner(opened: Opened, page: Page, line: Line) -> bool:
    """True at the foot and at the side away from the binding, or at that edge of the column.

    Where lines are kept short, wide margins take the column far into the page.
    """
    left, _, right, top = line.box
    width, column = CORNER * page.width, opened.column(page) or (0.0, 0.0, page.width, page.height)
    if opened.is_right_hand(page.number):
        is_outer = left >= page.width - width or right >= column[2] - EDGE
    else:
        is_outer = right <= width or left <= column[0] + EDGE
    return top < page.height / 2 and is_outer


def _looks(
    opened: Opened, page: Page, lines: tuple[Line, ...], thin: set[str]
) -> Iterator[Finding]:
    sizes = opened.expectation.edition.type
    for line in lines:
        if sizes and abs(line.size - sizes.body) > SIZE_TOLERANCE:
            message = (
                f"the page number is {line.size:.1f} pt in size; the text is {sizes.body:g} pt."
            )
            yield on_page("PDF-054", opened, page.number, message)
        if any(page.runs[run].font in thin for run in line.runs):
            yield on_page("PDF-054", opened, page.number, "the page number is not bold.")


# -------------------------------------------------------------- kept out of reading


def _marked(opened: Opened, printed: dict[int, tuple[Line, ...]]) -> Iterator[Finding]:
    """A page number is an artifact of the kind Pagination (ISO 32000-1, 14.8.2.2)."""
    for page, leaf in zip(opened.pages, opened.pdf.pages, strict=True):
        lines = printed[page.number]
        read_out = [line for line in lines if not all(page.runs[r].artifact for r in line.runs)]
        if read_out:
            message = "the page number would be read aloud in the middle of the text."
            yield on_page("PDF-055", opened, page.number, message)
        elif lines and _shown_as_pagination(leaf) < len(lines):
            message = "the page number is not marked as such."
            yield on_page("PDF-055", opened, page.number, message)


def _shown_as_pagination(page: pikepdf.Page) -> int:
    """Count the texts that the page's content shows inside marks of page furniture."""
    shown, open_marks = 0, list[bool]()
    for step in pikepdf.parse_content_stream(page, "BMC BDC EMC Tj TJ ' \""):
        match str(step.operator):
            case "BMC":
                open_marks.append(False)
            case "BDC":
                open_marks.append(_is_pagination(page, *step.operands))
            case "EMC":
                del open_marks[-1:]
            case _:
                shown += any(open_marks)
    return shown


def _is_pagination(page: pikepdf.Page, tag: Any, properties: Any) -> bool:
    if isinstance(properties, pikepdf.Name):
        named = page.resources.get("/Properties", pikepdf.Dictionary())
        properties = named.get(str(properties), pikepdf.Dictionary())
    return bool(tag == "/Artifact" and properties.get("/Type") == "/Pagination")
