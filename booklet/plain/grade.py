"""Sentences enter; how hard they are to read leaves, by the formula of their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from booklet.model import Span
from booklet.plain.formulas import Formula
from booklet.plain.text import Piece, Sentence

LEAST_WORDS = 100
"""Fewer words say little: formulas were made on passages of about 100 words (Flesch 1948)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring pieces that are measured together, since alone they are too short."""

    pieces: tuple[Piece, ...]

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.pieces[0].span

    @property
    def name(self) -> str:
        """What to call it: its headings, the first two when there are many."""
        titles = [f'"{piece.title}"' for piece in self.pieces]
        if len(titles) > 3:
            return f"{titles[0]}, {titles[1]} and {len(titles) - 2} more headings"
        return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))

    @property
    def is_short(self) -> bool:
        """True when there are too few words for a grade to mean anything."""
        return _words(self.pieces) < LEAST_WORDS

    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences."""
        return tuple(sentence for piece in self.pieces for sentence in piece.sentences())


def stretches(pieces: Sequence[Piece]) -> tuple[Stretch, ...]:
    """Put short pieces together, within a chapter first, until each stretch has enough words.

    Short chapters are put together with other short ones, never with a long one, whose grade
    would hide theirs. What is left may still be short: see ``Stretch.is_short``.
    """
    parts: list[tuple[Piece, ...]] = []
    for _chapter, group in groupby(pieces, key=lambda piece: piece.chapter):
        parts += _within_chapter([piece for piece in group if piece.sentences()])
    enough = [part for part in parts if _words(part) >= LEAST_WORDS]
    pooled = _pool([part for part in parts if _words(part) < LEAST_WORDS])
    places = {id(piece): place for place, piece in enumerate(pieces)}
    found = sorted((*enough, *pooled), key=lambda part: places[id(part[0])])
    return tuple(map(Stretch, found))


def _within_chapter(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Join neighbours until each has enough; a short rest goes to the one before it."""
    found = _pool([(piece,) for piece in pieces])
    if len(found) > 1 and _words(found[-1]) < LEAST_WORDS:
        rest = found.pop()
        found[-1] += rest
    return found


def _pool(parts: Sequence[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    found: list[tuple[Piece, ...]] = []
    for part in parts:
        if found and _words(found[-1]) < LEAST_WORDS:
            found[-1] += part
        else:
            found.append(part)
    return found


def _words(pieces: Iterable[Piece]) -> int:
    return sum(piece.word_count() for piece in pieces)


@dataclass(frozen=True, slots=True)
class Graded:
    """What was counted in some sentences; ``score`` is None where there is no formula."""

    words: int
    sentences: int
    syllables: int
    score: float | None

    @property
    def sentence_words(self) -> float:
        """Words a sentence."""
        return self.words / self.sentences if self.sentences else 0.0


def grade(
    sentences: Sequence[Sentence], formula: Formula | None, syllables: Mapping[str, int]
) -> Graded:
    """Count what the formula needs, and score it. ``syllables`` knows every word."""
    words = [word.text for sentence in sentences for word in sentence.words]
    if formula is None or not words:
        return Graded(len(words), len(sentences), 0, None)
    counts = [syllables[word] for word in words]
    score = formula.score(_counted(words, counts, len(sentences)))
    return Graded(len(words), len(sentences), sum(counts), score)


def _counted(words: Sequence[str], syllables: Sequence[int], sentences: int) -> dict[str, float]:
    """Return everything that formulas weigh, by its name in ``formulas.toml``."""
    total = len(words)
    letters = [sum(char.isalpha() for char in word) for word in words]
    return {
        "sentence_words": total / sentences,
        "sentences_a_word": sentences / total,
        "word_syllables": sum(syllables) / total,
        "word_letters": sum(letters) / total,
        "long_words": 100 * sum(count >= 3 for count in syllables) / total,
        "short_words": 100 * sum(count == 1 for count in syllables) / total,
        "six_letters": 100 * sum(count > 6 for count in letters) / total,
    }
