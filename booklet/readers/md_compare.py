"""The pipe table of a compare fence goes in; a comparison that knows its row headers comes out."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.model import Block, Compare, CompareRow, Inline, Span
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_ids import explicit_id
from booklet.readers.md_inline import read_words
from booklet.readers.md_parser import Node

MAX_COLUMNS = 5
"""Columns of a comparison; more than three are printed as cards, and nobody keeps six in mind."""


def read_compare(
    body: Sequence[Node],
    caption: tuple[Inline, ...],
    name: str | None,
    span: Span,
    desk: Desk,
    place: Place,
) -> Sequence[Block]:
    """Read the one table of a comparison; ``name`` is the id that the author chose, if any."""
    tables = [node for node in body if node.type == "table"]
    if len(body) != 1 or not tables:
        stray = next((n for n in body if not tables or n is not tables[0]), body[0])
        message = "A comparison holds one table and nothing else."
        desk.report("FENCE-007", place.lines.block(stray.line), message)
    if not caption:
        desk.report("FENCE-011", span, "The comparison has no title.")
    if not tables:
        return ()
    head, *bodies = tables[0].children
    rows = [row for part in bodies for row in part.children]
    columns = tuple(_cells(head.children[0], desk, place))
    _check_head(head.children[0], columns, desk, place)
    if not rows:
        desk.report("FENCE-017", place.lines.block(tables[0].line), "The table has no rows.")
    chosen = explicit_id(name, span, desk) or desk.next_id("table")
    read = tuple(_row(row, len(columns), desk, place) for row in rows)
    return (Compare(chosen, caption, columns, read, span),)


def _cells(row: Node, desk: Desk, place: Place) -> list[tuple[Inline, ...]]:
    return [read_words(cell.children[0], desk, place) for cell in row.children]


def _cell_place(row: Node, index: int, place: Place) -> Span:
    inline = row.children[index].children[0]
    return place.lines.inside(row.line, "", 0, inline.meta.get("start", 0))


def _check_head(
    row: Node, columns: tuple[tuple[Inline, ...], ...], desk: Desk, place: Place
) -> None:
    for index, words in enumerate(columns[1:], start=1):
        if not words:
            message = f"Column {index + 1} has no heading."
            desk.report("FENCE-013", _cell_place(row, index, place), message)
    if len(columns) < 2:
        message = "A comparison needs two columns or more."
        desk.report("FENCE-014", place.lines.block(row.line), message)
    if len(columns) > MAX_COLUMNS:
        message = f"The table has {len(columns)} columns; {MAX_COLUMNS} are the most."
        desk.report("FENCE-014", place.lines.block(row.line), message)
    if any("style" in cell.token.attrs for cell in row.children):
        message = "A colon in the line under the headings does nothing here."
        desk.report("FENCE-016", place.lines.block(row.line + 1), message)


def _row(row: Node, width: int, desk: Desk, place: Place) -> CompareRow:
    span = place.lines.block(row.line)
    written = row.meta.get("cells", width)
    if written != width:
        count = "1 cell" if written == 1 else f"{written} cells"
        message = f"This row has {count}, the first row has {width}."
        desk.report("FENCE-012", span, message)
    cells = _cells(row, desk, place)
    if not cells[0]:
        message = "The first cell of this row is empty."
        desk.report("FENCE-015", _cell_place(row, 0, place), message)
    return CompareRow(cells[0], tuple(cells[1:]), span)
