"""The common form of source and finished files: elements and words in the order they are read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

INLINE = frozenset({"Link", "Reference", "Span"})
"""Elements inside a line of text; all others are blocks."""
LINE_END = "\ue000"
"""A line's end on paper. It is no white space by itself: the file must hold a space as well."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they are read. ``name`` says which part of the product added them.

    Words without a name are the source's own.
    """

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a finished file: page of a PDF, or file and line of an e-book."""

    page: int = 0
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Element:
    """One element. ``language`` is set where it changes; ``target`` is an address or an id.

    ``name`` is a link's name as it is read out; ``ids`` are what links may lead to; ``headers``
    are the words of the headers of a table's cell.
    """

    kind: str
    kids: tuple[Element | Piece, ...] = ()
    language: str = ""
    description: str = ""
    expansion: str = ""
    target: str = ""
    name: str = ""
    ids: tuple[str, ...] = ()
    scope: str = ""
    headers: tuple[str, ...] = ()
    ordered: bool = False
    where: Where = Where()

    @property
    def is_inline(self) -> bool:
        """True for an element inside a line of text."""
        return self.kind in INLINE

    def own(self) -> str:
        """The words that stand in this element itself."""
        return "".join(kid.text for kid in self.kids if isinstance(kid, Piece))

    def all_words(self) -> str:
        """All words at or below this element, single-spaced; a block's end ends a word."""
        return tidy("".join(_spoken(self)))

    def lines(self) -> tuple[tuple[Piece, ...], ...]:
        """The words of this block, inline elements among them, cut where blocks stand inside it."""
        parts: list[list[Piece]] = [[]]
        for kid in self.kids:
            if isinstance(kid, Piece):
                parts[-1].append(kid)
            elif kid.is_inline:
                first, *rest = kid.lines()
                parts[-1] += first
                parts += map(list, rest)
            else:
                parts.append([])
        return tuple(map(tuple, parts))

    def count(self) -> int:
        """How many words this block holds itself."""
        return sum(len(text_of(line).split()) for line in self.lines())


def _spoken(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Piece):
            yield kid.text
        else:
            around = "" if kid.is_inline else " "
            yield from (around, *_spoken(kid), around)


_JOINED = {
    point: unicodedata.normalize("NFKC", chr(point)) for point in (*range(0xFB00, 0xFB07), 0x2026)
}


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the words of pieces, one after another as they stand."""
    return "".join(piece.text for piece in pieces)


def tidy(words: str) -> str:
    """Return words in composed form (NFC), single-spaced, without marks that print nothing.

    What is one character for several (U+FB01, the three points of U+2026) is told as several, as
    every reader reads it.
    """
    if not words.isascii():
        for char in set(words):
            if char == LINE_END or unicodedata.category(char) == "Cf":
                words = words.replace(char, "")
        words = unicodedata.normalize("NFC", words).translate(_JOINED)
    return " ".join(words.split())


def squeezed(words: str) -> str:
    """Return words without any white space, for comparing what may break over lines."""
    return "".join(tidy(words).split())


def is_from_the_right(words: str) -> bool:
    """True when any letter of them belongs to a script that runs from the right."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)


def has_letters_of(words: str, others: str) -> bool:
    """True when all letters of ``others`` are among those of ``words``, in whatever order.

    For scripts from the right: what prints them are pieces of letters, put into another order.
    """
    return not Counter(squeezed(others)) - Counter(squeezed(words))


def in_language(elements: Iterable[Element], language: str) -> tuple[Element, ...]:
    """Give elements the language of the group around them, where they have none of their own."""
    return tuple(replace(e, language=e.language or language) for e in elements)


@dataclass(frozen=True, slots=True)
class Item:
    """One element in its sequence: ``parent`` is the index of the element around it, or -1.

    ``language`` is the one in force; ``offset`` counts the letters before it in its block.
    """

    element: Element
    index: int
    parent: int
    language: str
    offset: int


def sequence(elements: Iterable[Element], language: str) -> tuple[Item, ...]:
    """Return all elements in reading order, each before what it holds."""
    items: list[Item] = []
    for element in elements:
        _add(element, -1, language, 0, items)
    return tuple(items)


def _add(element: Element, parent: int, language: str, offset: int, items: list[Item]) -> int:
    """Add an element and all below it; return how many letters it holds."""
    language = element.language or language
    index = len(items)
    items.append(Item(element, index, parent, language, offset))
    letters = 0
    for kid in element.kids:
        if isinstance(kid, Piece):
            letters += len(squeezed(kid.text))
        elif kid.is_inline:
            at = offset + letters if element.is_inline else letters
            letters += _add(kid, index, language, at, items)
        else:
            _add(kid, index, language, 0, items)
    return letters
