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
    ends = line_ends(runs)
    for run in runs:
        if run.text.strip() and (run.from_the_right or _needs_words(run.text)):
            space = " " if (run.page, run.mcid) in ends else ""
            mark = _mark(streams[run.page], run.mcid)
            if mark is not None:
                mark["ActualText"] = pydyf.String(f"{run.text}{space}")


def _needs_words(text: str) -> bool:
    """True for scripts that run from the right, or whose letters join with signs."""
    return any(
        unicodedata.bidirectional(char) in _FROM_THE_RIGHT or unicodedata.category(char) in _JOINED
        for char in text
    )


def _mark(stream: Any, mcid: int) -> Any:
    marks = (item for item in stream.stream if isinstance(item, pydyf.Dictionary))
    return next((mark for mark in marks if mark.get("MCID") == mcid), None)
