"""A block element of an HTML tree enters; its heading, list, quote or table leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from lxml.html import HtmlElement

from booklet.importers import clean
from booklet.importers.collecting import Collector, Desk, Look
from booklet.importers.notes import NoteMarks
from booklet.importers.parts import (
    Block,
    Heading,
    Item,
    Listing,
    Para,
    Quote,
    Run,
    Table,
    Term,
    Terms,
    text_of,
)
from booklet.importers.tables import read_table

_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Walker(Protocol):
    """Who reads what stands inside an element."""

    @property
    def desk(self) -> Desk:
        """What the reading of the file shares."""
        ...

    @property
    def marks(self) -> NoteMarks:
        """The notes of the file."""
        ...

    def walk(self, element: HtmlElement, look: Look, out: Collector) -> None:
        """Read one element and all that is in it."""
        ...

    def inside(self, element: HtmlElement, look: Look | None = None) -> tuple[Block, ...]:
        """Return the blocks inside an element."""
        ...

    def children(self, element: HtmlElement, look: Look, out: Collector) -> None:
        """Read what stands inside an element."""
        ...


def read_rule(reader: Walker, _element: HtmlElement, _look: Look, out: Collector) -> None:
    """Leave out a line across the page."""
    out.flush()
    reader.desk.ledger.changed["lines across the page left out"] += 1


def read_heading(reader: Walker, element: HtmlElement, look: Look, out: Collector) -> None:
    """Read a heading; what is no words in it stands below."""
    out.flush()
    names = list(out.names)
    inside = out.inside()
    reader.children(element, Look(href=look.href), inside)
    inside.flush()
    level = HEADINGS[str(element.tag)]
    for block in inside.blocks:
        if isinstance(block, Para):
            checks = _guess_of(element, text_of(block))
            runs = tuple(replace(run, strong=False, em=False) for run in block.runs)
            found = (*names, *inside.names, *_names_in(element))
            out.add(
                Heading(level, clean.tidy(runs), tuple(dict.fromkeys(found)), checks + block.checks)
            )
        else:
            out.add(block)


def read_lines(reader: Walker, element: HtmlElement, look: Look, out: Collector) -> None:
    """Read typewriter text: its lines stay lines."""
    out.flush()
    if not len(element):
        for number, line in enumerate(str(element.text or "").split("\n")):
            if number:
                out.line_break()
            out.text(line, look)
    else:
        reader.children(element, look, out)
    out.flush()
    reader.desk.ledger.changed["blocks of typewriter text made paragraphs"] += 1


def read_list(reader: Walker, element: HtmlElement, look: Look, out: Collector) -> None:
    """Read a list; what stands between its items belongs to the one before."""
    items: list[Item] = []
    loose = out.inside()
    for child in element:
        if child.tag == "li" and child not in reader.marks.spent and not is_hidden(child):
            _end_loose(loose, items)
            blocks = reader.inside(child, look)
            if blocks:
                items.append(Item(blocks))
        else:
            reader.walk(child, look, loose)
        if child.tail and child.tail.strip():
            loose.text(child.tail, look)
    if element.text and element.text.strip():
        out.text(element.text, look)
    _end_loose(loose, items)
    out.flush()
    if items:
        out.add(Listing(tuple(items), _start(element)))


def _end_loose(loose: Collector, items: list[Item]) -> None:
    """Put what stood between the items of a list into the item before it."""
    loose.flush()
    if not loose.blocks:
        return
    if items:
        items[-1] = Item((*items[-1].blocks, *loose.blocks))
    else:
        items.append(Item(tuple(loose.blocks)))
    loose.blocks = []


def read_terms(reader: Walker, element: HtmlElement, look: Look, out: Collector) -> None:
    """Read terms and their explanations."""
    out.flush()
    items: list[Term] = []
    out.text(_stray(element), look)
    out.flush()
    for child in _flat_terms(element):
        blocks = () if child in reader.marks.spent else reader.inside(child, look)
        if child.tag == "dt":
            runs = tuple(
                run
                for block in blocks
                for run in (getattr(block, "runs", ()) or (Run(text_of(block)),))
            )
            if runs:
                items.append(Term(runs, ()))
        elif items and blocks:
            items[-1] = replace(items[-1], blocks=(*items[-1].blocks, *blocks))
        else:
            out.blocks += blocks
    if items:
        out.add(Terms(tuple(items)))


def read_quote(reader: Walker, element: HtmlElement, _look: Look, out: Collector) -> None:
    """Read words of somebody else."""
    blocks = reader.inside(element)
    out.flush()
    if blocks:
        out.add(Quote(blocks))


def read_figure(reader: Walker, element: HtmlElement, look: Look, out: Collector) -> None:
    """Read a picture with its caption."""
    out.flush()
    if element.text:
        out.text(element.text, look)
    captions: list[HtmlElement] = []
    for child in element:
        if child.tag == "figcaption":
            captions.append(child)
        else:
            reader.walk(child, look, out)
        if child.tail:
            out.text(child.tail, look)
    out.flush()
    for child in captions:
        reader.walk(child, look, out)


def read_grid(reader: Walker, element: HtmlElement, _look: Look, out: Collector) -> None:
    """Read a table, or what stands in it."""
    out.flush()
    for block in read_table(element, reader.inside, reader.desk.ledger):
        if isinstance(block, Table):
            out.add(block)
        else:
            out.flush()
            out.blocks.append(block)


def _guess_of(element: HtmlElement, text: str) -> tuple[str, ...]:
    kinds = (element.get("class") or "").split()
    if "booklet-guess" in kinds:
        return (f'Is "{text[:80]}" a heading? It was a short line in larger letters.',)
    if "booklet-line" in kinds:
        return (f'Is "{text[:80]}" a heading? It was a short line by itself.',)
    return ()


def _names_in(element: HtmlElement) -> Iterator[str]:
    for inner in element.iter():
        if isinstance(inner.tag, str):
            for name in (inner.get("id"), inner.get("name")):
                if name:
                    yield name


def _flat_terms(element: HtmlElement) -> Iterator[HtmlElement]:
    """Return dt and dd, also those that a div wraps."""
    for child in element:
        if child.tag == "div":
            yield from _flat_terms(child)
        elif isinstance(child.tag, str):
            yield child


def _stray(element: HtmlElement) -> str:
    """Return words that stand in a list of terms, but in none of its parts."""
    words = [element.text or ""]
    for child in element:
        words += [_stray(child) if child.tag == "div" else "", child.tail or ""]
    return " ".join(word for word in words if word.strip())


def is_hidden(element: HtmlElement) -> bool:
    """True for what the page itself does not show."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _start(element: HtmlElement) -> int | None:
    if element.tag != "ol":
        return None
    text = (element.get("start") or "1").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
