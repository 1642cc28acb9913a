"""The sections of a booklet enter; headings that lead nowhere or skip a level leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, Section, plain_text


def heading_levels(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A heading may be one level below the one it stands under, not more."""
    for above, section in _sections(booklet):
        if section.level > above + 1:
            title = plain_text(section.title)
            message = f'"{title}" is a heading of level {section.level} below one of level {above}.'
            yield found("STR-003", section.span, message)


def empty_headings(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A heading must have something below it."""
    for _above, section in _sections(booklet):
        if not section.blocks:
            title = plain_text(section.title)
            yield found("STR-006", section.span, f'Nothing stands below "{title}".')


def _sections(booklet: Booklet) -> Iterator[tuple[int, Section]]:
    """Return every section with the level of the one around it."""
    waiting = [(0, chapter) for chapter in reversed(booklet.chapters)]
    while waiting:
        above, section = waiting.pop()
        yield above, section
        inner = [block for block in section.blocks if isinstance(block, Section)]
        waiting.extend((section.level, block) for block in reversed(inner))
