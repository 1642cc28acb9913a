"""PDF bytes in, what each page prints out: the words and places of marked content, and the rest.

PDFium is the eye: it is what Chrome and Edge read aloud with, and it puts right-to-left lines into
the order in which they are read. Spaces are those of the file: none is guessed from a gap or from
a line's end, for a tagged PDF must hold every one (ISO 32000-1, 14.8.2.5).
"""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.reading_order import LINE_END
from booklet.verify.reading_order_objects import printables

HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at a line's end."""
Place = tuple[int, int]
"""1-based page and marked-content identifier."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a letter stands: page, left edge, baseline and size, in points."""

    page: int
    left: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Ink:
    """The words of one marked content, with the places of its first and last letter, if any."""

    text: str
    first: Spot | None = None
    last: Spot | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """Something printed outside of all marks: its words, or none for a drawing."""

    page: int
    words: str


@dataclass(slots=True)
class Printed:
    """All that the pages print. ``marked`` are the contents with an identifier that print anything.

    ``untagged`` is neither marked nor an artifact; ``artifacts`` are the words of page furniture.
    """

    inks: dict[Place, Ink] = field(default_factory=dict)
    marked: set[Place] = field(default_factory=set)
    untagged: list[Stray] = field(default_factory=list)
    artifacts: list[Stray] = field(default_factory=list)


@lru_cache(maxsize=1)
def read_ink(data: bytes) -> Printed:
    """Read every page; what comes out is shared, and is not to be changed.

    Raises pypdfium2.PdfiumError when PDFium cannot open the bytes.
    """
    document = pdfium.PdfDocument(data)
    printed = Printed()
    try:
        for index in range(len(document)):
            _read_page(document[index], index + 1, printed)
    finally:
        document.close()
    return printed


def _read_page(page: Any, number: int, printed: Printed) -> None:
    letters = letters_of(page, number)
    for item in printables(page):
        place = (number, item.mcid)
        if item.mcid >= 0:
            printed.marked.add(place)
            if item.is_text:
                ink = _joined(printed.inks.get(place), letters.of(item.address))
                printed.inks[place] = ink if item.words is None else replace(ink, text=item.words)
        elif item.is_text:
            strays = printed.artifacts if item.is_artifact else printed.untagged
            strays.append(Stray(number, letters.of(item.address).text))
        elif not item.is_artifact:
            printed.untagged.append(Stray(number, ""))


def letters_of(page: Any, number: int = 1) -> Letters:
    """Return the letters of a page of PDFium; ``number`` is the one of its places."""
    return Letters(page.get_textpage(), number)


NO_LETTERS = Ink(" ")


class Letters:
    """The letters of one page by the object that prints them."""

    def __init__(self, textpage: Any, page: int) -> None:
        self._whole = textpage  # what lies below it goes when it goes
        self._textpage = textpage.raw
        self._page = page
        self._places: dict[int, list[int]] = {}
        self._chars: dict[int, str] = {}
        for index in range(textpage.count_chars()):
            handle = c.FPDFText_GetTextObject(self._textpage, index)
            if handle:  # PDFium makes up spaces and line ends, which no object prints
                self._places.setdefault(ctypes.addressof(handle.contents), []).append(index)
                char = chr(c.FPDFText_GetUnicode(self._textpage, index))
                self._chars[index] = "-" if char in HYPHENS else char
        # A line with words from the right has all its letters put into another order.
        self._is_turned = any(map(_is_from_the_right, set(self._chars.values())))

    def of(self, address: int) -> Ink:
        """The words of one object; PDFium lists no letters of one that is nothing but spaces."""
        places = self._places.get(address, [])
        if not places:
            return NO_LETTERS
        if self._is_turned and not any(_is_from_the_right(self._chars[n]) for n in places):
            places = sorted(places, key=lambda n: self._spot(n).left)
        text = "".join(self._chars[n] for n in places)
        return Ink(text, self._spot(places[0]), self._spot(places[-1]))

    def _spot(self, index: int) -> Spot:
        x, y = ctypes.c_double(), ctypes.c_double()
        c.FPDFText_GetCharOrigin(self._textpage, index, x, y)
        size = c.FPDFText_GetFontSize(self._textpage, index)
        return Spot(self._page, x.value, y.value, abs(size))


def _is_from_the_right(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


# --------------------------------------------------- words that stand side by side

_SAME_LINE = 0.5
"""Baselines nearer than this many ems belong to one line."""


def between(before: Spot | None, after: Spot | None) -> str:
    """Return a mark for a line's end where two letters stand on different lines."""
    if before is None or after is None:
        return ""
    em = max(before.size, after.size)
    is_near = abs(before.baseline - after.baseline) <= _SAME_LINE * em
    return "" if is_near and before.page == after.page else LINE_END


def _joined(before: Ink | None, more: Ink) -> Ink:
    if before is None:
        return more
    text = f"{before.text}{between(before.last, more.first)}{more.text}"
    return Ink(text, before.first or more.first, more.last or before.last)
