"""The sizes of paper: those that pages are printed on, and the sheets that take two pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class Paper:
    """A size in millimetres (ISO 216; ANSI/ASME Y14.1).

    ``sheet`` is the id of the paper on which two of these pages lie side by side at full size, or
    empty. ``margin`` is the least margin at the sides that leaves a page of this size room for
    large print, ``block_margin`` that above and below; ``foot`` is the gap above a page number.
    ``last_margin`` is the least margin of the last page, whose disclaimer must fit on it.
    """

    id: str
    name: str
    width: float
    height: float
    sheet: str = ""
    margin: float = 25.0
    block_margin: float = 25.0
    foot: float = 8.0
    last_margin: float = 15.0

    @property
    def is_small(self) -> bool:
        """True for the pages of a folded booklet."""
        return self.width < 180


class _Small(TypedDict):
    margin: float
    block_margin: float
    foot: float
    last_margin: float


# 25 mm: ACB (1 inch). Small pages 15 mm, and above and below 17: the page number then still keeps
# clear of the 6.35 mm at the edge that home printers leave white.
A4 = Paper("a4", "A4", 210.0, 297.0, sheet="a3")
LETTER = Paper("letter", "Letter", 215.9, 279.4, sheet="tabloid")
_SMALL: _Small = {"margin": 15.0, "block_margin": 17.0, "foot": 3.5, "last_margin": 10.0}
A5 = Paper("a5", "A5", 148.0, 210.0, sheet="a4", **_SMALL)
HALF_LETTER = Paper("half-letter", "half-letter", 139.7, 215.9, sheet="letter", **_SMALL)
PAPERS = (A4, LETTER, A5, HALF_LETTER)

A3 = Paper("a3", "A3", 297.0, 420.0)
TABLOID = Paper("tabloid", "Tabloid", 279.4, 431.8)
SHEETS = (A4, LETTER, A3, TABLOID)
"""What imposed sheets can be printed on: portrait, as the table of papers gives them."""

BLEED = 3.0
"""Millimetres that colour goes on beyond the edge of a page that is cut (the trade's usual)."""
CALIPER = 0.1
"""Millimetres: office paper of 80 g/m2 is about 0.004 inch thick (prepressure.com, "caliper")."""


def landscape(sheet: Paper) -> Paper:
    """Return a sheet turned on its side, as two pages lie on it."""
    width, height = sorted((sheet.width, sheet.height), reverse=True)
    return Paper(sheet.id, sheet.name, width, height)


def scale_on(page: Paper, sheet: Paper) -> float:
    """Return the factor at which two pages fill a sheet, side by side; 1 is full size."""
    turned = landscape(sheet)
    return min(turned.width / 2 / page.width, turned.height / page.height)
