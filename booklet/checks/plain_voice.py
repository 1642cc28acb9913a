"""A booklet enters; where it hides who acts, and where it never speaks to the reader, leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.grade import LEAST_WORDS
from booklet.plain.lists import Lists, lists_for
from booklet.plain.text import Piece, Sentence
from booklet.plain.voice import passive

_QUOTED = 3


def passive_voice(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """In each part most sentences must say who does what."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    reading = plain.reading(booklet)
    for part, grade in reading.stretches():
        hidden = [(s, words) for s in part.sentences() if (words := passive(s, lists))]
        if part.is_short or len(hidden) <= grade.sentences * policy.passive_share:
            continue
        quoted = ", ".join(
            f'"{words}" (line {reading.place(sentence).line})'
            for sentence, words in hidden[:_QUOTED]
        )
        more = ", and more" if len(hidden) > _QUOTED else ""
        message = (
            f"{part.name}: {len(hidden)} of {grade.sentences} sentences do not say who acts: "
            f"{quoted}{more}."
        )
        yield found("PLAIN-008", reading.place(hidden[0][0]), message)


def speaks_to_the_reader(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A chapter of some length must speak to its reader at least once."""
    lists = lists_for(booklet.meta.language)
    if lists is None or not lists.address:
        return
    inner = (p for p in plain.reading(booklet).pieces if 0 <= p.chapter < len(booklet.chapters))
    for _number, group in groupby(inner, key=lambda piece: piece.chapter):
        chapter = tuple(group)
        if sum(piece.word_count() for piece in chapter) < LEAST_WORDS:
            continue
        if not any(_speaks(piece, lists) for piece in chapter):
            message = f'"{chapter[0].title}" never says "you".'
            yield found("PLAIN-015", chapter[0].span, message)


def _speaks(piece: Piece, lists: Lists) -> bool:
    """True when a word, or a heading, speaks to the reader, or a sentence tells them what to do."""
    words = (word.text.lower() for entry in piece.entries for word in entry.words)
    return any(word in lists.address for word in words) or any(
        _is_command(sentence, lists) for sentence in piece.sentences()
    )


def _is_command(sentence: Sentence, lists: Lists) -> bool:
    return sentence.words[0].text.lower() in lists.commands
