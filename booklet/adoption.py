"""Surveyed booklets and a baseline enter; what of their findings is new, known or gone leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from booklet import baseline
from booklet.baseline import Known
from booklet.findings import Finding
from booklet.source import SourceTree, lines_of
from booklet.survey import Draft


class Judged(NamedTuple):
    """Drafts held against the baseline, and its rows that are known for nothing (None: none)."""

    drafts: tuple[Draft, ...]
    gone: tuple[Known, ...] | None


def judged(drafts: tuple[Draft, ...], tree: SourceTree, rows: Iterable[Known] | None) -> Judged:
    """Set aside what the rows of a baseline know, over all booklets at once: they share files."""
    if rows is None:
        return Judged(drafts, None)
    found = [finding for draft in drafts for finding in draft.findings]
    known, gone = baseline.part(found, rows, lines_of(tree), _looked_at(drafts, tree))
    return Judged(tuple(_parted(draft, known) for draft in drafts), gone)


def collect(held: Judged, tree: SourceTree, old: Iterable[Known]) -> tuple[Known, ...]:
    """Return the rows that make known all that may be.

    Held against a baseline, only what it knows and is still found. Of ``old`` the rows stay whose
    files were not looked at.
    """
    new = [each for draft in held.drafts for each in draft.findings if held.gone is None]
    known = [each for draft in held.drafts for each in draft.known]
    looked_at = _looked_at(held.drafts, tree)
    rows = baseline.collect((*new, *known), lines_of(tree))
    return tuple(sorted({*rows, *(row for row in old if not looked_at(row.file))}))


def _looked_at(drafts: Iterable[Draft], tree: SourceTree) -> Callable[[str], bool]:
    """Return what tells whether these booklets were checked with a file below the source folder."""
    whole = [draft for draft in drafts if draft.booklet]
    folders = {draft.id for draft in whole}
    shared = {file.partition("/")[2] for draft in whole for file in draft.files}

    def looked_at(file: str) -> bool:
        top = file.partition("/")[0]
        return top in folders or file in shared or not (tree.root / file).exists()

    return looked_at


def _parted(draft: Draft, known: frozenset[Finding]) -> Draft:
    return replace(
        draft,
        findings=tuple(each for each in draft.findings if each not in known),
        known=tuple(each for each in draft.findings if each in known),
    )
