"""Tables of the tree in, their header cells with scope and id, their data cells with headers."""

from __future__ import annotations

import pydyf

from booklet.writers.pdf.structure.node import Node


def name_headers(root: Node) -> None:
    """Give each TH its Scope and each TD the ids of its row and column headers, in place."""
    for number, table in enumerate(root.find("Table"), start=1):
        _one_table(table, f"table-{number}")


def _one_table(table: Node, prefix: str) -> None:
    columns: dict[int, str] = {}
    for row_number, row in enumerate(table.find("TR")):
        row_header = ""
        for column, cell in enumerate(row.nodes()):
            if cell.role.type == "TH":
                cell_id = f"{prefix}-{row_number}-{column}"
                scope = "Row" if cell.element.get("scope") == "row" else "Column"
                cell.attributes = {"O": "/Table", "Scope": f"/{scope}"}
                cell.attributes["ID"] = cell_id
                if scope == "Row":
                    row_header = cell_id
                else:
                    columns[column] = cell_id
            elif cell.role.type == "TD":
                ids = [name for name in (row_header, columns.get(column, "")) if name]
                headers = pydyf.Array([pydyf.String(name) for name in ids])
                cell.attributes = {"O": "/Table", "Headers": headers}
