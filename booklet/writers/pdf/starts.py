"""Laid-out pages and the names of the parts in, where each page begins in the text out.

Rests on the page boxes as ``structure/collect.py`` does. Letters are counted element by element, in
the order in which the engine places them, so that nothing is searched for by its words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from booklet.editions import PageStart

_INLINE = frozenset("a abbr b bdi bdo cite em i small span strong sub sup wbr".split())
"""Elements that may begin or end inside a word."""


@dataclass(slots=True)
class _Text:
    """The text of one part: ``goes_on`` tells of each letter whether it is inside a word.

    ``letters`` are, by the identity of an element, the numbers of the letters in its own text;
    ``pictures`` the numbers of the pictures.
    """

    part: str
    goes_on: list[bool] = field(default_factory=list)
    letters: dict[int, list[int]] = field(default_factory=dict)
    pictures: dict[int, int] = field(default_factory=dict)
    printed: int = 0
    _is_apart: bool = True

    def read(self, element: Any) -> None:
        """Take in an element and all below it, in the order of the source."""
        is_block = element.tag not in _INLINE
        self._is_apart |= is_block
        own = self.letters.setdefault(id(element), [])
        if element.tag == "img":
            self.pictures[id(element)] = len(self.goes_on)
            self.goes_on.append(False)
        self._take(element.text, own)
        for child in element:
            self.read(child)
            self._take(child.tail, own)
        self._is_apart |= is_block

    def _take(self, text: str | None, own: list[int]) -> None:
        for char in text or "":
            if char.isspace():
                self._is_apart = True
                continue
            own.append(len(self.goes_on))
            # Scripts written without spaces (the wide ones) break between any two letters.
            is_wide = unicodedata.east_asian_width(char) in "WF"
            self.goes_on.append(not self._is_apart and not is_wide)
            self._is_apart = is_wide

    def whole_word(self, letter: int) -> int:
        """Return the first letter at or after this one that begins a word."""
        while letter < len(self.goes_on) and self.goes_on[letter]:
            letter += 1
        return letter


def page_starts(pages: list[Any], parts: tuple[str, ...]) -> tuple[PageStart, ...]:
    """Return where each page begins; ``parts`` are ids of elements, in reading order.

    The starts never go backwards. A page without words begins where the pages before it end.
    """
    root = next(box.element for box in pages[0]._page_box.children if box.element_tag == "html")
    by_id = {element.get("id"): element for element in root.iter() if element.get("id") in parts}
    reader = _Reader(tuple(_Text(part) for part in parts))
    for text in reader.texts:
        text.read(by_id[text.part])
    places = [reader.page(page._page_box) for page in pages]
    return tuple(
        PageStart(str(number), parts[part], letters)
        for number, (part, letters) in enumerate(_forward(places), start=1)
    )


def _forward(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = (0, 0)
    for place in places:
        last = max(last, place)
        yield last


class _Reader:
    """Walks the pages in order and remembers how far each element has been printed."""

    def __init__(self, texts: tuple[_Text, ...]) -> None:
        self.texts = texts
        self._next: dict[int, int] = {}
        self._heads: set[int] = set()
        self._part = 0

    def page(self, page_box: Any) -> tuple[int, int]:
        """Return (part, letter) of the first word or picture on a page."""
        body = (box for box in page_box.children if not isinstance(box, boxes.MarginBox))
        heads: set[int] = set()
        found = [place for box in body for place in self._visit(box, heads)]
        self._heads |= heads
        first = found[0] if found else (self._part, self.texts[self._part].printed)
        for part, letter in found:
            self.texts[part].printed = max(self.texts[part].printed, letter + 1)
            self._part = max(self._part, part)
        return first[0], self.texts[first[0]].whole_word(first[1])

    def _visit(self, box: Any, heads: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of all letters and pictures in a box, without what a style adds."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element, tag = box.element, box.element_tag or ""
        if element is not None and ("::" in tag or element.get("aria-hidden") == "true"):
            return
        if tag == "thead":
            if id(element) in self._heads:
                return  # repeated on each page that its table crosses
            heads.add(id(element))
        if isinstance(box, boxes.TextBox):
            yield from self._letters(element, box.text)
        elif isinstance(box, boxes.ReplacedBox):
            yield from self._picture(element)
        for child in getattr(box, "children", ()):
            yield from self._visit(child, heads)

    def _letters(self, element: Any, words: str) -> Iterator[tuple[int, int]]:
        count = sum(not char.isspace() for char in words)
        start = self._next.get(id(element), 0)
        self._next[id(element)] = start + count
        for part, text in enumerate(self.texts):
            if id(element) in text.letters:
                for letter in text.letters[id(element)][start : start + count]:
                    yield part, letter

    def _picture(self, element: Any) -> Iterator[tuple[int, int]]:
        for part, text in enumerate(self.texts):
            if id(element) in text.pictures:
                yield part, text.pictures[id(element)]
