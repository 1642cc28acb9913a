"""A language tag enters; patterns of the phrases that checks look for leave: data, one TOML each.

In the lists ``*`` at a word's end stands for any ending and ``#`` for a number.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SPACE = r"\s+"
_LISTS = re.compile(r"([a-z]{2,3})\.toml")
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, by list, such as ``claims.promises``."""

    lists: tuple[tuple[str, tuple[str, ...]], ...]

    def words(self, name: str) -> tuple[str, ...]:
        """Return the phrases of a list as written. Raises KeyError when there is no such list."""
        return dict(self.lists)[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return what finds the phrases of a list as whole words, the longest first."""
        return _compiled(self.words(name))


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


@cache
def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_one, longest_first)))


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
