"""What a kind of file gives, whatever the kind: a tree, its pictures and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lxml.html import HtmlElement

from booklet.importers.ledger import Ledger
from booklet.importers.pictures import Load, nowhere


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as an HTML tree.

    ``tabs``: a tab is more than white space; ``title`` and ``language`` are what the file says of
    itself beside its text, and may be empty; ``is_titled`` when the title is surely the text's.
    """

    tree: HtmlElement
    load: Load = field(default=nowhere)
    tabs: bool = False
    title: str = ""
    language: str = ""
    is_titled: bool = False


Take = Callable[[bytes, Path, Ledger], Taken]
"""Reads one kind of file: its bytes, where it lies (for pictures beside it), the ledger."""
