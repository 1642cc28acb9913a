"""A long sentence enters; where it may be cut in two leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.plain.lists import Lists
from booklet.plain.text import Sentence, Word

_LEAST = 4
"""Words that each half keeps: fewer are no sentence."""
_SHOWN = 3
"""Words shown on each side of the cut."""
_STOPS = ";:\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Cut:
    """A place to cut: what stands before it and after it, to be found by eye."""

    before: str
    after: str


def cut(sentence: Sentence, lists: Lists | None) -> Cut | None:
    """Return the place nearest the middle where a sentence may end, or None.

    Best is a semicolon, a colon or a dash, then a comma with a joining word, then a joining word
    or a comma alone: each step down counts as a few words further from the middle.
    """
    middle = len(sentence.words) / 2
    places = [(abs(index - middle) + cost, index) for index, cost in _places(sentence, lists)]
    if not places:
        return None
    index = min(places)[1]
    words = sentence.words
    return Cut(
        _between(sentence, words[index - _SHOWN].start, words[index].start).rstrip(),
        _between(sentence, words[index].start, words[min(index + _SHOWN, len(words)) - 1].end),
    )


def _places(sentence: Sentence, lists: Lists | None) -> Iterator[tuple[int, int]]:
    words = sentence.words
    for index in range(_LEAST, len(words) - _LEAST + 1):
        gap = _between(sentence, words[index - 1].end, words[index].start)
        joins = lists is not None and words[index].text in lists.joins
        if joins and _in_a_name(words, index):
            continue
        if any(stop in gap for stop in _STOPS):
            yield index, 0
        elif "," in gap:
            yield index, 1 if joins else 5
        elif joins:
            # "Bag and dog" is more often one thing than two sentences.
            yield index, 7 if lists and words[index].text in lists.weak_joins else 4


def _in_a_name(words: tuple[Word, ...], index: int) -> bool:
    """True for the "and" of "Food and Drug Administration"."""
    around = (*words[max(1, index - 1) : index], *words[index + 1 : index + 2])
    return all(word.text[0].isupper() for word in around)


def _between(sentence: Sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def advice(sentence: Sentence, lists: Lists | None) -> str:
    """Return what to do with a long sentence, in words for its author."""
    place = cut(sentence, lists)
    if place is None:
        return "Say it in two sentences."
    return f'Try two sentences: "... {place.before}" and "{place.after} ...".'
