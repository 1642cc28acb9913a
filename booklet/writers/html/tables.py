"""The comparison table, with its row and column headers."""

from __future__ import annotations

from markupsafe import Markup

from booklet.model import Compare, CompareRow
from booklet.writers.html.context import Context, plain
from booklet.writers.html.inline import inlines
from booklet.writers.html.markup import element, joined


def compare(node: Compare, ctx: Context) -> Markup:
    """A table whose first column heads its rows; ``data-label`` lets a narrow screen stack it."""
    corner, *columns = node.columns
    heads = [element("th", inlines(column, ctx), scope="col") for column in columns]
    first = element("th", inlines(corner, ctx), scope="col") if corner else element("td")
    labels = tuple(plain(column) for column in columns)
    return element(
        "table",
        element("caption", inlines(node.caption, ctx)),
        element("thead", element("tr", first, *heads)),
        element("tbody", joined([_row(row, labels, ctx) for row in node.rows])),
        id=node.id,
        class_="compare",
    )


def _row(row: CompareRow, labels: tuple[str, ...], ctx: Context) -> Markup:
    cells = [
        element("td", inlines(cell, ctx), data_label=label)
        for cell, label in zip(row.cells, labels, strict=True)
    ]
    return element("tr", element("th", inlines(row.header, ctx), scope="row"), *cells)
