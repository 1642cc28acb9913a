"""Source lines and what the parser says of them go in; places in the file come out.

The parser gives lines for blocks and offsets inside the words of one block. Containers (lists,
quotes, fences) take a prefix off each line, so the words of a line are looked up at the end of
that source line, which is right whatever the prefix was. Where the words do not stand there as
written (a folded YAML value), the place of the block is given instead: never a wrong line.
"""

from __future__ import annotations

from dataclasses import dataclass

from booklet.model import Span


def split_lines(text: str) -> tuple[str, ...]:
    """Split text into lines exactly as the Markdown parser does."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a text was read from.

    ``rows`` are the lines of the file; line 0 of the parsed text is ``rows[base]``. ``anchor``
    is the place of the whole text, used when its words are not found in the rows.
    """

    rows: tuple[str, ...]
    base: int
    anchor: Span

    def block(self, line: int, text: str = "") -> Span:
        """Return where a block begins that starts on parsed line ``line`` with ``text``."""
        row = self._row(line)
        if row is None or not row.strip():
            return self.anchor
        if not text:
            return self._span(line, len(row) - len(row.lstrip(" \t>")))
        column = _column(row, text, 0)
        return self.anchor if column is None else self._span(line, column)

    def inside(self, line: int, content: str, offset: int, start: int = 0) -> Span:
        """Return the place of ``content[offset]`` in words that begin on parsed line ``line``.

        ``start`` is the first column (from 0) of the first row where the words can stand.
        """
        offset = max(0, min(offset, len(content)))
        above = content.count("\n", 0, offset)
        begin = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", begin)
        words = content[begin : end if end >= 0 else len(content)]
        row = self._row(line + above)
        column = None if row is None else _column(row, words, start if above == 0 else 0)
        if column is None:
            return self.anchor if row is None or self.base else self.block(line)
        lead = len(words) - len(words.lstrip())
        return self._span(line + above, column + max(0, offset - begin - lead))

    def _row(self, line: int) -> str | None:
        index = self.base + line
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def _span(self, line: int, column: int) -> Span:
        index = self.base + line
        return Span(self.anchor.file, index + 1, min(column, len(self.rows[index])) + 1)


def _column(row: str, words: str, start: int) -> int | None:
    """Find the column (from 0) where ``words``, less their outer white space, stand in ``row``."""
    words = words.strip()
    if start and row.startswith(words, start):
        return start
    trimmed = row.rstrip()
    if trimmed.endswith(words) and len(trimmed) - len(words) >= start:
        return len(trimmed) - len(words)
    column = row.find(words, start)
    return None if column < 0 else column


def cells(row: str) -> tuple[tuple[int, str], ...]:
    """Split a table line into its cells: (column from 0, text as written) pairs.

    Pipes after a backslash do not split; the outer pipes of a line make no cells.
    """
    found: list[tuple[int, str]] = []
    begin = 0
    for index, char in enumerate(row):
        if char == "|" and (index == 0 or row[index - 1] != "\\"):
            found.append((begin, row[begin:index]))
            begin = index + 1
    found.append((begin, row[begin:]))
    if found and not found[0][1].strip(" \t>"):
        found.pop(0)
    if found and not found[-1][1].strip():
        found.pop()
    return tuple(_trim(column, text) for column, text in found)


def _trim(column: int, text: str) -> tuple[int, str]:
    return column + len(text) - len(text.lstrip()), text.strip()
