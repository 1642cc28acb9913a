"""What the plain-language rooms hand one another: pieces of a booklet, sentences and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.model import Span
from booklet.prose import Passage

WORD = re.compile(r"[^\W_]+(?:[-'\u2019.,][^\W_]+)*")
"""A word or a number: letters and digits, with hyphens, apostrophes and points inside."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``start`` and ``end`` are offsets in the text of its passage."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, at the offset ``start``; it has at least one word."""

    passage: Passage
    text: str
    start: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage made ready: ``text`` has blanks for other languages and for addresses.

    ``sentences`` are empty for labels: headings, captions, cells and terms. ``explained`` are the
    stretches that the glossary explains, ``short`` the short forms with an expansion, both as
    (start, end) offsets.
    """

    passage: Passage
    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    explained: tuple[tuple[int, int], ...]
    short: tuple[tuple[int, int], ...]

    def is_explained(self, word: Word) -> bool:
        """True when the glossary explains this word, or its letters are expanded."""
        return any(
            start < word.end and word.start < end for start, end in (*self.explained, *self.short)
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands under one heading, down to the next one; ``chapter`` counts from 0.

    The front pages are chapter -1 and the back pages the one after the last.
    """

    chapter: int
    title: str
    span: Span
    entries: tuple[Entry, ...]

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of the running text."""
        return tuple(sentence for entry in self.entries for sentence in entry.sentences)

    def word_count(self) -> int:
        """Return how many words the running text has."""
        return sum(len(sentence.words) for sentence in self.sentences())


def words_of(text: str, start: int = 0) -> tuple[Word, ...]:
    """Return the words of ``text``; ``start`` is added to their offsets."""
    return tuple(Word(match.group(), start + match.start()) for match in WORD.finditer(text))
