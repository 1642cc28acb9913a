"""A finding enters; its line, how much of it is meant, and its path in the repository leave."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.findings import Finding
from booklet.model import Span
from booklet.source import Lines

_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"\w+|\S")


def no_line(_: Span) -> str | None:
    """Give no line: for reports without a source folder at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Places:
    """The source folder as a report sees it.

    ``source`` is how findings call it, ``root`` its path in the repository, with ``/`` and without
    one at the end; ``lines`` gives the line at a place.
    """

    lines: Lines = no_line
    source: str = "source"
    root: str = "source"

    def in_source(self, finding: Finding) -> bool:
        """True for a place in the source, false for one in a finished file."""
        return finding.span.file.partition("/")[0] == self.source

    def path(self, file: str) -> str:
        """Return the path in the repository of a file of the source."""
        return f"{self.root}{file.removeprefix(self.source)}".lstrip("/")

    def settings(self, booklet: str) -> str:
        """Return the path in the repository of a booklet's settings."""
        return f"{self.root}/{booklet}/booklet.yaml".lstrip("/")

    def length(self, finding: Finding) -> int:
        """Return how many characters are meant, 1 or more: words that the message names, else one.

        A finding knows where it begins and not where it ends.
        """
        line = self.lines(finding.span) or ""
        rest = line[finding.span.column - 1 :]
        last = finding.message.rpartition(": ")[2]
        named = (*_QUOTED.findall(finding.message), last, last.removesuffix("."))
        meant = [words for words in named if words and rest.startswith(words)]
        word = _WORD.match(rest)
        return max(map(len, meant)) if meant else len(word.group()) if word else 1
