"""The table of an HTML tree enters; a table with equal rows leaves, or its words as paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from booklet.importers.clean import cleaned, tidy
from booklet.importers.ledger import Ledger
from booklet.importers.limits import MAX_CELLS, RefusedError
from booklet.importers.parts import (
    BREAK,
    Block,
    Box,
    Code,
    Heading,
    Listing,
    Para,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    Terms,
    Title,
    plain,
)

Inside = Callable[[HtmlElement], tuple[Block, ...]]
_ENDS = (".", "!", "?", ":", ";", ",")
SPANNED = "Some cells spanned others; their words were repeated in each row or column."
FIRST_ROW = "The first row was taken for the headings of the columns. Is it?"
JOINED = "Some cells held several paragraphs or a list; they were joined. Read the cells again."


@dataclass(frozen=True, slots=True)
class _Cell:
    blocks: tuple[Block, ...]
    across: int
    down: int
    is_head: bool


def read_table(element: HtmlElement, inside: Inside, ledger: Ledger) -> Iterator[Block]:
    """Yield a table, and the blocks that cannot stand in one; or the blocks alone."""
    caption = [child for child in element if child.tag == "caption"]
    title: Runs = ()
    for child in caption:
        title = tidy((*title, Run(" "), *_joined(inside(child))[0]))
    rows = [[_cell(cell, inside) for cell in row] for row in _rows(element)]
    yield from _loose(element, inside)
    if not _is_data(element, rows):
        ledger.changed["tables used for layout taken apart"] += 1
        if title:
            yield Para(title)
        yield from (block for row in rows for cell in row for block in cell.blocks)
        return
    yield from _table(rows, title)


def _rows(element: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Yield the cells of each row; cells that stand in no row are one."""
    row: list[HtmlElement] = []
    for child in element:
        if child.tag in ("td", "th"):
            row.append(child)
        elif child.tag in ("tr", "thead", "tbody", "tfoot"):
            if row:
                yield row
            row = []
            yield from _rows(child)
    if row:
        yield row


def _loose(element: HtmlElement, inside: Inside, *, outer: bool = True) -> Iterator[Block]:
    """Yield what stands in a table but in no cell, which a browser shows above it."""
    words = element.text or ""
    known = ("td", "th", "caption") if outer else ("td", "th")
    for child in element:
        if child.tag in ("thead", "tbody", "tfoot", "tr"):
            yield from _loose(child, inside, outer=False)
        elif isinstance(child.tag, str) and child.tag not in known:
            yield from inside(child)
        words += child.tail or ""
    if words.strip():
        yield Para(tidy((Run(cleaned(words, Counter())),)))


def _cell(cell: HtmlElement, inside: Inside) -> _Cell:
    return _Cell(inside(cell), _span(cell, "colspan"), _span(cell, "rowspan"), cell.tag == "th")


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _is_data(element: HtmlElement, rows: list[list[_Cell]]) -> bool:
    """True for a table whose rows and columns mean something."""
    if element.get("role") in ("presentation", "none"):
        return False
    blocks = [block for row in rows for cell in row for block in cell.blocks]
    if any(isinstance(block, Table | Heading | Title | Quote | Box) for block in blocks):
        return False
    filled = [row for row in rows if any(cell.blocks for cell in row)]
    return len(filled) > 1 and max(len(row) for row in filled) > 1


def _table(rows: list[list[_Cell]], title: Runs) -> Iterator[Block]:
    grid, spans = _grid(rows)
    checks = [check for row in rows for cell in row for b in cell.blocks for check in b.checks]
    if not all(cell.is_head for cell in rows[0]):
        checks.append(FIRST_ROW)
    if spans:
        checks.append(SPANNED)
    behind: list[Block] = []
    lines: list[tuple[Runs, ...]] = []
    joined = False
    for row in grid:
        line: list[Runs] = []
        for cell in row:
            words, apart, simple = _words(cell)
            behind += [block for block in apart if block not in behind]
            joined = joined or not simple
            line.append(words)
        lines.append(tuple(line))
    if joined:
        checks.append(JOINED)
    full = _without_empty(lines)
    if len(full) < 2 or len(full[0]) < 2:
        yield from (Para(cell) for line in full for cell in line if cell)
    else:
        yield Table(full, title, tuple(checks))
    yield from behind


def _grid(rows: list[list[_Cell]]) -> tuple[list[list[tuple[Block, ...]]], bool]:
    """Lay the cells out on a grid; a cell that spans others is repeated."""
    taken: dict[tuple[int, int], tuple[Block, ...]] = {}
    spans = False
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            down = min(cell.down, len(rows) - y)
            if len(taken) + cell.across * down > MAX_CELLS:
                raise RefusedError(f"a table in it has more than {MAX_CELLS:,} cells")
            spans = spans or cell.across * down > 1
            for dy in range(down):
                for dx in range(cell.across):
                    taken.setdefault((y + dy, x + dx), cell.blocks)
            x += cell.across
    width = max(x for _, x in taken) + 1
    if width * len(rows) > MAX_CELLS:
        raise RefusedError(f"a table in it has more than {MAX_CELLS:,} cells")
    grid = [[taken.get((y, x), ()) for x in range(width)] for y in range(len(rows))]
    return grid, spans


def _without_empty(lines: list[tuple[Runs, ...]]) -> tuple[tuple[Runs, ...], ...]:
    """Leave out rows and columns without a word."""
    rows = [line for line in lines if any(line)]
    width = len(rows[0]) if rows else 0
    keep = [x for x in range(width) if any(row[x] for row in rows)]
    return tuple(tuple(row[x] for x in keep) for row in rows)


def _words(blocks: tuple[Block, ...]) -> tuple[Runs, list[Block], bool]:
    """Return a cell's words, the blocks that cannot stand in it, and if it was simple."""
    apart: list[Block] = [block for block in blocks if isinstance(block, Picture | Code)]
    rest = tuple(block for block in blocks if not isinstance(block, Picture | Code))
    runs, parts = _joined(rest)
    return runs, apart, parts < 2


def _joined(blocks: tuple[Block, ...]) -> tuple[Runs, int]:
    """Join blocks to one line of words; return how many parts there were."""
    parts = [part for block in blocks for part in _lines(block)]
    runs: list[Run] = []
    for part in parts:
        if runs:
            ended = plain(tuple(runs)).rstrip().endswith(_ENDS)
            runs.append(Run(" " if ended else "; "))
        runs += part
    return tidy(runs), len(parts)


def _lines(block: Block) -> list[Runs]:
    match block:
        case Heading() | Title() | Para():
            return _without_breaks(block.runs)
        case Listing():
            return [line for item in block.items for inner in item.blocks for line in _lines(inner)]
        case Terms():
            return [
                line
                for term in block.items
                for line in (term.runs, *(part for inner in term.blocks for part in _lines(inner)))
            ]
        case Quote():
            return [line for inner in block.blocks for line in _lines(inner)]
        case Box():
            return [block.title, *(line for inner in block.blocks for line in _lines(inner))]
        case Table():
            return [cell for row in block.rows for cell in row if cell]
        case Picture() | Code():
            return []


def _without_breaks(runs: Runs) -> list[Runs]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.text == BREAK and not run.is_note:
            parts.append([])
        else:
            parts[-1].append(run)
    return [tidy(part) for part in parts if part]
