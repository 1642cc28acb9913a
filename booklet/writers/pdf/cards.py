"""A booklet and an edition in, the tables that are set as cards because they do not fit out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from booklet.editions import (
    CELL_BORDER,
    CELL_PADDING,
    COLUMN_LETTERS,
    LETTER_WIDTH,
    Edition,
)
from booklet.model import Block, Booklet, Compare, Section, plain_text
from booklet.prose import blocks
from booklet.writers.pdf.fonts import width

_POINTS_A_MM = 72 / 25.4
# What a box around the table takes of the line, for 18 points of type: as .callout in base.css.
_BOX = 38.0
# A line may end at a space and after a hyphen.
_WORD = re.compile(r"[^\s-]+-?|-")


def as_cards(booklet: Booklet, edition: Edition) -> frozenset[str]:
    """Return the ids of the tables whose columns would be too narrow on this edition's pages."""
    return frozenset(
        block.id
        for block, inside in blocks(booklet)
        if isinstance(block, Compare) and not fits(block, edition, _boxes(inside))
    )


def fits(table: Compare, edition: Edition, boxes: int = 0) -> bool:
    """True when the columns of a table can stand side by side, ``boxes`` boxes around them.

    Each needs room for its longest word, and for ``COLUMN_LETTERS`` letters or, if that is less,
    for all that it holds. Everything is measured in bold print, the wider one.
    Raises ValueError when the edition has no type sizes.
    """
    if edition.type is None:
        raise ValueError(f"edition {edition.id} is not for print")
    size = edition.type.body
    columns = _columns(table)
    words = sum(_least(cells, size) for cells in columns)
    edges = 2 * CELL_PADDING * len(columns) + CELL_BORDER * (len(columns) + 1) + _BOX * boxes
    return words + edges * size / 18 <= edition.column * _POINTS_A_MM


def _columns(table: Compare) -> list[tuple[str, ...]]:
    """Return the words of all cells of each column, its header first."""
    rows = [table.columns, *((row.header, *row.cells) for row in table.rows)]
    return [tuple(map(plain_text, column)) for column in zip(*rows, strict=True)]


def _least(cells: tuple[str, ...], size: float) -> float:
    """Return the least width of a column, in points."""
    sensible = COLUMN_LETTERS * LETTER_WIDTH * size * _POINTS_A_MM
    longest_cell = _widest(cells, size)
    longest_word = _widest((word for cell in cells for word in _WORD.findall(cell)), size)
    return max(longest_word, min(sensible, longest_cell))


def _widest(pieces: Iterable[str], size: float) -> float:
    return max((width(piece) * size for piece in pieces), default=0.0)


def _boxes(inside: tuple[Block, ...]) -> int:
    return sum(not isinstance(block, Section) for block in inside)
