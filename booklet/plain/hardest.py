"""A booklet enters; its hardest sentences leave, each with what its author can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.model import Booklet, Span
from booklet.plain import Reading, reading
from booklet.plain.lists import lists_for
from booklet.plain.split import advice
from booklet.plain.text import Entry, Sentence, Word, words_of

MOST = 5
_LONG = 20
"""Words that a sentence should not have more of on average (STANDARDS)."""
_SHORT = 8
"""Words below which the grade of one sentence hangs on one of them."""
_MANY = 3
"""Syllables of a word that may be changed for a shorter one."""
_FEW = 2
_NAMED = 3
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Hard:
    """A hard sentence; ``score`` is that of the language's formula, None where there is none."""

    span: Span
    text: str
    words: int
    score: float | None
    advice: str


def hardest(booklet: Booklet) -> tuple[Hard, ...]:
    """Return the hardest sentences, the worst first: the very long, and those of hard words."""
    read = reading(booklet)
    explained = {word.text for term in booklet.glossary for word in words_of(term.term.lower())}
    found = [
        (weight, hard)
        for entry in read.entries()
        for sentence in entry.sentences
        for weight, hard in _hard(read, booklet, sentence, _unexplained(read, entry, explained))
    ]
    found.sort(key=lambda pair: -pair[0])
    return tuple(hard for _, hard in found[:MOST])


def _unexplained(read: Reading, entry: Entry, explained: set[str]) -> frozenset[Word]:
    """Return the words of three or more syllables that nothing explains; names have no others."""
    return frozenset(
        word
        for word in entry.words
        if read.syllables.get(word.text, 0) >= _MANY
        and word.text[0].islower()
        and word.text.lower() not in explained
        and not entry.is_explained(word)
    )


def _hard(
    read: Reading, booklet: Booklet, sentence: Sentence, unexplained: frozenset[Word]
) -> Iterator[tuple[float, Hard]]:
    score = read.graded((sentence,)).score
    count = len(sentence.words)
    if count > _LONG:
        advised = advice(sentence, lists_for(booklet.meta.language))
    else:
        words = [word for word in sentence.words if word in unexplained]
        if len(words) < _FEW or count < _SHORT or not _fails(read, score):
            return
        words.sort(key=lambda word: (-read.syllables[word.text], word.start))
        named = ", ".join(f'"{word.text}"' for word in words[:_NAMED])
        advised = f"Take shorter words for {named}."
    text = _shortened(" ".join(sentence.text.split()))
    yield _weight(read, score, count), Hard(read.place(sentence), text, count, score, advised)


def _fails(read: Reading, score: float | None) -> bool:
    formula = read.formula
    return score is not None and formula is not None and formula.harder(score, formula.fail)


def _weight(read: Reading, score: float | None, count: int) -> float:
    """Return how hard a sentence is, the more the harder; without a formula its length."""
    if score is None or read.formula is None:
        return count
    return score if read.formula.rises else -score


def _shortened(text: str) -> str:
    """Return the beginning and the end of a long sentence."""
    if len(text) <= _SHOWN:
        return text
    half = (_SHOWN - 5) // 2
    return f"{text[:half].rsplit(' ', 1)[0]} ... {text[-half:].split(' ', 1)[-1]}"
