"""Measured pages and the edition row in, findings about paper, margins and lines out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.pdf_concern import POINTS_A_MM, Measure, Opened, measured, on_page
from booklet.verify.pdf_page import Box, Line, Page, excerpt

PAPER_TOLERANCE = 0.5
"""Points. Millimetres do not come out even in points; 0.5 pt is 0.18 mm."""
MARGIN_TOLERANCE = 0.5
"""Millimetres. Some letters reach a little past the edge of their own space."""
PRINTABLE = 6.35
"""Millimetres: the quarter inch along each edge that ordinary home printers leave blank."""
PAGE_NUMBER = re.compile(r"(?:\S+ )?(\d+|[ivxlc]+)", re.IGNORECASE)
SPARSE = 0.15


def paper(opened: Opened) -> Measure:
    """Require the edition's paper size, upright, on every page."""
    sheet = opened.expectation.edition.paper
    if sheet is None:
        return measured("paper", (), "this edition promises no paper size")
    width, height = sheet.width * POINTS_A_MM, sheet.height * POINTS_A_MM
    findings = [
        on_page(
            "PDF-030",
            opened,
            page.number,
            f"the page is {page.width / POINTS_A_MM:.1f} by {page.height / POINTS_A_MM:.1f} mm"
            f"{', turned' if page.rotated else ''}; {sheet.name} is {sheet.width:g} by "
            f"{sheet.height:g} mm.",
        )
        for page in opened.pages
        if page.rotated
        or abs(page.width - width) > PAPER_TOLERANCE
        or abs(page.height - height) > PAPER_TOLERANCE
    ]
    return measured("paper", findings, f"{len(opened.pages)} pages, {sheet.name}")


# --------------------------------------------------------------------- margins


def margins(opened: Opened) -> Measure:
    """Keep text inside its column, but for page numbers and running heads."""
    limits = opened.expectation.edition.limits
    if limits is None:
        return measured("margins", (), "this edition promises no margin")
    heads = _running_heads(opened.pages, limits.margin)
    findings = [
        finding
        for page in opened.pages
        if (column := opened.column(page)) is not None
        for line in page.lines
        for finding in _placed(opened, page, line, column, heads)
    ]
    nearest = min((_nearest(p, line) for p in opened.pages for line in p.lines), default=0.0)
    return measured("margins", findings, f"text nearest to an edge: {nearest:.1f} mm")


def _placed(
    opened: Opened, page: Page, line: Line, column: Box, heads: frozenset[tuple[str, int]]
) -> Iterator[Finding]:
    distance, (side, beyond) = _nearest(page, line), _beyond(line.box, column)
    if distance < PRINTABLE:
        message = f"{excerpt(line.text)} is {distance:.1f} mm from the edge of the paper."
        yield on_page("PDF-032", opened, page.number, message)
    elif beyond > MARGIN_TOLERANCE and not _may_stand_in_margin(opened, page, line, heads):
        message = f"{excerpt(line.text)} reaches {beyond:.1f} mm into the margin {side}."
        yield on_page("PDF-031", opened, page.number, message)


def _may_stand_in_margin(
    opened: Opened, page: Page, line: Line, heads: frozenset[tuple[str, int]]
) -> bool:
    """True for a page number, an artifact or a running head, wholly at the head or the foot."""
    limits = opened.expectation.edition.limits
    return (
        limits is not None
        and in_furniture_band(page, line, limits.margin)
        and (is_page_number(line) or _is_artifact(page, line) or _place(line) in heads)
    )


def _beyond(box: Box, column: Box) -> tuple[str, float]:
    """Return the side where a box leaves its column farthest, and how far in millimetres."""
    sides = {
        "at the left": column[0] - box[0],
        "at the foot": column[1] - box[1],
        "at the right": box[2] - column[2],
        "at the head": box[3] - column[3],
    }
    side = max(sides, key=sides.__getitem__)
    return side, sides[side] / POINTS_A_MM


def _nearest(page: Page, line: Line) -> float:
    left, bottom, right, top = line.box
    return min(left, bottom, page.width - right, page.height - top) / POINTS_A_MM


def in_furniture_band(page: Page, line: Line, margin: float) -> bool:
    """True when the line stands wholly in the margin (millimetres) at the head or foot."""
    band = (margin + MARGIN_TOLERANCE) * POINTS_A_MM
    return line.box[3] <= band or line.box[1] >= page.height - band


def is_page_number(line: Line) -> bool:
    """True for a number, Arabic or Roman, with at most one word before it."""
    return PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _is_artifact(page: Page, line: Line) -> bool:
    return all(page.runs[run].artifact for run in line.runs)


def _place(line: Line) -> tuple[str, int]:
    return line.text, round(line.box[1])


def _running_heads(pages: tuple[Page, ...], margin: float) -> frozenset[tuple[str, int]]:
    """Return the words that stand in the margin at the same height on several pages."""
    counts = Counter(
        _place(line)
        for page in pages
        for line in page.lines
        if in_furniture_band(page, line, margin)
    )
    return frozenset(place for place, count in counts.items() if count > 1)


# ------------------------------------------------------------------------ fill


def fill(opened: Opened) -> Measure:
    """Point to pages that are empty or nearly so; cover and last page are short by intent."""
    findings = [
        on_page("PDF-038", opened, page.number, _how_full(page))
        for page in opened.pages[1:-1]
        if page.filled < SPARSE
    ]
    least = min((page.filled for page in opened.pages), default=0.0)
    return measured("page fill", findings, f"emptiest page {least:.0%} filled")


def _how_full(page: Page) -> str:
    return f"only {page.filled:.0%} of the page is filled." if page.filled else "the page is empty."
