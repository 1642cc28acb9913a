"""The blocks of a booklet enter; lists that are too long to keep in mind leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import (
    Appointment,
    Block,
    Booklet,
    BulletList,
    Callout,
    Checklist,
    Compare,
    Contact,
    DefinitionList,
    Division,
    Evidence,
    Figure,
    NumberedList,
    Paragraph,
    QrCode,
    Questions,
    Quote,
    Section,
    Steps,
    WritingLines,
)


def long_lists(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A list may hold as many items as a reader can keep in mind."""
    for block in _walk(booklet.chapters):
        match block:
            case BulletList() | NumberedList() | Steps() | Checklist() | Questions():
                count = len(block.items)
            case _:
                continue
        if count > policy.list_items:
            message = f"The list has {count} entries; {policy.list_items} are easy to keep in mind."
            yield found("STR-004", block.span, message)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Return every block, those inside others too."""
    for block in blocks:
        yield block
        yield from _walk(_inside(block))


def _inside(block: Block) -> tuple[Block, ...]:
    match block:
        case Section():
            return (*block.blocks, *(inner for note in block.notes for inner in note.blocks))
        case Division() | Quote() | Callout():
            return block.blocks
        case BulletList() | NumberedList() | Steps() | Checklist() | Questions():
            return tuple(inner for item in block.items for inner in item.blocks)
        case DefinitionList():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Figure():
            return block.long_description
        case Paragraph() | Compare() | QrCode() | Evidence() | Contact() | Appointment():
            return ()
        case WritingLines():
            return ()
