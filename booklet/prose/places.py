"""A passage and a stretch of its words enter; the line and column where they stand leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from booklet.model import Booklet, Span
from booklet.prose.passages import Passage

_ROWS = 400
"""Lines to look through: more than the longest paragraph a chapter may hold (MD-035)."""
# What stands in the source and is not read: addresses of links, names of notes, curly brackets.
_UNREAD = re.compile(
    r"\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])|\[\^[^\]]+\]|\{(?:#[\w-]+|\w+=[^{}]*)\}"
)
_BETWEEN_LETTERS = r"[*_\\\[\]\0]*"
_BETWEEN_WORDS = r"[\s*_\\\[\]\0>]+"


@dataclass(frozen=True)
class Places:
    """The places of single words, looked up in the lines that the booklet was read from."""

    booklet: Booklet

    @cached_property
    def _rows(self) -> dict[str, tuple[str, ...]]:
        return {text.file: text.rows for text in self.booklet.texts}

    def find(self, passage: Passage, start: int, end: int) -> Span:
        """Return the place of ``passage.text[start:end]``.

        It is that of the whole passage where the words do not stand in the source as they are
        read. Equal words before them in the same passage are counted, never mistaken for them.
        """
        written, lent = self._written(passage, start)
        if lent or passage.text[start:end] != written[start:end]:
            return lent or passage.span
        pattern = _pattern(passage.text[start:end])
        before = [match.start() for match in pattern.finditer(written)]
        if start not in before:
            return passage.span
        rows = self._rows.get(passage.span.file, ())[passage.span.line - 1 :][:_ROWS]
        text = "\n".join(rows)
        offset = _skip_key(text, passage.span.column - 1, passage.key)
        masked = _UNREAD.sub(lambda match: "\0" * len(match[0]), text)
        found = list(pattern.finditer(masked, offset))
        if len(found) <= before.index(start):
            return passage.span
        return _span(passage.span, text, found[before.index(start)].start())

    def setting(self, span: Span, key: str) -> Span:
        """Return the place of a setting of the entry or box at ``span``, else ``span`` itself."""
        rows = self._rows.get(span.file, ())[span.line - 1 :][:_ROWS]
        match = re.compile(rf"(?<![\w-]){re.escape(key)}:").search("\n".join(rows), span.column - 1)
        return _span(span, "\n".join(rows), match.start()) if match else span

    def _written(self, passage: Passage, start: int) -> tuple[str, Span | None]:
        """Return the text with signs that match nothing for lent words; a place if these lie there.

        A link such as ``[](#part)`` or ``[](term:key)`` lends its words from what it leads to.
        """
        parts: list[str] = []
        at = 0
        place: Span | None = None
        for run in passage.runs:
            lent = run.at is not None and self._is_empty_link(run.at)
            parts.append("\1" * len(run.text) if lent else run.text)
            if lent and at <= start < at + len(run.text):
                place = run.at
            at += len(run.text)
        return "".join(parts), place

    def _is_empty_link(self, at: Span) -> bool:
        rows = self._rows.get(at.file, ())
        return at.line <= len(rows) and rows[at.line - 1].startswith("[](", at.column - 1)


def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds these words in the source, with marks between and inside them."""
    parts = [_BETWEEN_LETTERS.join(map(re.escape, word)) for word in words.split()]
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(left + _BETWEEN_WORDS.join(parts) + right)


def _skip_key(text: str, offset: int, key: str) -> int:
    """Return where the words of a setting begin; a picture such as ``![...](...)`` has no key."""
    if not key or text.startswith("![", offset):
        return offset
    match = re.compile(rf"(?<![\w-]){re.escape(key)}:").search(text, offset)
    return match.end() if match else offset


def _span(origin: Span, text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset)
    return Span(origin.file, origin.line + line, offset - (text.rfind("\n", 0, offset) + 1) + 1)
