"""The blocks of a file enter; lists, tables and headings that were only drawn leave as such.

Each pass takes all blocks and returns all blocks. What is certain is done in silence, what is a
guess carries a question to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from booklet.importers.captions import captions
from booklet.importers.clean import tidy
from booklet.importers.parts import (
    BREAK,
    Block,
    Heading,
    Item,
    Listing,
    Para,
    Run,
    Runs,
    Table,
    plain,
    text_of,
)
from booklet.importers.tables import FIRST_ROW

Pass = Callable[[Sequence[Block]], Iterator[Block]]

_BULLET = re.compile(
    "[\u2022\u2023\u25aa\u25ab\u25e6\u25cf\u25cb\u25a0\u25a1\u2043\u2219\xb7\u27a2\u2713\u2714*+\u2013\u2014-]\\s+(?=\\S)"
)
_NUMBER = re.compile(r"\(?([0-9]{1,3})[.)]\s+(?=\S)")
_LETTER = re.compile(r"\(?([a-z])[.)]\s+(?=\S)")
_TERM = re.compile(r"[^.:;!?]{2,70}:\s+\S")
LIST_GUESS = "These lines were typed with signs in front. Are they a list?"
TERMS_GUESS = "These paragraphs each explain one thing, so they were made a list. Is it right?"
TABS_GUESS = "These lines were typed with tabs between the columns. Is it a table?"
MAX_HEADING = 90
"""Letters of a line that may be a heading: two lines of large print."""


def guessed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks after all passes."""
    for step in PASSES:
        blocks = tuple(step(blocks))
    return tuple(blocks)


# ------------------------------------------------------------------------------- lists


def typed_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make lists of paragraphs that begin with bullets or with numbers that count up."""
    rows = [row for block in blocks for row in _rows(block)]
    at = 0
    while at < len(rows):
        length = _run_length(rows, at)
        if length:
            yield _listing(rows[at : at + length])
            at += length
        else:
            yield rows[at]
            at += 1


def _rows(block: Block) -> list[Block]:
    """Split a paragraph whose lines are items; anything else stays whole."""
    if not isinstance(block, Para) or all(run.text != BREAK for run in block.runs):
        return [block]
    lines = _lines(block.runs)
    items = [bool(_sign(plain(line))) for line in lines]
    # One line before the items may introduce them; words in between would make it uncertain.
    if sum(items) < 2 or not all(items[1:]):
        return [block]
    first, *rest = (Para(line) for line in lines)
    return [replace(first, checks=block.checks), *rest]


def _lines(runs: Runs) -> list[Runs]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.text == BREAK and not run.is_note:
            parts.append([])
        else:
            parts[-1].append(run)
    return [tidy(part) for part in parts if part]


def _sign(text: str) -> str:
    """Return what kind of item a line begins, or nothing."""
    if _BULLET.match(text):
        return "bullet"
    if _NUMBER.match(text):
        return "number"
    return "letter" if _LETTER.match(text) else ""


def _run_length(rows: Sequence[Block], at: int) -> int:
    """Return how many rows from ``at`` on are one list, or 0."""
    kind, length = "", 0
    for row in _from(rows, at):
        text = plain(row.runs) if isinstance(row, Para) and not row.is_caption else ""
        sign = _sign(text)
        if not sign or (kind and sign != kind):
            break
        if sign == "number" and length and _value(text) != _value_at(rows, at) + length:
            break
        if sign == "letter" and ord(text.lstrip("(")[0]) != ord("a") + length:
            break
        kind, length = sign, length + 1
    return length if length > 1 or (length == 1 and _is_real_bullet(rows[at])) else 0


def _from(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """Yield the blocks from a place on, without copying them all."""
    return (blocks[index] for index in range(at, len(blocks)))


def _is_real_bullet(row: Block) -> bool:
    return isinstance(row, Para) and plain(row.runs)[:1] in "\u2022\u25aa\u25cf\u25e6\u25a0"


def _value_at(rows: Sequence[Block], at: int) -> int:
    row = rows[at]
    return _value(plain(row.runs)) if isinstance(row, Para) else 0


def _value(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0


def _listing(rows: Sequence[Block]) -> Listing:
    items: list[Item] = []
    checks: list[str] = []
    texts = [text_of(row) for row in rows]
    sign = _sign(texts[0])
    for row in rows:
        if isinstance(row, Para):
            checks += row.checks
            items.append(Item((Para(_without_sign(row.runs, sign)),)))
    certain = sign == "bullet" and texts[0][:1] not in "*+-\u2013\u2014"
    if not certain:
        checks.insert(0, LIST_GUESS)
    start = max(0, _value(texts[0])) if sign == "number" else None
    return Listing(tuple(items), start, tuple(checks))


def _without_sign(runs: Runs, sign: str) -> Runs:
    """Take the bullet or number off; letters stay, for the text may speak of them."""
    pattern = {"bullet": _BULLET, "number": _NUMBER}.get(sign)
    match = pattern.match(plain(runs)) if pattern else None
    left = match.end() if match else 0
    out: list[Run] = []
    for run in runs:
        cut = 0 if run.is_note else min(left, len(run.text))
        left -= cut
        if run.is_note or run.text[cut:]:
            out.append(replace(run, text=run.text[cut:]))
    return tidy(out)


def explained_terms(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make a list of "Term: what it is" paragraphs that follow a sentence ending in a colon."""
    at = 0
    while at < len(blocks):
        yield blocks[at]
        at += 1
        before = blocks[at - 1]
        if not (isinstance(before, Para) and plain(before.runs).rstrip().endswith(":")):
            continue
        found: list[Para] = []
        for block in _from(blocks, at):
            if not (isinstance(block, Para) and _TERM.match(plain(block.runs))):
                break
            found.append(block)
        if len(found) >= 2:
            items = tuple(Item((Para(_with_term(para.runs)),)) for para in found)
            checks = tuple(check for para in found for check in para.checks)
            yield Listing(items, checks=(TERMS_GUESS, *checks))
            at += len(found)


