"""A language tag enters; patterns of the phrases that checks look for leave: data, one TOML each.

In the lists ``*`` at a word's end stands for any ending and ``#`` for a number.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_SPACE = r"\s+"
_LISTS = re.compile(r"([a-z]{2,3})\.toml")
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"\*?[^\W\d_]+\*?")
# Letters that small and large are taken for another one, and that lower() leaves as they are.
_TWINS = re.compile(
    r"[\u00b5\u0130\u0131\u017f\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1f00-\u1fff\ufb05\ufb06]"
)
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The phrases of one language, by list, such as ``claims.promises``."""

    lists: tuple[tuple[str, tuple[str, ...]], ...]
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False)

    def words(self, name: str) -> tuple[str, ...]:
        """Return the phrases of a list as written. Raises KeyError when there is no such list."""
        return dict(self.lists)[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return what finds the phrases of a list as whole words, the longest first."""
        if name not in self._patterns:
            self._patterns[name] = _compiled(self.words(name))
        return self._patterns[name]

    def among(self, text: str) -> Phrases:
        """Return the lists without what cannot be in a text: in parts of it the same is found.

        A booklet holds few of all phrases, and to look for those alone takes a tenth of the time.
        """
        seen = text.lower()
        if _TWINS.search(text):
            return self
        words = frozenset(_LETTERS.findall(seen))
        return Phrases(
            tuple(
                (name, tuple(each for each in phrases if _may_stand(each, words, seen)))
                for name, phrases in self.lists
            )
        )


def _may_stand(phrase: str, words: frozenset[str], text: str) -> bool:
    """True unless a word of the phrase is not in the text, nor begins or ends one where it may."""
    return all(
        word.strip("*") in text if "*" in word else word in words
        for word in _PARTS.findall(phrase.lower())
    )


def languages() -> tuple[str, ...]:
    """Return the primary language subtags that have lists."""
    names = (_LISTS.fullmatch(entry.name) for entry in files(__name__).iterdir())
    return tuple(sorted(match[1] for match in names if match))


@cache
def phrases_for(language: str) -> Phrases | None:
    """Return the phrases for a BCP 47 tag such as ``en-US``, or None when there are no lists."""
    name = language.lower().split("-")[0]
    if name not in languages():
        return None
    tables = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return Phrases(
        tuple(
            (f"{area}.{key}", tuple(words))
            for area, table in tables.items()
            for key, words in table.items()
        )
    )


def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    # Without a phrase nothing is found; an empty pattern would find itself everywhere.
    return re.compile("|".join(map(_one, longest_first)) or r"(?!)")


def _one(phrase: str) -> str:
    words = _SPACE.join(_word(word) for word in phrase.split())
    cased = phrase.isupper()
    left = r"(?<![\w-])" if phrase[0].isalnum() or phrase[0] in "#*" else ""
    right = r"(?![\w-])" if phrase[-1].isalnum() or phrase[-1] in "#*" else ""
    return f"{left}{words}{right}" if cased else f"(?i:{left}{words}{right})"


def _word(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"[\w-]*").replace(r"\#", r"\d(?:[\d,.]*\d)?")
    return escaped.replace("'", f"['{_APOSTROPHE}]")


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Return, by primary language subtag, little words that betray the language they are of."""
    path = files(__name__).joinpath("common-words.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in tables["words"].items()}
