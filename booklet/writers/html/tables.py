"""The comparison table, with its row and column headers."""

from __future__ import annotations

from markupsafe import Markup

from booklet.model import Compare, CompareRow
from booklet.writers.html.context import Context, plain
from booklet.writers.html.inline import inlines
from booklet.writers.html.markup import element, joined

_CLOSED = (":", "?", "!", ".", "…", "؟")


def compare(node: Compare, ctx: Context) -> Markup:
    """A table whose first column heads its rows.

    ``data-label`` lets a narrow screen stack its cells; the roles, which the elements have by
    themselves, keep it a table for readers that forget it once its cells are stacked. On paper the
    writer says which tables are stacked, and label and cell share a line.
    """
    corner, *columns = node.columns
    heads = [
        element("th", inlines(column, ctx), scope="col", role="columnheader") for column in columns
    ]
    first = (
        element("th", inlines(corner, ctx), scope="col", role="columnheader")
        if corner
        else element("td", role="cell")
    )
    is_stacked = node.id in ctx.cards
    labels = tuple(plain(column) for column in columns)
    if is_stacked:
        labels = tuple(map(_run_in, labels))
    return element(
        "table",
        element("caption", inlines(node.caption, ctx)),
        element("thead", element("tr", first, *heads, role="row"), role="rowgroup"),
        element("tbody", joined([_row(row, labels, ctx) for row in node.rows]), role="rowgroup"),
        id=node.id,
        class_="compare cards" if is_stacked else "compare",
        role="table",
    )


def _run_in(label: str) -> str:
    """A label that its cell follows on the same line; a question needs no colon."""
    return label if label.endswith(_CLOSED) else f"{label}:"


def _row(row: CompareRow, labels: tuple[str, ...], ctx: Context) -> Markup:
    cells = [
        element("td", inlines(cell, ctx), role="cell", data_label=label)
        for cell, label in zip(row.cells, labels, strict=True)
    ]
    header = element("th", inlines(row.header, ctx), scope="row", role="rowheader")
    return element("tr", header, *cells, role="row")