def _with_term(runs: Runs) -> Runs:
    """Put the words before the colon in bold."""
    left = plain(runs).find(":") + 1
    out: list[Run] = []
    for run in runs:
        cut = 0 if run.is_note else min(left, len(run.text))
        left -= cut
        if cut:
            out.append(replace(run, text=run.text[:cut], strong=True))
        if run.is_note or run.text[cut:]:
            out.append(replace(run, text=run.text[cut:]))
    return tidy(out)


# ------------------------------------------------------------------------------ tables


def typed_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make a table of two or more lines with the same number of tabs and no empty column."""
    at = 0
    while at < len(blocks):
        rows: list[tuple[Runs, ...]] = []
        for block in _from(blocks, at):
            cells = _tabbed(block)
            if not cells or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
        if len(rows) > 1:
            yield Table(tuple(rows), checks=(TABS_GUESS, FIRST_ROW))
            at += len(rows)
        else:
            yield _untabbed(blocks[at])
            at += 1


def _tabbed(block: Block) -> tuple[Runs, ...]:
    """Return the columns of a line; none when it is not surely a row."""
    if not isinstance(block, Para) or any(run.text == BREAK for run in block.runs):
        return ()
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        pieces = [run.text] if run.is_note else re.split("\t+", run.text)
        for number, piece in enumerate(pieces):
            if number:
                cells.append([])
            cells[-1].append(replace(run, text=piece))
    columns = tuple(tidy(cell) for cell in cells)
    return columns if 2 <= len(columns) <= 5 and all(columns) else ()


def _untabbed(block: Block) -> Block:
    if isinstance(block, Para) and any("\t" in run.text for run in block.runs):
        runs = (replace(run, text=run.text.replace("\t", " ")) for run in block.runs)
        return replace(block, runs=tidy(runs))
    return block


# ---------------------------------------------------------------------------- headings


def bold_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make headings of short lines that are bold from end to end and have text below them."""
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Para) and following is not None and _is_bold_line(block):
            runs = tuple(replace(run, strong=False, em=False) for run in block.runs)
            question = f'Is "{text_of(block)[:80]}" a heading? It was a short line in bold letters.'
            yield Heading(0, tidy(runs), checks=(question, *block.checks))
        else:
            yield block


def _is_bold_line(para: Para) -> bool:
    text = plain(para.runs).strip()
    if not text or len(text) > MAX_HEADING or text[-1] in ".,;:" or para.is_caption:
        return False
    words = [run for run in para.runs if not run.is_note and run.text.strip()]
    return all(run.strong and run.text != BREAK for run in words)


PASSES: tuple[Pass, ...] = (captions, typed_lists, typed_tables, explained_terms, bold_headings)
