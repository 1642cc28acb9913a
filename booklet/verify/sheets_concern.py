"""What every concern about sheets to fold takes: an opened file, and each page placed on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pikepdf

from booklet.editions import Expectation, Paper, landscape
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.verify.pdf_page import Box, around
from booklet.verify.sheets_read import Group, Mark, Surface
from booklet.verify.sheets_stack import Side, folded

POINTS_A_MM = 72 / 25.4
GUIDE = 2
"""The first so many pages are the two sides of the sheet with the instructions."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One page of the print where it lies on a side of a sheet.

    ``sheet`` counts from 0, ``at`` is the page of the file, from 1. ``number`` is the page of the
    print, from 1; ``scale`` across and up, ``across`` where the page's left edge lies, in points;
    ``is_whole`` that each mark of the page is where it is on the page itself.
    """

    sheet: int
    at: int
    is_left: bool
    group: Group
    number: int | None = None
    scale: tuple[float, float] = (1.0, 1.0)
    across: float = 0.0
    is_whole: bool = True


@dataclass(frozen=True)
class OpenedSheets:
    """A finished file of sheets, and the print that it was made of (none when not at hand)."""

    name: str
    pdf: pikepdf.Pdf
    surfaces: tuple[Surface, ...]
    parent: tuple[Surface, ...]
    expectation: Expectation

    @property
    def paper(self) -> Paper:
        """The sheet, turned on its side. Raises ValueError when the edition has none."""
        if self.expectation.edition.sheet is None:
            raise ValueError(f"{self.expectation.edition.id} is not for sheets")
        return landscape(self.expectation.edition.sheet)

    @property
    def from_right(self) -> bool:
        """True for a booklet that is read from right to left."""
        return self.expectation.direction == "rtl"

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The pages on the sheets, side by side, in the order of the file."""
        known: dict[tuple[tuple[int, str], ...], list[int]] = {}
        for number, page in enumerate(self.parent, start=1):
            known.setdefault(_kind_and_text(page.marks), []).append(number)
        found: list[Placed] = []
        for index, side in enumerate(self.surfaces[GUIDE:]):
            for group in side.groups:
                if group.is_form:
                    left, _, right, _ = group.box
                    is_left = left + right < side.width
                    place = Placed(index // 2, index + GUIDE + 1, is_left, group)
                    found.append(self._recognised(place, known))
        return tuple(found)

    def _recognised(
        self, place: Placed, known: dict[tuple[tuple[int, str], ...], list[int]]
    ) -> Placed:
        """Lay each page that has these marks over the place; take it if it is that page."""
        marks = place.group.marks
        numbers = known.get(_kind_and_text(marks), [])
        if not marks or not numbers:
            return place
        # Two pages with the same words are told apart by nothing: each is taken once.
        number = numbers.pop(0) if len(numbers) > 1 else numbers[0]
        page = self.parent[number - 1].marks
        ours, theirs = place.group.box, around(tuple(mark.box for mark in page))
        scale = _ratio(ours, theirs, 0), _ratio(ours, theirs, 1)
        offset = ours[0] - theirs[0] * scale[0], ours[1] - theirs[1] * scale[1]
        is_whole = all(
            _near(mine, other, scale, offset) for mine, other in zip(marks, page, strict=True)
        )
        return Placed(
            place.sheet,
            place.at,
            place.is_left,
            place.group,
            number,
            scale,
            offset[0],
            is_whole,
        )

    @cached_property
    def halves(self) -> dict[tuple[int, bool], Placed]:
        """What lies on the left (True) and right half of each page of the file."""
        return {(place.at, place.is_left): place for place in self.placed}

    @property
    def sheets(self) -> tuple[tuple[Side, Side], ...]:
        """Front and back of each sheet: the page of the print at the left and at the right."""
        sides = [
            (self._number(at, is_left=True), self._number(at, is_left=False))
            for at in range(GUIDE + 1, len(self.surfaces) + 1)
        ]
        return tuple(zip(sides[::2], sides[1::2], strict=False))

    def _number(self, at: int, *, is_left: bool) -> int | None:
        place = self.halves.get((at, is_left))
        return place.number if place else None

    @property
    def outside_back(self) -> Placed | None:
        """What the reader sees at the back of the folded and closed booklet."""
        # Each half is folded under a number of its own: twice its page, and one more at the right.
        faces = [
            ((2 * at, 2 * at + 1), (2 * at + 2, 2 * at + 3))
            for at in range(GUIDE + 1, len(self.surfaces), 2)
        ]
        if not self.bundles:
            return None
        last = folded(faces[self.bundles[-1].start :], from_right=self.from_right)[-1]
        return None if last is None else self.halves.get((last // 2, last % 2 == 0))

    @cached_property
    def bundles(self) -> tuple[range, ...]:
        """Which sheets are folded together: all, or bundles when there are too many.

        A new bundle begins where page does not follow page.
        """
        if len(self.sheets) <= MOST_SHEETS:
            return (range(len(self.sheets)),)
        low = int(not self.from_right)
        starts = [
            index
            for index, (front, _) in enumerate(self.sheets)
            if index == 0 or front[low] != _after(self.sheets[index - 1][1][1 - low])
        ]
        ends = [*starts[1:], len(self.sheets)]
        return tuple(range(start, end) for start, end in zip(starts, ends, strict=False))


def _after(page: int | None) -> int | None:
    return None if page is None else page + 1


def _kind_and_text(marks: tuple[Mark, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((mark.kind, mark.text) for mark in marks)


def _ratio(ours: Box, theirs: Box, axis: int) -> float:
    size = theirs[axis + 2] - theirs[axis]
    return (ours[axis + 2] - ours[axis]) / size if size else 1.0


def _near(mine: Mark, other: Mark, scale: tuple[float, float], offset: tuple[float, float]) -> bool:
    there = tuple(edge * scale[i % 2] + offset[i % 2] for i, edge in enumerate(other.box))
    axes = zip(mine.axes, other.axes, strict=True)
    return all(abs(a - b) < NEAR for a, b in zip(mine.box, there, strict=True)) and all(
        abs(a - b) < STRAIGHT for a, b in axes
    )


NEAR = 0.5
"""Points: places are read as numbers of single precision."""
STRAIGHT = 0.001
"""How far a direction of length 1 may be off: 1 mm in a metre."""
MOST_SHEETS = 20
"""So many sheets are folded in one."""


def on_sheet(rule: str, opened: OpenedSheets, page: int, message: str) -> Finding:
    """Make a finding about a page of the file, which stands for the line."""
    return found(rule, Span(opened.expectation.file, page), f"Page {page}: {message}")


def in_sheets(rule: str, opened: OpenedSheets, message: str) -> Finding:
    """Make a finding about the file as a whole."""
    return found(rule, Span(opened.expectation.file), message)
