"""The text of a passage enters; its sentences leave, as (start, end) offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

import sentencex

# The splitter takes what stands in quotation marks or brackets as one: look inside again.
_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb()'
_INSIDE = re.compile(f"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]")


def boundaries(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each sentence of ``text`` without the space around it."""
    for start, end in _split(text, language, 0):
        segment = text[start:end]
        cuts = [start, *_inner_cuts(segment, start, language), end]
        for first, last in pairwise(cuts):
            part = text[first:last]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                yield first + lead, first + len(part.rstrip())


def _split(text: str, language: str, shift: int) -> Iterator[tuple[int, int]]:
    parts = sentencex.segment(language, text)
    yield from pairwise(shift + end for end in accumulate(map(len, parts), initial=0))


def _inner_cuts(segment: str, shift: int, language: str) -> Iterator[int]:
    for match in _INSIDE.finditer(segment):
        inside = list(_split(match.group(1), language, shift + match.start(1)))
        yield from (start for start, _end in inside[1:])
