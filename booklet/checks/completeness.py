"""A booklet enters; pages and statements that readers need and do not get leave as findings.

What ``booklet.yaml`` cannot do without is required by its schema; docs/content-checks.md lists
which rule guards which part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy, phrases_of
from booklet.findings import Finding, found
from booklet.model import (
    Appointment,
    BackPart,
    Booklet,
    Contact,
    Questions,
    WritingLines,
)
from booklet.prose import Places, blocks, passages

_NUMBER = re.compile(r"\W+(?:an ambulance (?:on|at)\W+)?(\d{2,5})(?![\d-])", re.IGNORECASE)


def about_page(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Version, review date, who paid and where to send comments stand on this page alone."""
    if BackPart.ABOUT not in booklet.meta.back_matter:
        place = booklet.meta.place("back_matter")
        yield found("COMP-001", place, "The page about this booklet is left out.")


def back_pages(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Questions, contact, notes and slip must stand at the back, or in a chapter."""
    meta = booklet.meta
    pages = set(meta.back_matter)
    if not meta.questions:
        pages.discard(BackPart.QUESTIONS)
    boxes = {type(block) for block, _ in blocks(booklet)}
    for part, box, rule, message in (
        (BackPart.QUESTIONS, Questions, "COMP-002", "There are no questions to ask."),
        (BackPart.CONTACT, Contact, "COMP-003", "Nothing says whom to contact."),
        (BackPart.NOTES, WritingLines, "COMP-004", "There is no room for notes."),
        (BackPart.APPOINTMENT, Appointment, "COMP-005", "There is no appointment slip."),
    ):
        if part not in pages and box not in boxes:
            yield found(rule, meta.place("back_matter"), message)


def any_source(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """More than a leaflet must say where its facts come from."""
    count = sum(len(passage.text.split()) for passage in passages(booklet))
    if not booklet.sources and count > policy.words_without_source:
        message = f"The booklet has {count} words and names no source."
        yield found("COMP-006", booklet.meta.place("back_matter"), message)


def left_over(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """No note of the author to himself may be left in the words."""
    phrases = phrases_of(booklet)
    if phrases is None:
        return
    places = Places(booklet)
    for passage in passages(booklet):
        for match in phrases.pattern("completeness.left_over").finditer(passage.own_text):
            message = f'"{match[0]}" looks like a note for later.'
            yield found("COMP-007", places.find(passage, *match.span()), message)


def other_emergency_number(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """The text must not send people to another emergency number than the emergency box does.

    Under a clinic's profile CLIN-007 tells it.
    """
    phrases = phrases_of(booklet)
    if phrases is None or booklet.clinic:
        return
    places = Places(booklet)
    known = set(phrases.words("completeness.emergency_numbers"))
    known -= set(re.findall(r"\d+", booklet.emergency.number))
    for passage in passages(booklet):
        for call in phrases.pattern("completeness.call_words").finditer(passage.own_text):
            number = _NUMBER.match(passage.own_text, call.end())
            if number and number[1] in known:
                message = (
                    f"The text says {number[1]}, the emergency box says {booklet.emergency.number}."
                )
                yield found("COMP-008", places.find(passage, *number.span(1)), message)
