"""A block of a draft enters; it leaves with all that our format cannot hold at its place elsewhere.

A heading in a list becomes bold words, a table in a quote stands behind it, a fourth list inside a
list is laid flat: no word is lost, and the ledger is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from booklet.importers.clean import tidy
from booklet.importers.ledger import Ledger
from booklet.importers.parts import (
    BREAK,
    Block,
    Box,
    Code,
    Heading,
    Item,
    Listing,
    Para,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    Term,
    Terms,
    Title,
    plain,
    text_of,
)

LISTS = 3
"""Lists inside one another."""
LONGEST_PARA = 2_400
"""Letters of a paragraph: the reader takes 4,000, marks and addresses included."""


def placed(block: Block, ledger: Ledger) -> tuple[Block, ...]:
    """Return a block with all that cannot stand in it made simpler or put behind it."""
    match block:
        case Listing():
            inner, behind = _in_list(block, 1, ledger)
            return (inner, *behind)
        case Quote() | Box():
            kept, behind = _in_box(block.blocks, ledger)
            return ((replace(block, blocks=kept), *behind)) if kept else behind
        case Terms():
            behind_terms: list[Block] = []
            items: list[Term] = []
            for term in block.items:
                kept, behind = _in_box(term.blocks, ledger)
                paras = tuple(part for inner in kept for part in simple((inner,)))
                items.append(Term(term.runs, paras))
                behind_terms += behind
            return (*_told_terms(items), *behind_terms)
        case _:
            return (block,)


def _told_terms(items: Sequence[Term]) -> tuple[Block, ...]:
    """Return terms with explanations; a term without one becomes a bold paragraph."""
    out: list[Block] = []
    for term in items:
        if not term.blocks:
            out.append(Para(tuple(replace(run, strong=True) for run in term.runs)))
        elif out and isinstance(out[-1], Terms):
            out[-1] = Terms((*out[-1].items, term))
        else:
            out.append(Terms((term,)))
    return tuple(out)


def _in_box(blocks: Sequence[Block], ledger: Ledger) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return what can stand in a quote or box, and what is put behind it."""
    kept: list[Block] = []
    behind: list[Block] = []
    for block in blocks:
        match block:
            case Heading() | Title():
                kept.append(_bold(block, ledger))
            case Quote() | Box():
                ledger.changed["quotes and boxes inside others taken apart"] += 1
                title = (Para(block.title),) if isinstance(block, Box) and block.title else ()
                inner, after = _in_box((*title, *block.blocks), ledger)
                kept += inner
                behind += after
            case Listing():
                listing, after = _in_list(block, 1, ledger)
                kept.append(listing)
                behind += after
            case Terms():
                kept += simple((block,))
            case Table() | Picture() | Code():
                ledger.changed["tables and pictures put behind a list, quote or box"] += 1
                behind.append(block)
            case Para():
                kept.append(block)
    return tuple(kept), tuple(behind)


def _bold(block: Heading | Title, ledger: Ledger) -> Para:
    ledger.changed["headings inside lists, quotes and boxes made bold words"] += 1
    runs = tuple(run if run.text == BREAK else replace(run, strong=True) for run in block.runs)
    return Para(runs, checks=block.checks)


def _in_list(block: Listing, depth: int, ledger: Ledger) -> tuple[Listing, tuple[Block, ...]]:
    items: list[Item] = []
    behind: list[Block] = []
    for item in block.items:
        kept, after = _in_box(item.blocks, ledger) if depth == 1 else (item.blocks, ())
        behind += after
        inner: list[Block] = []
        deeper: list[Item] = []
        for part in kept:
            if not isinstance(part, Listing):
                inner.append(part)
            elif depth < LISTS:
                nested, after = _in_list(part, depth + 1, ledger)
                inner.append(nested)
                behind += after
            else:
                ledger.changed["lists more than three deep made flatter"] += 1
                deeper += _flat(part)
        if inner:
            items.append(Item(tuple(inner)))
        items += deeper
    return replace(block, items=tuple(items)), tuple(behind)


def _flat(block: Listing) -> list[Item]:
    """Return the items of a list and of all lists in it, one behind the other."""
    out: list[Item] = []
    for item in block.items:
        own = tuple(part for part in item.blocks if not isinstance(part, Listing))
        if own:
            out.append(Item(own))
        out += [deep for part in item.blocks if isinstance(part, Listing) for deep in _flat(part)]
    return out


def simple(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks as paragraphs and flat lists, for a note or an explanation."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Para():
                out.append(block)
            case Heading() | Title():
                out.append(Para(block.runs))
            case Listing():
                out.append(replace(block, items=tuple(map(_plain_item, _flat(block)))))
            case Terms():
                for term in block.items:
                    out.append(Para(tuple(replace(run, strong=True) for run in term.runs)))
                    out += simple(term.blocks)
            case Quote():
                out += simple(block.blocks)
            case Box():
                out += simple((Para(block.title), *block.blocks) if block.title else block.blocks)
            case Table():
                out += [
                    Para(cell) for row in (title_row(block), *block.rows) for cell in row if cell
                ]
            case Picture() | Code():
                words = text_of(block)
                out += [Para((Run(words),))] if words else []
    return tuple(out)


def title_row(block: Table) -> tuple[Runs, ...]:
    """Return the title of a table as a row, when there is one."""
    return (block.title,) if block.title else ()


def _plain_item(item: Item) -> Item:
    return Item(simple(item.blocks))


def marks_in_words(block: Block, notes: Mapping[str, tuple[Block, ...]]) -> Block:
    """Put the words of a note that is marked within a note in brackets in its place."""
    if isinstance(block, Listing):
        items = tuple(
            Item(tuple(marks_in_words(inner, notes) for inner in item.blocks))
            for item in block.items
        )
        return replace(block, items=items)
    if not isinstance(block, Para):
        return block
    runs = tuple(
        Run(f" ({' '.join(map(text_of, notes.get(run.text, ())))})") if run.is_note else run
        for run in block.runs
    )
    return replace(block, runs=tidy(runs))


def short_enough(runs: Runs) -> list[Runs]:
    """Split a paragraph that is too long for the reader where a sentence ends."""
    if len(plain(runs)) <= LONGEST_PARA:
        return [runs]
    parts: list[Runs] = []
    now: list[Run] = []
    size = 0
    for run in runs:
        for piece in (
            [run.text]
            if run.is_note or run.href
            else re.findall(r".*?[.!?]\s+|.+", run.text, re.DOTALL)
        ):
            if now and size + len(piece) > LONGEST_PARA:
                parts.append(tidy(now))
                now, size = [], 0
            now.append(replace(run, text=piece))
            size += len(piece)
    return [part for part in (*parts, tidy(now)) if part]
