"""A finished tagged PDF in, the number and the first words of each of its pages out.

Read in the order of the tags, so that page numbers and repeated table heads, which are no part of
the text, are passed over; and so are the words that a style puts beside the source's own: numbers
and bullets of lists, addresses and page numbers after links.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import pikepdf
import pypdfium2 as pdfium

from booklet.verify.pdf_flow import INLINE
from booklet.verify.pdf_tags import reading_of
from booklet.verify.reading_order import LINE_END
from booklet.verify.tagtree import Content, Tag

WORDS = 8
"""So many words of a page are compared: what two pages of a booklet hardly begin with both."""
_UNMARKED = frozenset({"", "None"})
"""The numbering of lists that show no number or bullet, so that their labels are words."""

_NO_PAGE = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one block. Where ``ends`` is set, what follows may be other words in other forms."""

    page: int
    block: int
    text: str
    ends: bool = False


def page_starts(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return (printed number, first words) of every page, in order.

    The words are none for a page without words and for one that begins among the lines of the
    contents, whose form differs between editions. A file without tags, or none that can be opened,
    gives no page at all.
    """
    try:
        tagged = reading_of(data).tagged
    except (pikepdf.PdfError, pdfium.PdfiumError):
        return ()
    if tagged.root is None:
        return ()
    reader = _Reader()
    pieces = tuple(reader.inside(tagged.root, marked=False))
    by_page: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        by_page.setdefault(piece.page, []).append(index)
    return tuple(
        (label, _first_words(pieces, by_page.get(number, [])))
        for number, label in enumerate(tagged.labels, start=1)
    )


class _Reader:
    """Lays a tag tree out as pieces in reading order; counts blocks to tell them apart."""

    def __init__(self) -> None:
        self._block = 0

    def inside(self, tag: Tag, *, marked: bool) -> Iterator[_Piece]:
        said = ""
        for kid in tag.kids:
            if isinstance(kid, Content):
                words = kid.text.replace(LINE_END, "")
                if tag.standard == "Link" and said.strip() and words.lstrip().startswith("("):
                    # From here on a style may speak: the address, or the page.
                    yield _Piece(_NO_PAGE, self._block, "", ends=True)
                    return
                said += words
                if not (tag.standard == "Lbl" and words.strip() == ":"):
                    yield _Piece(kid.page, self._block, words)
            elif isinstance(kid, Tag):
                yield from self._tag(kid, marked=marked)

    def _tag(self, tag: Tag, *, marked: bool) -> Iterator[_Piece]:
        kind = tag.standard
        if kind == "Lbl" and marked:
            return
        if kind in INLINE:
            yield from self.inside(tag, marked=marked)
            return
        self._block += 1
        if kind == "TOC":
            pages = {content.page for content in tag.contents()}
            yield from (_Piece(page, self._block, "", ends=True) for page in sorted(pages))
        elif kind == "Figure":
            page = next((content.page for content in tag.contents()), tag.page)
            yield _Piece(page, self._block, tag.description)
        else:
            if kind in ("TD", "TH"):
                yield _Piece(_NO_PAGE, self._block, "", ends=True)
            marked = {"L": tag.numbering not in _UNMARKED, "Note": True}.get(kind, marked)
            yield from self.inside(tag, marked=marked)
        self._block += 1


def _first_words(pieces: tuple[_Piece, ...], places: list[int]) -> str:
    """Return the words that a page begins with, from its first whole word on.

    ``places`` are where the pieces of the page are among all pieces.
    """
    for index in places:
        if pieces[index].ends:
            return ""
        if pieces[index].text.strip():
            skipped = 1 if _goes_on(pieces, index) else 0
            words = _following(pieces, index, skipped)
            return " ".join(words[skipped : skipped + WORDS])
    return ""


def _following(pieces: tuple[_Piece, ...], index: int, skipped: int) -> list[str]:
    text, block, page = "", pieces[index].block, pieces[index].page
    for place in range(index, len(pieces)):
        piece = pieces[place]
        if piece.ends or piece.page != page or len(text.split()) > WORDS + skipped:
            break
        text += piece.text if piece.block == block else f" {piece.text}"
        block = piece.block
    return text.split()


def _goes_on(pieces: tuple[_Piece, ...], index: int) -> bool:
    """True when the page begins inside a word: no space before it, in the same block."""
    # The pieces of a block follow one another.
    back = (pieces[place] for place in range(index - 1, -1, -1))
    earlier = tuple(takewhile(lambda piece: piece.block == pieces[index].block, back))
    before = next((piece.text[-1] for piece in earlier if piece.text), " ")
    if before.isspace() and any(piece.text for piece in earlier) and earlier[0].ends:
        before = ")"  # a style has spoken behind the space, such as "(page 7)" after a link
    after = pieces[index].text[0]
    # Scripts written without spaces (the wide ones) break between any two letters.
    return not any(c.isspace() or unicodedata.east_asian_width(c) in "WF" for c in (before, after))
