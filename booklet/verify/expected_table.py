"""A comparison of the source in, the table expected of it out, each cell with its headers."""

from __future__ import annotations

from booklet.model import Compare, CompareRow
from booklet.verify.expected_frame import Frame
from booklet.verify.expected_inline import inlines
from booklet.verify.reading_order import Element


def compare(node: Compare, frame: Frame) -> Element:
    """Return a table with a header row and a header for each row."""
    columns = tuple(Element("TH", inlines(c, frame), scope="Column") for c in node.columns)
    # A corner without words is an empty cell: an empty header would be read out as one.
    first = columns[0] if node.columns[0] else Element("TD")
    heads = tuple(column.all_words() for column in columns)
    rows = (_row(row, heads, frame) for row in node.rows)
    return Element(
        "Table",
        (
            Element("Caption", inlines(node.caption, frame)),
            Element("TR", (first, *columns[1:])),
            *rows,
        ),
        ids=(node.id,),
    )


def _row(row: CompareRow, heads: tuple[str, ...], frame: Frame) -> Element:
    header = Element("TH", inlines(row.header, frame), scope="Row")
    name = header.all_words()
    cells = (
        Element("TD", inlines(cell, frame), headers=(name, column))
        for cell, column in zip(row.cells, heads[1:], strict=True)
    )
    return Element("TR", (header, *cells))
