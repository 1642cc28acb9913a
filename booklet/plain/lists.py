"""A language tag enters; the word lists that the wording checks need leave (data, see the TOML)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of one language, in small letters; an empty list switches its check off.

    ``joins`` are words before which a long sentence can be cut, ``weak_joins`` those of them that
    join single words, too. ``be``, ``between``,
    ``adverb_endings``, ``participles``, ``participle_endings`` and ``no_participles`` tell the
    passive voice. ``plainer`` has what to say instead by hard word. Words of ``long_syllables``
    or more are long, but for the ``familiar`` ones, with any of ``endings``. ``negations`` that
    meet in one part of a sentence, between ``parts``, are double; so is a negation before one of
    ``opposites``. ``chances`` ask for a figure, ``harm_chances`` only beside one of ``harms``,
    unless they stand in ``no_chances``, or ``number_words`` or ``unknown`` stand near.
    ``known_short`` forms need no explanation, nor do those before ``name_words``.
    ``empty_titles`` tell nothing. ``address`` and ``commands`` speak to the reader, a command as
    the first word of a sentence.
    """

    joins: frozenset[str]
    weak_joins: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    participles: frozenset[str]
    participle_endings: tuple[str, ...]
    adverb_endings: tuple[str, ...]
    no_participles: frozenset[str]
    plainer: Mapping[str, str]
    long_syllables: int
    familiar: frozenset[str]
    endings: tuple[str, ...]
    negations: frozenset[str]
    opposites: frozenset[str]
    parts: frozenset[str]
    chances: re.Pattern[str]
    harm_chances: re.Pattern[str]
    no_chances: re.Pattern[str]
    harms: frozenset[str]
    number_words: frozenset[str]
    unknown: re.Pattern[str]
    known_short: frozenset[str]
    name_words: frozenset[str]
    empty_titles: frozenset[str]
    address: frozenset[str]
    commands: frozenset[str]


@cache
def lists_for(language: str) -> Lists | None:
    """Return the lists for a BCP 47 tag, or None when there are none for its language."""
    name = f"{language.split('-', maxsplit=1)[0].lower()}.toml"
    folder = files("booklet").joinpath("plain", "languages", "words")
    if name not in {entry.name for entry in folder.iterdir()}:
        return None
    return _lists(tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")))


def _lists(table: dict[str, Any]) -> Lists:
    passive, long, chance = table["passive"], table["long"], table["chance"]
    return Lists(
        joins=_words(table["split"]["joins"]),
        weak_joins=_words(table["split"]["weak_joins"]),
        be=_words(passive["be"]),
        between=_words(passive["between"]),
        participles=_words(passive["participles"]),
        participle_endings=_endings(passive["participle_endings"]),
        adverb_endings=_endings(passive["adverb_endings"]),
        no_participles=_words(passive["no_participles"]),
        plainer=MappingProxyType(_plainer(table["plainer"])),
        long_syllables=long["syllables"],
        familiar=_words(long["familiar"]),
        endings=_endings(long["endings"]),
        negations=_words(table["negation"]["negations"]),
        opposites=_words(table["negation"]["opposites"]),
        parts=_words(table["negation"]["parts"]),
        chances=_phrases(chance["chances"]),
        harm_chances=_phrases(chance["harm_chances"]),
        no_chances=_phrases(chance["no_chances"]),
        harms=_words(chance["harms"]),
        number_words=_words(chance["number_words"]),
        unknown=_phrases(chance["unknown"]),
        known_short=_words(table["short_forms"]["known"]),
        name_words=_words(table["short_forms"]["name_words"]),
        empty_titles=frozenset(table["headings"]["empty"]),
        address=_words(table["reader"]["address"]),
        commands=_words(table["reader"]["commands"]),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _endings(text: str) -> tuple[str, ...]:
    """Return endings, the longest first."""
    return tuple(sorted(text.split(), key=lambda ending: (-len(ending), ending)))


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words, the longest first."""
    words = [re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else _NOTHING


def _plainer(table: dict[str, str]) -> dict[str, str]:
    return {hard: plain for plain, forms in table.items() for hard in forms.split()}
