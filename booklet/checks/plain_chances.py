"""A booklet enters; words such as "rare" without a figure leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import Lists, lists_for
from booklet.plain.text import Entry, Sentence


def vague_chances(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A word for a chance must have a figure beside it, or say that nobody knows it."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    reading = plain.reading(booklet)
    for entry in reading.entries():
        for index, sentence in enumerate(entry.sentences):
            match = _chance(sentence, lists)
            if match and not _answered(entry, index, lists):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                place = reading.places.find(entry.passage, start, end)
                message = f'"{match.group()}" means something else to each reader.'
                yield found("PLAIN-012", place, message)


def _chance(sentence: Sentence, lists: Lists) -> re.Match[str] | None:
    """Find a word for a chance; some of them count only in a sentence that speaks of harm."""
    text = lists.no_chances.sub(lambda match: " " * len(match.group()), sentence.text)
    if any(word.text.lower() in lists.harms for word in sentence.words):
        return lists.chances.search(text) or lists.harm_chances.search(text)
    return lists.chances.search(text)


def _answered(entry: Entry, index: int, lists: Lists) -> bool:
    """True when this sentence or a neighbour gives a figure, or says that there is none."""
    near = entry.sentences[max(0, index - 1) : index + 2]
    return any(
        any(char.isdigit() for char in sentence.text)
        or bool({word.text.lower() for word in sentence.words} & lists.number_words)
        or bool(lists.unknown.search(sentence.text))
        for sentence in near
    )
