"""The blocks of a file enter; those that are a disclaimer leave apart from all others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from booklet.importers.parts import Block, Heading, Para, Title, plain, text_of

_NAME = re.compile(
    r"(?i)\W*(?:(?:medical|legal|health|important|general|website|content)\s+)*"
    r"(?:disclaimers?|haftungsausschluss|(?:exclusi[o\xf3]n|descargo) de responsabilidad"
    r"|clause de non-responsabilit[e\xe9]|avertissement m[e\xe9]dical)\b"
)
# What a disclaimer says, in the words that lawyers use for it; two of them make one.
_SAYINGS = (
    re.compile(
        r"(?i)\b(?:general )?information(?:al)? (?:only|purposes)|informational (?:use|purposes)"
    ),
    re.compile(r"(?i)\bnot (?:be )?(?:\w+ ){0,3}(?:a )?(?:substitute|replacement) for"),
    re.compile(
        r"(?i)\bnot (?:constitute|provide|offer|intended (?:as|to be)) "
        r"(?:\w+ ){0,3}(?:advice|diagnos)"
    ),
    re.compile(
        r"(?i)\b(?:always )?(?:seek|consult) (?:with )?(?:the advice of )?(?:your|a|an)\b"
        r".{0,60}(?:physician|doctor|health)"
    ),
    re.compile(
        r"(?i)\bno (?:representations?|warrant(?:y|ies)|liability)|\bnot (?:liable|responsible) for"
    ),
    re.compile(r"(?i)\bat your own risk\b"),
    re.compile(r"(?i)\bdo(?:es)? not (?:endorse|recommend)\b"),
    re.compile(r"(?i)\bviews and opinions\b.{0,80}\b(?:own|authors?)\b"),
)
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Parted:
    """All other blocks, and the disclaimer's."""

    blocks: tuple[Block, ...]
    disclaimer: tuple[Block, ...]


def part(blocks: Sequence[Block]) -> Parted:
    """Set a disclaimer apart: one with its name above or in front, or one by what it says."""
    apart: set[int] = set()
    level: int | None = None
    for number, block in enumerate(blocks):
        if isinstance(block, Heading | Title):
            own = _level(block)
            if level is not None and own <= level:
                level = None
            if number and _is_name(plain(block.runs)):
                level = own
        if level is not None or _is_disclaimer(block):
            apart.add(number)
        if _is_bare_name(block) and isinstance((*blocks, None)[number + 1], Para):
            # The name stands alone, not as a heading: the next paragraph belongs to it.
            apart |= {number, number + 1}
    if len(apart) == len(blocks):
        return Parted(tuple(blocks), ())
    kept = tuple(block for number, block in enumerate(blocks) if number not in apart)
    return Parted(kept, tuple(blocks[number] for number in sorted(apart)))


def _level(block: Heading | Title) -> int:
    """Return the level; a heading that is only a guess is deeper than any other."""
    return (block.level or 9) if isinstance(block, Heading) else 0


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) and len(text) < 80


def _is_bare_name(block: Block) -> bool:
    if not isinstance(block, Para):
        return False
    text = plain(block.runs).strip()
    return bool(_NAME.fullmatch(text.rstrip(" :.")))


def _is_disclaimer(block: Block) -> bool:
    if isinstance(block, Heading | Title):
        return False
    text = text_of(block)
    named = _NAME.match(text)
    if named and re.match(r"\s*[:.\u2013\u2014-]|$", text[named.end() :]):
        return True
    return sum(bool(saying.search(text)) for saying in _SAYINGS) >= _ENOUGH
