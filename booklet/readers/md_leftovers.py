"""Literal text goes in; marks that look like Markdown but did nothing come out as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leftover:
    """A mark that has no effect; ``hint`` is empty when the rule's own hint says it all."""

    name: str
    pattern: re.Pattern[str]
    message: str
    hint: str = ""


_ANYWHERE = (
    Leftover(
        "bracket",
        re.compile(r"[\[\]]"),
        "This bracket is not part of a link that can be read.",
        "A link is [words](https://example.org), with no space in the address and none between "
        r"] and (. To print a bracket, put a backslash before it: \[ and \].",
    ),
    Leftover(
        "brace",
        re.compile(r"[{}]"),
        "This curly bracket belongs to nothing.",
        "Words in another language are [words]{lang=es}; for a whole block put {lang=es} on a line "
        r"of its own above it, with an empty line before. To print one, write \{ or \}.",
    ),
    Leftover(
        "backtick",
        re.compile(r"`+"),
        "This mark (`) is for computer code and does nothing here.",
        r"Use an ordinary apostrophe or quotation marks; to print it, write \`.",
    ),
    Leftover(
        "strike",
        re.compile(r"~~"),
        "Crossed-out words are not possible.",
        "Leave the words out.",
    ),
    Leftover(
        "entity",
        re.compile(r"&#?\w{2,31};"),
        "This sign between & and ; is not known.",
        "Type the sign itself.",
    ),
    Leftover("backslash", re.compile(r"\\"), "This backslash does nothing here."),
    Leftover(
        "colons",
        re.compile(r":::"),
        "These colons begin no box.",
        "Begin the line with them, after an empty line, with no more than three spaces before.",
    ),
)
_AT_LINE_START = (
    Leftover(
        "definition",
        re.compile(r"[:~][ \t]"),
        "This line begins like the explanation of a term, but no term stands above it.",
        "Put one term on the line above, with an empty line before the term.",
    ),
    Leftover(
        "row",
        re.compile(r"\|.*\|\s*$"),
        "This looks like a row of a table that cannot be read.",
        "A table stands between :::compare and :::, with a row such as |---|---| under its "
        "first row, as many columns wide.",
    ),
    Leftover(
        "heading",
        re.compile(r"#{1,6}[^\W\d]"),
        "This looks like a heading.",
        "Put a space after the #.",
    ),
)


def leftovers(text: str, *, starts_line: bool) -> Iterator[tuple[Leftover, int]]:
    """Yield the first of each kind of mark left over in literal text, with its offset."""
    for leftover in _ANYWHERE:
        match = leftover.pattern.search(text)
        if match:
            yield leftover, match.start()
    if starts_line:
        lead = len(text) - len(text.lstrip())
        for leftover in _AT_LINE_START:
            if leftover.pattern.match(text, lead):
                yield leftover, lead


def is_stray_star(content: str, at: int) -> bool:
    """True when a run of ``*`` or ``_`` at ``at``, left as text, was probably meant to do more.

    A star between spaces is a sign of its own, an underscore inside a word a part of it.
    """
    mark = content[at]
    end = at
    while end < len(content) and content[end] == mark:
        end += 1
    before = content[at - 1] if at else " "
    after = content[end] if end < len(content) else " "
    if before.isspace() and after.isspace():
        return mark == "_" and end - at > 1
    return not (mark == "_" and before.isalnum() and after.isalnum())
