"""A source line and a place in it enter; two lines leave that show the place on a screen.

A line is measured in the columns of a terminal: letters of East Asia take two, marks that sit on
a letter none. What could steer the terminal or turn the direction of writing is shown as a sign.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB = "    "
ODD = "\N{REPLACEMENT CHARACTER}"
CUT = "..."
LEAST = 30
"""Columns below which no line can be shown."""
# Joiners that shape Arabic and Indic letters and pictures made of several signs: no direction.
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is seen as one character: where it begins in the line, and its width in columns."""

    index: int
    shown: str
    width: int


def excerpt(line: str, column: int, length: int, number: int, columns: int) -> tuple[str, str]:
    """Return the line with its number, and below it marks under the place; each within ``columns``.

    ``column`` counts characters from 1, as findings do; ``length`` is in characters. Both are empty
    when the screen is too narrow.
    """
    gutter = f"{number:>5} | "
    room = columns - len(gutter)
    if columns < LEAST:
        return "", ""
    cells = _cells(line)
    begin = _cell_at(cells, column - 1)
    end = max(begin + 1, _cell_at(cells, column - 1 + length))
    first, last = _window(cells, begin, room)
    before, after = CUT * (first > 0), CUT * (last < len(cells))
    shown = "".join(cell.shown for cell in cells[first:last])
    gap = len(before) + sum(cell.width for cell in cells[first:begin])
    marks = max(1, sum(cell.width for cell in cells[begin : min(end, last)]))
    blank = f"{'|':>{len(gutter) - 1}} "
    return f"{gutter}{before}{shown}{after}".rstrip(), f"{blank}{' ' * gap}{'^' * marks}"


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text at its spaces into lines of at most ``columns``; what follows is set in."""
    lead = " " * (len(text) - len(text.lstrip(" ")))
    first, *rest = text.strip(" ").split(" ")
    rows, used = [f"{lead}{first}"], len(lead) + _columns(first)
    for word in rest:
        if used + 1 + _columns(word) > columns:
            rows.append(f"{lead}  {word}")
            used = len(lead) + 2 + _columns(word)
        else:
            rows[-1] += f" {word}"
            used += 1 + _columns(word)
    return rows


def _columns(text: str) -> int:
    if _is_plain(text):
        return len(text)
    # Imported here, for its tables take a while and most lines need none of them.
    from wcwidth import width

    return max(0, width(text, term_program=False))


def _is_plain(text: str) -> bool:
    """True for letters of one column each."""
    return text.isascii() and text.isprintable()


def _cells(line: str) -> list[_Cell]:
    """Cut a line into what is seen as one character each; a last empty one stands for its end."""
    if _is_plain(line):
        each = [_Cell(index, char, 1) for index, char in enumerate(line)]
        return [*each, _Cell(len(line), " ", 1)]
    from wcwidth import iter_graphemes, width

    cells = []
    index = 0
    for cluster in iter_graphemes("".join(map(_seen, line))):
        shown = TAB if cluster == "\t" else cluster
        # Not what this terminal's program is known to do: the same source, the same lines.
        taken = width(shown, term_program=False)
        cells.append(_Cell(index, shown if taken > 0 else ODD, max(1, taken)))
        index += len(cluster)
    return [*cells, _Cell(index, " ", 1)]


def _seen(char: str) -> str:
    if char == "\t" or char in _JOINERS or unicodedata.category(char) not in _UNSEEN:
        return char
    return ODD


def _cell_at(cells: list[_Cell], index: int) -> int:
    """Return the cell that holds the character at ``index``; past the end, the last one."""
    inside = [number for number, cell in enumerate(cells) if cell.index <= index]
    return inside[-1] if inside else 0


def _window(cells: list[_Cell], begin: int, room: int) -> tuple[int, int]:
    """Choose the cells that fit, with the place about a third of the way in."""
    if sum(cell.width for cell in cells) <= room:
        return 0, len(cells)
    room -= 2 * len(CUT)
    first = _back(cells, begin, room // 3)
    last = _forth(cells, first, room)
    # At the end of a line there is room for more of its start.
    first = _back(cells, last, room) if last == len(cells) else first
    return first, last


def _back(cells: list[_Cell], end: int, room: int) -> int:
    while end > 0 and cells[end - 1].width <= room:
        end -= 1
        room -= cells[end].width
    return end


def _forth(cells: list[_Cell], start: int, room: int) -> int:
    while start < len(cells) and cells[start].width <= room:
        room -= cells[start].width
        start += 1
    return start
