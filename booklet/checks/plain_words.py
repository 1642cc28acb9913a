"""A booklet enters; words that few people use, and that nothing explains, leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import Lists, lists_for
from booklet.plain.text import Entry, Word, words_of


def hard_words(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Each word must be known to most readers, or explained; the first of each is told."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    reading = plain.reading(booklet)
    told = set(_explained(booklet))
    for entry in reading.entries():
        for word in entry.words:
            small = word.text.lower()
            if small in told:
                continue
            trouble = _trouble(word, reading.syllables.get(word.text, 0), lists)
            if trouble and not entry.is_explained(word) and not _is_name(entry, word):
                told.add(small)
                rule, message, hint = trouble
                place = reading.places.find(entry.passage, word.start, word.end)
                yield found(rule, place, message, hint)


def _explained(booklet: Booklet) -> Iterator[str]:
    """Yield the words of the glossary's terms: where one stands it is explained at the back."""
    for term in booklet.glossary:
        yield from (word.text.lower() for word in words_of(term.term))


def _trouble(word: Word, syllables: int, lists: Lists) -> tuple[str, str, str | None] | None:
    """Return rule, message and hint for a hard word, or None."""
    plainer = lists.plainer.get(word.text.lower())
    if plainer:
        hint = f'Say "{plainer}", or explain the word in the glossary.'
        return "PLAIN-010", f'"{word.text}" may be new to readers.', hint
    if _is_long(word.text.lower(), syllables, lists):
        message = f'"{word.text}" has {syllables} syllables, and nothing explains it.'
        return "PLAIN-009", message, None
    return None


def _is_long(word: str, syllables: int, lists: Lists) -> bool:
    if not lists.long_syllables or syllables < lists.long_syllables or not word.isalpha():
        return False
    return not any(word.removesuffix(end) in lists.familiar for end in ("", *lists.endings))


def _is_name(entry: Entry, word: Word) -> bool:
    """True for a capital that no sentence begins with."""
    starts = [s.start for s in entry.sentences if s.start <= word.start] or [0]
    before = entry.text[starts[-1] : word.start]
    return word.text[0].isupper() and any(char.isalnum() for char in before)
