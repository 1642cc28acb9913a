"""The words of a booklet enter; promises, praise and selling leave as findings.

A phrase is no finding where its own sentence denies it (there is no cure), asks for it (is there
a cure?) or tells of it (an ad that promises a cure). docs/content-checks.md says how that is told
and what it cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from booklet.checks.rule import Policy, phrases_of
from booklet.findings import Finding, found
from booklet.model import (
    Block,
    Booklet,
    BulletList,
    Callout,
    CalloutKind,
    Checklist,
    Evidence,
    Inline,
    NumberedList,
    Paragraph,
    Quote,
    SourceReference,
    Steps,
    plain_text,
)
from booklet.phrases import Phrases
from booklet.prose import Passage, Places, inner_blocks, passages

_WINDOW = 6
"""Words before a phrase in which a "not" can still belong to it."""
_AFTER = 4
"""Words behind a phrase in which a "has not" can still belong to it."""
_WORSE = ("promises", "papers", "praise")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?][\"')\]\u201d\u2019]*\s+")
_AMOUNT = r"\d(?:[\d.,]*\d)?"
_SIGN = r"[$\N{EURO SIGN}\N{POUND SIGN}]"
_MONEY = re.compile(rf"{_SIGN}\s?{_AMOUNT}|{_AMOUNT}\s?{_SIGN}")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase in a passage, as offsets into its words."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.own_text[self.start : self.end]

    def sentence(self) -> tuple[str, str]:
        """Return the words of the same sentence before and behind the phrase."""
        text = self.passage.own_text
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        begin = max((end for end in ends if end <= self.start), default=0)
        end = min((end for end in ends if end >= self.end), default=len(text))
        return text[begin : self.start], text[self.end : end]


def promises(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """No booklet may promise what no treatment can keep."""
    yield from _plain(booklet, "claims.promises", "CLAIM-001", '"{}" is a promise.')


def strong_words(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A word that claims much needs a source in the same paragraph."""
    message = '"{}" claims much, and no source stands beside it.'
    phrases = phrases_of(booklet)
    for finding, hit in _found(booklet, "claims.strong", "CLAIM-002", message):
        # What is worse than strong is told of by its own rule.
        told = phrases and any(_is_part(hit, phrases, f"claims.{name}") for name in _WORSE)
        if not told and not _has_source(hit.passage):
            yield finding


