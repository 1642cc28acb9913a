"""A booklet enters; sentences that say no twice leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import Lists, lists_for
from booklet.plain.text import Sentence, Word

_NEAR = 3
"""Words after "not" among which "unusual" turns it round: "not at all unusual"."""


def double_negatives(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """No part of a sentence may say no twice."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    reading = plain.reading(booklet)
    for sentence in reading.sentences():
        pair = next(_doubled(sentence, lists), None)
        if pair:
            first, second = pair
            place = reading.places.find(sentence.passage, first.start, first.end)
            message = f'"{first.text}" and "{second.text}" say no twice.'
            yield found("PLAIN-011", place, message)


def _doubled(sentence: Sentence, lists: Lists) -> Iterator[tuple[Word, Word]]:
    for part in _parts(sentence, lists):
        noes = [word for word in part if word.text.lower() in lists.negations]
        yield from pairwise(noes)
        for index, word in enumerate(part):
            if word in noes:
                turned = part[index + 1 : index + 1 + _NEAR]
                yield from ((word, w) for w in turned if w.text.lower() in lists.opposites)


def _parts(sentence: Sentence, lists: Lists) -> list[list[Word]]:
    """Cut a sentence at its signs and at words such as "and", "because" and "that"."""
    parts: list[list[Word]] = [[]]
    last = sentence.start
    for word in sentence.words:
        gap = sentence.text[last - sentence.start : word.start - sentence.start]
        if gap.strip() or word.text.lower() in lists.parts:
            parts.append([])
        parts[-1].append(word)
        last = word.end
    return parts
