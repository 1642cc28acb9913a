"""Pictures and drawings of the pages in, findings about coarse and misplaced ones out."""

from __future__ import annotations

from booklet.findings import Finding
from booklet.verify.pdf_concern import COVER, POINTS_A_MM, Measure, Opened, measured, on_page
from booklet.verify.pdf_page import Box, Page

COARSEST = 200.0
"""Pixels an inch at the printed size (issue of print measures): below it, steps show at arm's
length, and people with low vision look from much nearer."""
ROUNDING = 0.5
TOLERANCE = 0.5 * POINTS_A_MM
"""Half a line of a frame may lie outside its column."""


def resolution(opened: Opened) -> Measure:
    """Hold photos and other pictures of pixels to a resolution that print needs."""
    rasters = [(page, raster) for page in opened.pages for raster in page.rasters]
    findings = [
        on_page(
            "PDF-036",
            opened,
            page.number,
            f"a picture has {raster.dpi:.0f} pixels an inch at its printed size; "
            f"{COARSEST:g} are needed.",
        )
        for page, raster in rasters
        if raster.dpi < COARSEST - ROUNDING
    ]
    least = min((raster.dpi for _, raster in rasters), default=None)
    detail = "no pictures made of pixels" if least is None else f"coarsest {least:.0f} an inch"
    return measured("picture resolution", findings, detail)


def drawings(opened: Opened) -> Measure:
    """Keep pictures, tables and boxes inside the column that the margins leave."""
    findings = [finding for page in opened.pages for finding in _outside(opened, page)]
    drawn = sum(page.drawn is not None for page in opened.pages)
    return measured("pictures in their column", findings, f"{drawn} pages with drawings")


def _outside(opened: Opened, page: Page) -> list[Finding]:
    column = opened.column(page)
    if column is None:
        return []
    boxes = [raster.box for raster in page.rasters if not raster.artifact]
    if page.drawn is not None and page.number != COVER:
        boxes.append(page.drawn)
    reach = max((_beyond(box, column) for box in boxes), default=0.0)
    if reach <= TOLERANCE:
        return []
    message = f"a picture, table or box reaches {reach / POINTS_A_MM:.1f} mm into the margin."
    return [on_page("PDF-035", opened, page.number, message)]


def _beyond(box: Box, column: Box) -> float:
    """Return how far a box reaches out of a column, in points."""
    return max(column[0] - box[0], column[1] - box[1], box[2] - column[2], box[3] - column[3])
