"""A language tag enters; the word lists that the wording checks need leave (data, see the TOML)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of one language, in small letters; an empty list switches its check off.

    ``joins`` are words before which a long sentence can be cut. ``be``, ``between``,
    ``participles``, ``participle_endings`` and ``no_participles`` tell the passive voice.
    ``plainer`` are (hard word, what to say instead) pairs. Words of ``long_syllables`` or more
    are long, but for the ``familiar`` ones, with any of ``endings``. ``negations`` that meet in
    one part of a sentence, between ``parts``, are double; so is a negation before one of
    ``opposites``. ``chances`` ask for a figure, unless they stand in ``chance_phrases``, or
    ``number_words`` or ``unknown`` stand near. ``known_short`` forms need no explanation, nor
    do those before ``name_words``. ``empty_titles`` tell nothing. ``address`` and ``commands``
    speak to the reader, a command as first word of a sentence.
    """

    joins: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    participles: frozenset[str]
    participle_endings: tuple[str, ...]
    no_participles: frozenset[str]
    plainer: tuple[tuple[str, str], ...]
    long_syllables: int
    familiar: frozenset[str]
    endings: tuple[str, ...]
    negations: frozenset[str]
    opposites: frozenset[str]
    parts: frozenset[str]
    chances: frozenset[str]
    chance_phrases: tuple[str, ...]
    number_words: frozenset[str]
    unknown: tuple[str, ...]
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
    table = tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return Lists(
        joins=_words(table["split"], "joins"),
        **{name: _words(table["passive"], name) for name in _PASSIVE},
        participle_endings=_sorted(table["passive"], "participle_endings"),
        plainer=tuple(_plainer(table["plainer"])),
        long_syllables=table["long"]["syllables"],
        familiar=_words(table["long"], "familiar"),
        endings=_sorted(table["long"], "endings"),
        **{name: _words(table["negation"], name) for name in ("negations", "opposites", "parts")},
        chances=_words(table["chance"], "chances"),
        chance_phrases=tuple(table["chance"]["phrases"]),
        number_words=_words(table["chance"], "number_words"),
        unknown=tuple(table["chance"]["unknown"]),
        known_short=frozenset(table["short_forms"]["known"].split()),
        name_words=_words(table["short_forms"], "name_words"),
        empty_titles=frozenset(table["headings"]["empty"]),
        **{name: _words(table["reader"], name) for name in ("address", "commands")},
    )


_PASSIVE = ("be", "between", "participles", "no_participles")


def _words(table: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(table[name].split())


def _sorted(table: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return endings, the longest first."""
    return tuple(sorted(table[name].split(), key=lambda ending: (-len(ending), ending)))


def _plainer(table: dict[str, str]) -> list[tuple[str, str]]:
    return sorted((hard, plain) for plain, forms in table.items() for hard in forms.split())
