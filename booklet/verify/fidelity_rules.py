"""The rules of fidelity by number, and what is checked of a single pair of elements.

Rules are named by their number; the kind of file adds ``PDF-`` or ``EPUB-``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from booklet.verify.pdf_page import excerpt
from booklet.verify.reading_order import Element, Item, Where, squeezed, tidy

Fault = tuple[int, str]
"""The number of a rule, and what is wrong in plain words."""

MISSING, TOO_MUCH, PLACE, KIND, WORDS = 101, 102, 103, 104, 105
DESCRIPTION, EXPANSION, LANGUAGE = 106, 107, 108
EMPTY, UNTAGGED, OWNERS, LEVELS, HEADERS = 109, 110, 111, 112, 113
LISTS, NOTES, LINKS, NUMBERS, BROKEN, UNREAD = 114, 115, 116, 117, 118, 119
OF_WORDS = frozenset({WORDS, NUMBERS, BROKEN})
"""The rules about words; the others are about structure."""

NAMES = {
    "P": "paragraph",
    "L": "list",
    "LI": "list item",
    "Lbl": "label of a list item",
    "LBody": "body of a list item",
    "Table": "table",
    "TR": "table row",
    "TH": "table header",
    "TD": "table cell",
    "Figure": "picture",
    "Link": "link",
    "Reference": "mark that refers to a note or source",
    "Note": "note",
    "BlockQuote": "quotation",
    "TOC": "list of contents",
    "TOCI": "entry of the contents",
    "Span": "abbreviation or part in another language",
    "Callout": "box",
    **{f"H{level}": f"heading of level {level}" for level in range(1, 7)},
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the number of its rule, where it is in the file, and what it is."""

    rule: int
    where: Where
    message: str


def named(element: Element) -> str:
    """Name an element in plain words: what it is, and its first words."""
    name = NAMES.get(element.kind, element.kind.lower())
    words = element.all_words() or tidy(element.description)
    return f"{name} {excerpt(words)}" if words else name


def kind(source: Element, file: Element) -> Iterator[Fault]:
    """An element is what the source makes it; lists say whether they are numbered."""
    if source.kind != file.kind:
        should_be = NAMES.get(source.kind, source.kind)
        yield KIND, f"the {named(file)} should be a {should_be}."
    if source.kind == "L" and source.ordered != file.ordered:
        should_be = "numbered" if source.ordered else "not numbered"
        yield LISTS, f"the {named(file)} should be marked as {should_be}."


def said(source: Element, file: Element) -> Iterator[Fault]:
    """What is read out beside the words: descriptions of pictures, expansions of short forms."""
    if tidy(source.description) != tidy(file.description):
        is_now, should_be = excerpt(file.description), excerpt(source.description)
        yield DESCRIPTION, f"a picture is described as {is_now}, not {should_be}."
    if tidy(source.expansion) != tidy(file.expansion):
        is_now, should_be = excerpt(file.expansion), excerpt(source.expansion)
        yield EXPANSION, f"{excerpt(file.all_words())} is expanded as {is_now}, not {should_be}."


def table(source: Element, file: Element) -> Iterator[Fault]:
    """Header cells say what they head, data cells which headers they belong to."""
    if source.kind != file.kind:
        return
    if source.kind == "TH" and source.scope != file.scope:
        should_be = "rows" if source.scope == "Row" else "columns"
        yield HEADERS, f"the {named(file)} is not marked as one of {should_be}."
    is_now, should = (Counter(map(squeezed, e.headers)) for e in (file, source))
    if source.kind == "TD" and is_now != should:
        heads = " and ".join(map(excerpt, source.headers)) or "no header"
        yield HEADERS, f"the {named(file)} does not belong to {heads}."


def skipped_levels(elements: tuple[Item, ...]) -> Iterator[Difference]:
    """Yield the headings that skip a level; the first must be of level 1."""
    level = 0
    for item in elements:
        kind = item.element.kind
        if kind[0] == "H" and kind[1:].isdigit():
            if int(kind[1:]) > level + 1:
                message = f"the {named(item.element)} skips a level."
                yield Difference(LEVELS, item.element.where, message)
            level = int(kind[1:])
