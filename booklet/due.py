"""The source, the list of built files and a day enter; what to review and to print again leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from booklet import readers
from booklet.errors import UsageError
from booklet.manifest import Entry
from booklet.model import Booklet
from booklet.source import SourceTree
from booklet.survey import Draft

Reason = Literal["unreadable", "reprint", "review"]


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for one booklet.

    ``date`` (YYYY-MM-DD) is the day by which it must be done, and ``days`` how far off that is:
    below 0 it is overdue. ``files`` are the built files, below the output folder, that must be
    made and printed again: after a "review", because they carry the old date; for "reprint",
    because their source was changed since. What is "unreadable" has no date that could be known.
    """

    booklet: str
    title: str
    version: str
    reason: Reason
    date: str
    days: int
    files: tuple[str, ...]


def due(
    tree: SourceTree, drafts: Iterable[Draft], built: Iterable[Entry], today: date
) -> tuple[Due, ...]:
    """Return all there will be to do, the nearest first; ``drafts`` are without a clinic."""
    entries = tuple(built)
    rows = (
        row
        for draft in drafts
        for row in _of(tree, draft, [each for each in entries if each.booklet == draft.id], today)
    )
    return tuple(sorted(rows, key=lambda row: (row.date, row.booklet, row.reason)))


def within(rows: Iterable[Due], days: int) -> tuple[Due, ...]:
    """Return what is to be done within so many days, or should have been done already."""
    return tuple(row for row in rows if row.days <= days)


def _of(tree: SourceTree, draft: Draft, entries: list[Entry], today: date) -> Iterator[Due]:
    now = today.isoformat()
    if draft.booklet is None:
        files = tuple(entry.file for entry in entries)
        yield Due(draft.id, "", "", "unreadable", now, 0, files)
        return
    meta = draft.booklet.meta
    current = _Current(tree, draft.booklet)
    old = tuple(entry.file for entry in entries if not current.made(entry))
    if old:
        yield Due(draft.id, meta.title, meta.version, "reprint", now, 0, old)
    left = (date.fromisoformat(meta.review_by) - today).days
    files = tuple(entry.file for entry in entries)
    yield Due(draft.id, meta.title, meta.version, "review", meta.review_by, left, files)


class _Current:
    """A booklet as it is now, without and with each clinic's details; each is read once."""

    def __init__(self, tree: SourceTree, booklet: Booklet) -> None:
        self.tree = tree
        self.id = booklet.meta.id
        self.digests = {"": booklet.digest}

    def made(self, entry: Entry) -> bool:
        """True when the file was made of the source as it is now."""
        if entry.clinic not in self.digests:
            self.digests[entry.clinic] = self._digest(entry.clinic)
        return self.digests[entry.clinic] == entry.source_digest

    def _digest(self, clinic: str) -> str:
        try:
            booklet = readers.read(self.tree, self.id, clinic=clinic).booklet
        except UsageError:  # the clinic's profile is gone
            return ""
        return booklet.digest if booklet else ""
