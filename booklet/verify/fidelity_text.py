"""Words as found and as expected in, the first difference in plain words out.

A line's end is the one place where paper does not say whether words are parted: writers drop the
space there. So the source decides: where it has a space at that letter, there is one; where it
has none, a word was broken there, which is allowed behind a hyphen or slash and in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from booklet.verify.reading_order import LINE_END, Piece, squeezed, tidy

_ADDRESS = re.compile(r"[./@:_-]")


@dataclass(frozen=True, slots=True)
class Settled:
    """Words with their line ends settled, and the words that were broken as they never should."""

    words: str
    broken: tuple[tuple[str, str], ...]


def settle(found: str, expected: str) -> Settled:
    """Put a space, or nothing, in the place of each line end of the words found."""
    if LINE_END not in found:
        return Settled(tidy(found), ())
    places = _places(squeezed(found), squeezed(expected))
    gaps = _gaps(tidy(expected))
    first, *lines = found.split(LINE_END)
    words, letters = first, len(squeezed(first))
    broken: list[tuple[str, str]] = []
    for line in lines:
        if _is_inside_word(words, line) and places.get(letters, 0) not in gaps:
            left, right = words.rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0]
            if not _may_break(left, right):
                broken.append((left, right))
            words += line
        else:
            words = f"{words} {line}"
        letters += len(squeezed(line))
    return Settled(tidy(words), tuple(broken))


def _is_inside_word(left: str, right: str) -> bool:
    """True when letters stand at both sides of a line's end."""
    return bool(left and right) and not (left[-1].isspace() or right[0].isspace())


def _places(found: str, expected: str) -> dict[int, int]:
    """Return for each place between letters found the place in the expected letters."""
    if found == expected:
        return {at: at for at in range(len(found) + 1)}
    blocks = SequenceMatcher(None, found, expected, autojunk=False).get_matching_blocks()
    return {b.a + step: b.b + step for b in blocks for step in range(b.size)}


def _gaps(words: str) -> frozenset[int]:
    """Return before which letters a space stands, and the two ends."""
    gaps, letters = {0}, 0
    for word in words.split():
        letters += len(word)
        gaps.add(letters)
    return frozenset(gaps)


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
    return (
        f"{after}it reads {_some(is_now[start:])}, but the source has {_some(should_be[start:])}"
    )


def _some(words: list[str]) -> str:
    if not words:
        return "no more words"
    return f'"{" ".join(words[:6])}{" ..." if len(words) > 6 else ""}"'


def any_number(pieces: Iterable[Piece], number: str) -> re.Pattern[str]:
    """Return a pattern of these words that takes any page number where one is printed."""
    parts = ("\ue000" if piece.name == number else piece.text for piece in pieces)
    return re.compile(re.escape(tidy("".join(parts))).replace("\ue000", r"\S+"))
