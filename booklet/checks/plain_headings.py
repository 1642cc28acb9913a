"""The headings of a booklet enter; those that tell nothing of what follows leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import lists_for


def telling_headings(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A heading must tell what stands under it: "Introduction" fits any text."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    for entry in plain.reading(booklet).entries():
        words = " ".join(word.text for word in entry.words)
        if entry.passage.kind == "heading" and words.casefold() in lists.empty_titles:
            message = f'The heading "{words}" could stand over any text.'
            yield found("PLAIN-014", entry.passage.span, message)
