"""A booklet enters; what a reader meets of its language leaves: sentences, words, reading level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from booklet.model import Booklet, Span
from booklet.plain.formulas import Formula, formula_for
from booklet.plain.grade import Graded, Stretch, grade, stretches
from booklet.plain.syllables import count
from booklet.plain.text import Entry, Piece, Sentence
from booklet.plain.walk import disclaimer, pieces
from booklet.prose import Places

__all__ = ["Reading", "reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A booklet as its readers meet it.

    ``pieces`` are all its texts by heading, ``disclaimer`` the last page; ``formula`` is None for
    a language that has none. ``syllables`` knows every word; it is empty without a formula.
    """

    places: Places
    pieces: tuple[Piece, ...]
    disclaimer: Piece
    formula: Formula | None
    syllables: Mapping[str, int]

    def entries(self) -> Iterator[Entry]:
        """Yield the passages of all pieces."""
        for piece in self.pieces:
            yield from piece.entries

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of all pieces."""
        return tuple(sentence for piece in self.pieces for sentence in piece.sentences())

    def stretches(self) -> tuple[tuple[Stretch, Graded], ...]:
        """Return what is long enough to be graded, with its grade."""
        return tuple((part, self.graded(part.sentences())) for part in stretches(self.pieces))

    def graded(self, sentences: Sequence[Sentence]) -> Graded:
        """Return how hard these sentences are."""
        return grade(sentences, self.formula, self.syllables)

    def place(self, sentence: Sentence) -> Span:
        """Return where a sentence begins in the source."""
        first = sentence.words[0]
        return self.places.find(sentence.passage, first.start, first.end)


# Every check asks for the same reading; it is a pure function of the booklet.
@lru_cache(maxsize=2)
def reading(booklet: Booklet) -> Reading:
    """Read a booklet as its readers do."""
    formula, found, last = formula_for(booklet.meta.language), pieces(booklet), disclaimer(booklet)
    entries = [entry for piece in (*found, last) for entry in piece.entries]
    words = {word.text for entry in entries for word in entry.words}
    # A sentence may end within what else is one word: "cellU.S." ends behind "cellU".
    sentences = (sentence for entry in entries for sentence in entry.sentences)
    words.update(word.text for sentence in sentences for word in sentence.words)
    known = count(words, formula) if formula else {}
    return Reading(Places(booklet), found, last, formula, MappingProxyType(known))
