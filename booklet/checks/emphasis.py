"""The words of a booklet enter; capitals, bold words and colours that mislead leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from booklet.checks.rule import Policy, phrases_of
from booklet.findings import Finding, found
from booklet.model import Block, Booklet, Division, Paragraph, Section
from booklet.phrases import Phrases
from booklet.prose import Passage, Places, blocks, inner_blocks, passages

_WORD = re.compile(r"[^\W\d_]+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")
_LEAD_IN = (".", ":", ",", ";", "!", "\N{HORIZONTAL ELLIPSIS}")


def capitals(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """More than a few words in capitals are hard to read, and may be spelled out."""
    places = Places(booklet)
    for passage in passages(booklet):
        for start, end, count in _runs_of_capitals(passage.text):
            if count > policy.capital_words:
                message = f'"{passage.text[start:end]}": {count} words in capitals.'
                yield found("ACC-010", places.find(passage, start, end), message)


def _runs_of_capitals(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of words of each run with nothing but spaces between."""
    start = end = count = 0
    for match in _WORD.finditer(text):
        if not (match[0].isupper() and len(match[0]) > 1):
            continue
        if count and not text[end : match.start()].strip():
            end, count = match.end(), count + 1
            continue
        if count:
            yield start, end, count
        start, end, count = match.start(), match.end(), 1
    if count:
        yield start, end, count


def bold_paragraphs(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """Bold words stand out only where others are not bold; a heading is no bold paragraph."""
    followed = _followed(booklet)
    for passage in passages(booklet):
        block = passage.inside[-1] if passage.inside else None
        if not isinstance(block, Paragraph) or not _is_bold(passage):
            continue
        count = len(passage.text.split())
        if count > policy.bold_words:
            yield found("ACC-011", block.span, f"All {count} words of this paragraph are bold.")
        elif id(block) in followed and not passage.text.rstrip().endswith(_LEAD_IN):
            message = f'"{passage.text.strip()}" looks like a heading and is none.'
            yield found("ACC-012", block.span, message)


def _is_bold(passage: Passage) -> bool:
    return all(run.strong for run in passage.runs if re.search(r"\w", run.text))


def _followed(booklet: Booklet) -> set[int]:
    """Return the blocks of parts of a chapter that something else than a part follows."""
    found_blocks: set[int] = set()
    for block, _ in blocks(booklet):
        if isinstance(block, Section | Division):
            inside: tuple[Block, ...] = inner_blocks(block)
            for one, following in pairwise(inside):
                if not isinstance(following, Section):
                    found_blocks.add(id(one))
    return found_blocks


def colours(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Nobody may have to see a colour to find or understand something."""
    phrases = phrases_of(booklet)
    if phrases is None:
        return
    places, pattern = Places(booklet), _coloured(phrases)
    for passage in passages(booklet):
        if passage.kind in ("description", "source"):
            continue
        for match in pattern.finditer(passage.own_text):
            message = f'"{match[0]}" says something by its colour alone.'
            yield found("ACC-008", places.find(passage, *match.span()), message)


def _coloured(phrases: Phrases) -> re.Pattern[str]:
    """Return what finds "the red box" and "shown in dark green"."""
    the, shades, colour, things, verbs = (
        f"(?:{phrases.pattern(f'wording.{name}').pattern})"
        for name in ("the", "shades", "colours", "coloured_things", "coloured_verbs")
    )
    return re.compile(
        rf"{the}\s+(?:{shades}\s+)?{colour}\s+{things}|{verbs}\s+(?:{shades}\s+)?{colour}"
    )
