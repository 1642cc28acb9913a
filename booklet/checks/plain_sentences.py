"""A booklet enters; sentences that are too long to follow leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import lists_for
from booklet.plain.split import advice


def average_length(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """The sentences of each part may be so long on average, as soon as there are enough words."""
    for part, grade in plain.reading(booklet).stretches():
        if not part.is_short and grade.sentence_words > policy.sentence_average:
            message = (
                f"{part.name}: sentences of {grade.sentence_words:.0f} words on average; "
                f"{policy.sentence_average} are the most."
            )
            yield found("PLAIN-005", part.span, message)


def long_sentences(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """One sentence may have so many words."""
    lists = lists_for(booklet.meta.language)
    reading = plain.reading(booklet)
    for sentence in reading.sentences():
        count = len(sentence.words)
        if count > policy.sentence_words:
            message = f"This sentence has {count} words; {policy.sentence_words} are the most."
            yield found("PLAIN-006", reading.place(sentence), message, advice(sentence, lists))


def long_paragraphs(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """One paragraph may have so many words: more is a wall of text."""
    for entry in plain.reading(booklet).entries():
        count = sum(len(sentence.words) for sentence in entry.sentences)
        if count > policy.paragraph_words:
            message = f"This paragraph has {count} words; {policy.paragraph_words} are the most."
            yield found("PLAIN-007", entry.passage.span, message)
