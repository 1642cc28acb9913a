"""The comparison tables of a booklet enter; those too wide to stay tables leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, Compare
from booklet.prose import blocks

_REFUSED = 5
"""Tables with more columns are an error of their own (FENCE-014)."""


def wide_tables(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A table may have as many columns as large print can show side by side."""
    for block, _ in blocks(booklet):
        if isinstance(block, Compare) and policy.columns < len(block.columns) <= _REFUSED:
            message = f"The table has {len(block.columns)} columns; {policy.columns} fit in print."
            yield found("ACC-009", block.span, message)
