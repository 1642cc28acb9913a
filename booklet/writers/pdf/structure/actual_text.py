"""Page content in, the same content with its words beside it where letters alone cannot tell them.

Arabic or Hindi letters are drawn from pieces (a bow, its dots) that several letters share, and
in the order in which they stand on paper. A reader that goes by the glyphs hears nonsense; with
``ActualText`` (ISO 32000-1, 14.9.4) it hears the words.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import pydyf

from booklet.writers.pdf.structure.spaces import Placed, line_ends

_FROM_THE_RIGHT = ("R", "AL", "AN")
_JOINED = ("Mn", "Mc")


def write_words(streams: list[Any], runs: list[Placed]) -> None:
    """Give the marks of such runs their words, in place; a line's end has its space too."""
    told = [
        run for run in runs if run.text.strip() and (run.from_the_right or _needs_words(run.text))
    ]
    if not told:
        return
    ends = line_ends(runs)
    marks = [_marks(stream) for stream in streams]
    for run in told:
        if mark := marks[run.page].get(run.mcid):
            space = " " if (run.page, run.mcid) in ends else ""
            mark["ActualText"] = pydyf.String(f"{run.text}{space}")


def _needs_words(text: str) -> bool:
    """True for scripts that run from the right, or whose letters join with signs."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in _FROM_THE_RIGHT or unicodedata.category(char) in _JOINED
        for char in text
    )


def _marks(stream: Any) -> dict[int, Any]:
    """Return the marks of a page by their number; of two with one number, the first."""
    dictionaries = [item for item in stream.stream if isinstance(item, pydyf.Dictionary)]
    return {mark["MCID"]: mark for mark in reversed(dictionaries) if "MCID" in mark}
