"""Measured pages and the edition row in, findings about paper, margins and lines out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from booklet.editions import Limits
from booklet.findings import Finding
from booklet.verify.pdf_concern import POINTS_A_MM, Measure, Opened, measured, on_page
from booklet.verify.pdf_page import Line, Page, excerpt

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
    """Keep text out of the margins, but for page numbers and running heads."""
    limits = opened.expectation.edition.limits
    if limits is None:
        return measured("margins", (), "this edition promises no margin")
    heads = _running_heads(opened.pages, limits.margin)
    findings = [
        finding
        for page in opened.pages
        for line in page.lines
        for finding in _placed(opened, page, line, limits, heads)
    ]
    nearest = min((_nearest(p, line) for p in opened.pages for line in p.lines), default=0.0)
    return measured("margins", findings, f"text nearest to an edge: {nearest:.1f} mm")


def _placed(
    opened: Opened, page: Page, line: Line, limits: Limits, heads: frozenset[tuple[str, int]]
) -> Iterator[Finding]:
    distance = _nearest(page, line)
    if distance < PRINTABLE:
        message = f"{excerpt(line.text)} is {distance:.1f} mm from the edge of the paper."
        yield on_page("PDF-032", opened, page.number, message)
    elif distance < limits.margin - MARGIN_TOLERANCE and not (
        in_furniture_band(page, line, limits.margin)
        and (is_page_number(line) or _is_artifact(page, line) or _place(line) in heads)
    ):
        message = (
            f"{excerpt(line.text)} is {distance:.1f} mm from the edge of the paper; "
            f"the margin is {limits.margin:g} mm."
        )
        yield on_page("PDF-031", opened, page.number, message)


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


# ---------------------------------------------------------- lines, numbers, fill


def line_lengths(opened: Opened) -> Measure:
    """Hold every line to the edition's number of characters, spaces included."""
    limits = opened.expectation.edition.limits
    longest = limits.characters if limits else 10_000
    findings = [
        on_page(
            "PDF-033",
            opened,
            page.number,
            f"{excerpt(line.text)} is a line of {len(line.text)} characters; "
            f"{longest} is the limit.",
        )
        for page in opened.pages
        for line in page.lines
        if len(line.text) > longest
    ]
    lengths = sorted(len(line.text) for page in opened.pages for line in page.lines)
    detail = f"longest {lengths[-1]} characters of {len(lengths):,} lines" if lengths else "no text"
    return measured("line length", findings, detail)


def page_numbers(opened: Opened) -> Measure:
    """Require that printed page numbers are those of the reader's window."""
    limits = opened.expectation.edition.limits
    margin = limits.margin if limits else 25.0
    printed = [(page, number) for page in opened.pages for number in _printed_numbers(page, margin)]
    findings = [
        on_page(
            "PDF-045",
            opened,
            page.number,
            f'the page says "{number}" but the reader\'s window says "{page.label}".',
        )
        for page, number in printed
        if number != page.label
    ]
    detail = f"{len(printed)} printed numbers on {len(opened.pages)} pages"
    return measured("page numbers", findings, detail)


def _printed_numbers(page: Page, margin: float) -> list[str]:
    return [
        line.text.split()[-1]
        for line in page.lines
        if in_furniture_band(page, line, margin) and is_page_number(line)
    ]


def fill(opened: Opened) -> Measure:
    """Tell how full the pages are; a page may be empty by intent, so nothing is found here."""
    sparse = [str(page.number) for page in opened.pages if page.filled < SPARSE]
    least = min((page.filled for page in opened.pages), default=0.0)
    detail = f"emptiest page {least:.0%} filled; under {SPARSE:.0%}: "
    return measured("page fill", (), detail + (", ".join(sparse) or "none"))
