"""A language tag goes in; whether it is well formed and which way it is written comes out."""

from __future__ import annotations

import re

from booklet.model import Direction

# RFC 5646 (BCP 47), section 2.1, "langtag", with the primary subtag narrowed to the two and three
# letter codes: no longer one has ever been registered, and "spanish" is a mistake, not a tag.
_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}"  # language and extended language
    r"(-[a-z]{4})?"  # script
    r"(-([a-z]{2}|[0-9]{3}))?"  # region
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*"  # extensions
    r"(-x(-[a-z0-9]{1,8})+)?",  # private use
    re.IGNORECASE,
)
_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"])
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])


def is_language(tag: str) -> bool:
    """True when ``tag`` is a well-formed BCP 47 tag such as ``es`` or ``zh-Hant-TW``."""
    return len(tag) <= 35 and _TAG.fullmatch(tag) is not None


def direction_of(tag: str) -> Direction:
    """Return the way a language is written; a script in the tag counts for more."""
    primary, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


def same_language(first: str, second: str) -> bool:
    """True when two tags name the same language, whatever the region."""
    return first.lower().split("-")[0] == second.lower().split("-")[0]
