"""A number of pages in, what each side of each sheet shows out: plain numbers, no paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MOST_SHEETS = 20
"""So many sheets an office stapler and a folding hand can still take (80 g/m2)."""
LARGEST_BUNDLE = 5
"""Sheets of one bundle (signature) of a thick booklet: 16 or 20 pages, as binders fold them."""


@dataclass(frozen=True, slots=True)
class Side:
    """The numbers of the two pages on one side of a sheet, counted from 1."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is printed on both sides; ``depth`` is how many of its bundle lie around it."""

    front: Side
    back: Side
    depth: int


def bundles(sheets: int) -> tuple[int, ...]:
    """Return how many sheets are folded together: all in one, or bundles of 4 or 5 if too many."""
    if sheets <= MOST_SHEETS:
        return (sheets,)
    count = -(-sheets // LARGEST_BUNDLE)
    fewest, more = divmod(sheets, count)
    return tuple(fewest + (number < more) for number in range(count))


def impose(pages: int, *, from_right: bool = False) -> tuple[Sheet, ...]:
    """Return the sheets of a booklet in the order in which they are printed.

    Of each bundle the outermost sheet comes first. ``from_right`` is for a booklet that is read
    from right to left: its sides are mirrored. Raises ValueError when the number of pages is not a
    multiple of four.
    """
    if pages <= 0 or pages % 4:
        raise ValueError(f"{pages} pages cannot be folded: it takes a multiple of four")
    sheets: list[Sheet] = []
    first = 1
    for size in bundles(pages // 4):
        sheets += _bundle(first, first + 4 * size - 1, size)
        first += 4 * size
    return tuple(_mirrored(sheet) for sheet in sheets) if from_right else tuple(sheets)


def _bundle(first: int, last: int, size: int) -> Iterator[Sheet]:
    for depth in range(size):
        low, high = first + 2 * depth, last - 2 * depth
        yield Sheet(Side(high, low), Side(low + 1, high - 1), depth)


def _mirrored(sheet: Sheet) -> Sheet:
    front, back = sheet.front, sheet.back
    return Sheet(Side(front.right, front.left), Side(back.right, back.left), sheet.depth)
