"""A run of words and a width in, its first line out: a space at a line's end takes no room.

The engine measures a run together with the space at its end. When the words alone just fit, it
finds no room for the space and breaks after the very first word. A line then reads "An" and
nothing else. Here such a run is one line; the engine leaves the space out by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline
from weasyprint.text.line_break import split_first_line

from booklet.writers.pdf.replaced import replaced

_COLLAPSES = frozenset({"normal", "pre-line"})
"""Values of ``white-space`` that wrap lines and drop the space at their end (CSS Text 3)."""
_RESUME = 2
"""Where the engine's answer says at which byte the next line begins, or None."""


def first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002 - the engine's own signature
    minimum: bool = False,  # noqa: FBT001, FBT002 - ditto
) -> Any:
    """Return what the engine's function of this signature returns, but for the space at the end."""

    def split(words: str, width: float | None) -> Any:
        return split_first_line(
            words, style, context, width, justification_spacing, is_line_start, minimum
        )

    answer = split(text, max_width)
    bare = text.rstrip(" ")
    if (
        answer[_RESUME] is None
        or bare == text
        or not bare
        or max_width is None
        or math.isinf(max_width)
        or style["white_space"] not in _COLLAPSES
        or split(bare, max_width)[_RESUME] is not None
    ):
        return answer
    return split(text, None)


@contextmanager
def own_line_ends() -> Iterator[None]:
    """While this lasts, the engine breaks lines as ``first_line`` does.

    The name that is replaced, and its signature, are held by a test against the pinned version.
    """
    with replaced(inline, "split_first_line", first_line):
        yield
