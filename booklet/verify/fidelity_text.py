"""Words as found and as expected in, what differs in plain words out.

A line may end inside a word: behind a hyphen, anywhere in an address, or in a word that is longer
than a whole line. The word is still one word, for there is no space in the file. No other word may
be broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from booklet.editions import FEWEST_CHARACTERS
from booklet.verify.reading_order import LINE_END, Piece, tidy

_ADDRESS = re.compile(r"[./@:_-]")


def broken_words(found: str) -> Iterator[tuple[str, str]]:
    """Yield the two parts of each word that was broken at a line's end as no word should be."""
    lines = found.split(LINE_END)
    for left, right in pairwise(line for line in lines if line):
        if left[-1].isspace() or right[0].isspace():
            continue
        parts = left.rsplit(maxsplit=1)[-1], right.split(maxsplit=1)[0]
        is_whole_line = left.strip() == parts[0] and len(parts[0]) >= FEWEST_CHARACTERS
        if not is_whole_line and not _may_break(*parts):
            yield parts


def _may_break(left: str, right: str) -> bool:
    """True where a reader still takes two lines for one word, or where nobody reads words."""
    if _ADDRESS.search(left + right):
        return True
    # Scripts without capitals are either written without spaces (Chinese, Thai), where any line
    # may end between two letters, or never broken by layout engines (Arabic).
    return not all(char.isdigit() or char.lower() != char.upper() for char in (left[-1], right[0]))


# ------------------------------------------------------------------ differences


def difference(found: str, expected: str) -> str:
    """Say where two texts begin to differ: some words before, then what is and what should be."""
    is_now, should_be = found.split(), expected.split()
    start = next(
        (n for n, (a, b) in enumerate(zip(is_now, should_be, strict=False)) if a != b),
        min(len(is_now), len(should_be)),
    )
    after = f'after "{" ".join(should_be[max(0, start - 4) : start])}" ' if start else ""
    return f"{after}it reads {_some(is_now[start:])}, but the source has {_some(should_be[start:])}"


def _some(words: list[str]) -> str:
    if not words:
        return "no more words"
    return f'"{" ".join(words[:6])}{" ..." if len(words) > 6 else ""}"'


def any_number(pieces: Iterable[Piece], number: str) -> re.Pattern[str]:
    """Return a pattern of these words that takes any page number where one is printed."""
    parts = ("\ue001" if piece.name == number else piece.text for piece in pieces)
    return re.compile(re.escape(tidy("".join(parts))).replace("\ue001", r"\S+"))
