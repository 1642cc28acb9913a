"""What the derivation of a reading order needs beside the node, and the names of added words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from booklet.model import Booklet
from booklet.verify.reading_order import Element, Piece
from booklet.words import Words

Kids = tuple[Element | Piece, ...]

# The words that the product adds to the source's own, by name. A word of the table of words is
# named "word " and its key.
CHAPTER_LABEL = "chapter label"
CONTENTS = "entry of the contents"
LIST_MARK = "list mark"
COLON = "colon after a term"
PAGE_NUMBER = "page number"
PRINTED_ADDRESS = "printed address"
NOTE_MARK = "mark of a note"
SOURCE_MARK = "mark of a source"
DATE = "date in words"
AGAIN = "words shown a second time"
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Frame:
    """A booklet with its words, and for which kind of edition.

    ``printed`` is true for paper, which has page numbers, list marks and addresses; ``pages``
    holds the printed number of the page that an id leads to. ``foreign`` is true in a passage in
    another language, where words that the source does not hold must say their own.
    """

    booklet: Booklet
    words: Words
    printed: bool
    pages: Mapping[str, str] = field(default_factory=dict)
    foreign: bool = False

    def word(self, key: str, **values: str) -> Piece:
        """Return words of the table of words."""
        return Piece(self.words.fill(key, **values) if values else self.words[key], f"word {key}")

    def inside(self, language: str) -> Self:
        """Return the frame for what stands in a passage in this language (BCP 47)."""
        here, home = (tag.split("-")[0].lower() for tag in (language, self.words.language))
        return replace(self, foreign=here != home)

    @property
    def home(self) -> str:
        """The language of added words, where it must be said; else empty."""
        return self.words.language if self.foreign else ""

    def added(self, piece: Piece) -> Element | Piece:
        """Return words that the source does not hold, with their language where it is another."""
        return Element("Span", (piece,), language=self.home) if self.foreign else piece

    def added_word(self, key: str) -> Element | Piece:
        """Return words of the table of words that stand among the source's own."""
        return self.added(self.word(key))

    def on_paper(self, text: str, name: str) -> tuple[Piece, ...]:
        """Return words that the printed editions alone have."""
        return (Piece(text, name),) if self.printed else ()

    def page(self, target: str) -> Piece:
        """Return the printed number of the page that an id leads to; a question mark if none."""
        return Piece(self.pages.get(target, "?"), PAGE_NUMBER)

    def see_page(self, target: str) -> Kids:
        """Return what print adds to a cross reference: the page to turn to."""
        if not self.printed:
            return ()
        label = Piece(f" ({self.words['page'].lower()} ", "word page")
        return (label, self.page(target), Piece(")", "word page"))

    def date(self, iso: str) -> Piece:
        """Return a date as people write it."""
        return Piece(self.words.date(iso), DATE)

    def label(self, mark: str) -> tuple[Element, ...]:
        """Return the mark of a list's item, which the e-book leaves to the reading app."""
        return (Element("Lbl", (Piece(mark, LIST_MARK),)),) if self.printed else ()


def item(mark: tuple[Element, ...], body: Kids, *ids: str) -> Element:
    """Return one item of a list: its mark, if it has one, and its body."""
    return Element("LI", (*mark, Element("LBody", body)), ids=ids)


def run_in(frame: Frame, rows: tuple[tuple[Kids, tuple[Kids, ...]], ...]) -> Element:
    """Return short pairs on one line each: paper puts a colon between the two."""
    colon = frame.on_paper(": ", COLON)
    return pairs(tuple(((*term, *colon), bodies) for term, bodies in rows))


def pairs(rows: tuple[tuple[Kids, tuple[Kids, ...]], ...]) -> Element:
    """Return terms, each with what is said of it, as a list of labels and bodies."""
    return Element("L", tuple(_pair(term, bodies) for term, bodies in rows))


def _pair(term: Kids, bodies: tuple[Kids, ...]) -> Element:
    return Element("LI", (Element("Lbl", term), *(Element("LBody", body) for body in bodies)))
