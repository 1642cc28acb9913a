"""The blocks of a booklet enter; lists that are too long to keep in mind leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, BulletList, Checklist, NumberedList, Questions, Steps
from booklet.prose import blocks


def long_lists(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A list may hold as many items as a reader can keep in mind."""
    for block, _ in blocks(booklet):
        match block:
            case BulletList() | NumberedList() | Steps() | Checklist() | Questions():
                count = len(block.items)
            case _:
                continue
        if count > policy.list_items:
            message = f"The list has {count} entries; {policy.list_items} are easy to keep in mind."
            yield found("STR-004", block.span, message)


def large_numbers(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """The number before an item stands in a space of its own, which holds a few digits."""
    for block, _ in blocks(booklet):
        if isinstance(block, NumberedList):
            last = block.start + len(block.items) - 1
            if last > policy.list_number:
                message = f"The list counts up to {last}; {policy.list_number} is the most."
                yield found("STR-007", block.span, message)
