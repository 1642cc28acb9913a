"""The words of a booklet enter; those of another language without a mark leave as findings.

A screen reader chooses its voice by the mark. What is told here is told surely: another script,
or a few words in a row that only one other language has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from fontTools import unicodedata as scripts

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.phrases import common_words
from booklet.prose import Passage, Places, passages, primary

# The scripts of languages (ISO 15924), as a screen reader's voices know them. Latin letters stand
# in every language, for names. A language that is not here is not checked.
_SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "he": "Hebr", "yi": "Hebr",
    "ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "el": "Grek", "hi": "Deva", "bn": "Beng",
    "pa": "Guru", "ta": "Taml", "th": "Thai", "zh": "Hani", "ja": "Hani Hira Kana",
    "ko": "Hang Hani",
}  # fmt: skip
_LATIN = frozenset(
    "cs da de en es fi fr ht hu id it nb nl nn no pl pt ro so sv sw tl tr vi".split()
)
_ANYWHERE = frozenset({"Latn", "Zyyy", "Zinh", "Zzzz"})
_WORD = re.compile(r"[^\W\d_]+")
_WINDOW = 6
"""Words in a row that are looked at together."""
_ENOUGH = 3
"""Different little words of one other language among them."""


def other_scripts(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Words in another script need a mark; a single letter, as in a formula, does not."""
    places = Places(booklet)
    for passage in passages(booklet):
        for start, end, script in _foreign(passage):
            message = (
                f'"{passage.text[start:end]}" is written in {scripts.script_name(script)} letters.'
            )
            yield found("ACC-013", places.find(passage, start, end), message)


def _foreign(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Yield each stretch of words in a script that the language there does not use."""
    offset = 0
    for run in passage.runs:
        known = _scripts_of(run.language)
        begin = end = -1
        name = ""
        for match in _WORD.finditer(run.text):
            script = scripts.script(match[0][0])
            odd = known is not None and script not in known and len(match[0]) > 1
            if odd and script == name:
                end = match.end()
                continue
            if name:
                yield offset + begin, offset + end, name
            begin, end, name = (match.start(), match.end(), script) if odd else (-1, -1, "")
        if name:
            yield offset + begin, offset + end, name
        offset += len(run.text)


def _scripts_of(language: str) -> frozenset[str] | None:
    """Return the scripts that a language is written in, or None when that is not known."""
    name = primary(language)
    subtags = [tag.title() for tag in language.split("-")[1:] if len(tag) == 4 and tag.isalpha()]
    if subtags:
        return None
    if name in _SCRIPTS:
        return _ANYWHERE | frozenset(_SCRIPTS[name].split())
    return _ANYWHERE if name in _LATIN else None


def other_languages(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A few words in a row of another language need a mark."""
    places, lists = Places(booklet), common_words()
    for passage in passages(booklet):
        mine = lists.get(primary(passage.language))
        if mine is None or passage.kind == "source":
            continue
        words = tuple(_WORD.finditer(passage.own_text))
        small = tuple(match[0].lower() for match in words)
        for language, theirs in lists.items():
            hit = _stretch(small, theirs - mine, mine) if theirs is not mine else None
            if hit:
                start, end = words[hit[0]].start(), words[hit[1]].end()
                message = f'"{passage.text[start:end]}" looks like another language ({language}).'
                yield found("ACC-014", places.find(passage, start, end), message)


def _stretch(
    words: Sequence[str], theirs: frozenset[str], mine: frozenset[str]
) -> tuple[int, int] | None:
    """Return the first and last word of the first stretch that is surely of another language."""
    if len(theirs.intersection(words)) < _ENOUGH:
        return None
    for first in range(len(words)):
        window = words[first : first + _WINDOW]
        hits = [place for place, word in enumerate(window, first) if word in theirs]
        ours = any(word in mine for word in window)
        if not ours and len({words[place] for place in hits}) >= _ENOUGH:
            return hits[0], hits[-1]
    return None