def papers(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """That somebody is on a list does not mean that a treatment works."""
    yield from _plain(booklet, "claims.papers", "CLAIM-003", '"{}" is not an approval.')


def praise(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Nobody's praise tells what a treatment did."""
    yield from _plain(booklet, "claims.praise", "CLAIM-004", '"{}" is praise, not a fact.')


def happy_ends(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A story or a quote must not promise its readers the same end."""
    message = 'A story that ends with "{}" promises the same to others.'
    for finding, hit in _found(booklet, "claims.outcomes", "CLAIM-005", message):
        if any(
            isinstance(block, Quote)
            or (isinstance(block, Callout) and block.kind is CalloutKind.STORY)
            for block in hit.passage.inside
        ):
            yield finding


def selling(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A booklet sells nothing."""
    yield from _plain(booklet, "claims.selling", "CLAIM-006", '"{}" sells something.')


def prices(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A price needs a source in the same paragraph."""
    phrases = phrases_of(booklet)
    places = Places(booklet)
    patterns = [_MONEY, *([phrases.pattern("claims.money")] if phrases else [])]
    for passage in passages(booklet):
        if passage.kind == "source" or _has_source(passage):
            continue
        spans = {match.span() for each in patterns for match in each.finditer(passage.own_text)}
        for start, end in sorted(spans):
            message = f'"{passage.own_text[start:end]}" is a price without a source.'
            yield found("CLAIM-007", places.find(passage, start, end), message)


def certain_words(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Where the evidence is weak or missing, its words must not sound sure."""
    message = '"{}" sounds sure, and the evidence is not.'
    for finding, hit in _found(booklet, "claims.certain", "CLAIM-008", message):
        block = hit.passage.inside[-1] if hit.passage.inside else None
        weak = isinstance(block, Evidence) and block.strength in ("limited", "none")
        if weak and hit.passage.kind == "known":
            yield finding


# ------------------------------------------------------------------ phrases that are meant as said


def _plain(booklet: Booklet, name: str, rule: str, message: str) -> Iterator[Finding]:
    for finding, _ in _found(booklet, name, rule, message):
        yield finding


def _found(booklet: Booklet, name: str, rule: str, message: str) -> Iterator[tuple[Finding, _Hit]]:
    """Yield a finding for each phrase of a list that is meant as it is said."""
    phrases = phrases_of(booklet)
    if phrases is None:
        return
    places, leads, pattern = Places(booklet), _leads(booklet), phrases.pattern(name)
    for passage in passages(booklet):
        hits = [_Hit(passage, *match.span()) for match in pattern.finditer(passage.own_text)]
        if not hits or passage.kind == "source" or _is_refuted_claim(passage):
            continue
        around = _around(passage, leads)
        for hit in hits:
            if not _is_part(hit, phrases, "claims.harmless") and not _is_denied(
                hit, around, phrases
            ):
                place = places.find(passage, hit.start, hit.end)
                yield found(rule, place, message.format(hit.text)), hit


def _is_refuted_claim(passage: Passage) -> bool:
    """True for the claim of an evidence box that answers: no, or nobody knows."""
    block = passage.inside[-1] if passage.inside else None
    refuting = isinstance(block, Evidence) and block.strength in ("none", "against")
    return refuting and passage.kind == "claim"


def _is_part(hit: _Hit, phrases: Phrases, name: str) -> bool:
    """True when the phrase is part of one of another list, such as cured of cured ham."""
    return any(
        match.start() <= hit.start and hit.end <= match.end()
        for match in phrases.pattern(name).finditer(hit.passage.own_text)
    )


def _is_denied(hit: _Hit, around: str, phrases: Phrases) -> bool:
    """True when the sentence, or what leads up to it, asks, denies or only tells."""
    before, behind = hit.sentence()
    if behind.rstrip(" \"')\u201d").endswith("?"):
        return True
    before = phrases.pattern("claims.no_negations").sub(" ", before)
    doubt = phrases.pattern("claims.doubt")
    if doubt.search(before) or doubt.search(around):
        return True
    breaks = [match.end() for match in phrases.pattern("claims.breaks").finditer(before)]
    clause = before[max(breaks, default=0) :]
    return _denies(_last_words(clause, _WINDOW), phrases) or _denies_after(behind, phrases)


def _denies(words: str, phrases: Phrases) -> bool:
    return phrases.pattern("claims.negations").search(words) is not None


def _denies_after(behind: str, phrases: Phrases) -> bool:
    """True for "... has not been found"; a comma or an "and" begins something else."""
    clause = re.split(r"[,;:]|\band\b|\bbut\b", behind, maxsplit=1)[0]
    ends = [match.end() for match in _WORD.finditer(clause)]
    near = clause[: ends[min(_AFTER, len(ends)) - 1]] if ends else ""
    return phrases.pattern("claims.negations_after").search(near) is not None


def _last_words(text: str, count: int) -> str:
    starts = [match.start() for match in _WORD.finditer(text)]
    return text[starts[-min(count, len(starts))] :] if starts else ""


def _has_source(passage: Passage) -> bool:
    """True when a source is named in the passage, or its evidence box names them."""
    if passage.inside and isinstance(passage.inside[-1], Evidence):
        return True
    return _names_source(passage.children)


def _names_source(nodes: tuple[Inline, ...]) -> bool:
    return any(
        isinstance(node, SourceReference) or _names_source(getattr(node, "children", ()))
        for node in nodes
    )


# ------------------------------------------------------------------------- what leads up to words


def _leads(booklet: Booklet) -> dict[int, str]:
    """Return by list the sentence that leads up to it: "Be careful when a clinic:"."""
    leads: dict[int, str] = {}

    def look(blocks: tuple[Block, ...]) -> None:
        for before, block in zip((None, *blocks), blocks, strict=False):
            if isinstance(before, Paragraph) and isinstance(block, BulletList | NumberedList):
                words = plain_text(before.children).rstrip()
                if words.endswith(":"):
                    leads[id(block)] = _SENTENCE_END.split(words)[-1]
            look(inner_blocks(block))

    look(booklet.chapters)
    return leads


def _around(passage: Passage, leads: dict[int, str]) -> str:
    """Return the titles and leading sentences of the boxes and lists around a passage."""
    parts: list[str] = []
    for block in passage.inside:
        if isinstance(block, Callout | Checklist | Steps) and passage.kind != "label":
            parts.append(plain_text(block.title))
        if id(block) in leads:
            parts.append(leads[id(block)])
    return " . ".join(parts)
