"""The headings of a booklet enter; those that readers cannot tell apart leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, plain_text


def chapter_titles(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """No two chapters may have the same title: the contents would list it twice."""
    first: dict[str, str] = {}
    for chapter in booklet.chapters:
        title = plain_text(chapter.title).strip()
        key = title.casefold()
        if key in first:
            message = f'"{title}" is the title of {first[key]} too.'
            yield found("STR-003", chapter.span, message)
        first.setdefault(key, chapter.span.file)
