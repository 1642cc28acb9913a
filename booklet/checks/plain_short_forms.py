"""A booklet enters; short forms in capitals that nothing explains leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.lists import Lists, lists_for
from booklet.plain.text import Entry, Word

_SHORT_FORM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Z0-9]{1,6}s?")
_ROMAN = re.compile(r"[IVX]+")
_MOST_CAPITALS = 3
"""Short forms in a row: more are a shout, which is another rule's affair."""


def short_forms(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A short form must be in the glossary, or be spelled out where it first stands."""
    lists = lists_for(booklet.meta.language)
    if lists is None:
        return
    reading = plain.reading(booklet)
    # The glossary explains a short form wherever it stands in the booklet.
    told = {
        entry.text[start:end].removesuffix("s")
        for entry in reading.entries()
        for start, end in entry.short
    }
    for entry in reading.entries():
        for index, word in enumerate(entry.words):
            if word.text.removesuffix("s") in told or not _is_short_form(entry, index, lists):
                continue
            told.add(word.text.removesuffix("s"))
            if not _spelled_out(entry, word):
                place = reading.places.find(entry.passage, word.start, word.end)
                yield found("PLAIN-013", place, f'Nothing says what "{word.text}" stands for.')


def _is_short_form(entry: Entry, index: int, lists: Lists) -> bool:
    word = entry.words[index].text
    after = entry.words[index + 1].text.lower() if index + 1 < len(entry.words) else ""
    return (
        bool(_SHORT_FORM.fullmatch(word))
        and not _ROMAN.fullmatch(word)
        and word.removesuffix("s") not in lists.known_short
        and after not in lists.name_words
        and not _shouted(entry, index)
    )


def _shouted(entry: Entry, index: int) -> bool:
    near = entry.words[max(0, index - _MOST_CAPITALS) : index + _MOST_CAPITALS + 1]
    return sum(word.text.isupper() for word in near) > _MOST_CAPITALS


def _spelled_out(entry: Entry, word: Word) -> bool:
    """True for ``ABC (a b c)`` and ``a b c (ABC)``: the words begin with the letters."""
    letters = word.text.removesuffix("s").lower()
    behind = re.match(r"\s*\(([^()]+)\)", entry.text[word.end :])
    if behind and _initials(behind.group(1)).startswith(letters[:1]):
        return True
    before = re.search(r"([^()]*)\($", entry.text[: word.start])
    return bool(before) and entry.text[word.end : word.end + 1] == ")"


def _initials(words: str) -> str:
    return "".join(part[0] for part in words.lower().split())
