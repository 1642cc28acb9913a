"""A booklet enters; where it still has the words of a starter leaves, once for each file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, Span
from booklet.prose import Places, passages
from booklet.words import words_for


def left_to_write(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A starter's notes to the writer must not reach a reader."""
    words = words_for(booklet.meta.language)
    if words is None:
        return
    mark, places = words["starter_mark"], Places(booklet)
    files: dict[str, list[Span]] = {}
    for passage in passages(booklet):
        start = passage.own_text.find(mark)
        if start >= 0:
            place = places.find(passage, start, start + len(mark))
            files.setdefault(place.file, []).append(place)
    for spans in files.values():
        more = f" It stands here {len(spans)} times." if len(spans) > 1 else ""
        yield found("START-001", min(spans), f'"{mark}" is a note of the starter.{more}')
