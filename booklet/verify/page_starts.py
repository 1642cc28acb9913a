"""A finished tagged PDF in, the number and the first words of each of its pages out.

Read in the order of the tags, so that page numbers and repeated table heads, which are no part of
the text, are passed over; and so are the words that a style puts beside the source's own: numbers
and bullets of lists, addresses and page numbers after links.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium

from booklet.verify.pdf_flow import INLINE
from booklet.verify.reading_order import LINE_END
from booklet.verify.reading_order_ink import read_ink
from booklet.verify.tagtree import Content, Tag, read_tags

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
        with pikepdf.open(io.BytesIO(data)) as pdf:
            texts = {place: ink.text for place, ink in read_ink(data).inks.items()}
            tags = read_tags(pdf, texts)
            labels = [str(page.label) for page in pdf.pages]
    except (pikepdf.PdfError, pdfium.PdfiumError):
        return ()
    if tags is None:
        return ()
    reader = _Reader()
    pieces = tuple(reader.inside(tags, marked=False))
    return tuple(
        (label, _first_words(pieces, number)) for number, label in enumerate(labels, start=1)
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


def _first_words(pieces: tuple[_Piece, ...], page: int) -> str:
    """Return the words that a page begins with, from its first whole word on."""
    for index, piece in enumerate(pieces):
        if piece.page == page and piece.ends:
            return ""
        if piece.page == page and piece.text.strip():
            skipped = 1 if _goes_on(pieces, index) else 0
            words = _following(pieces, index, skipped)
            return " ".join(words[skipped : skipped + WORDS])
    return ""


def _following(pieces: tuple[_Piece, ...], index: int, skipped: int) -> list[str]:
    text, block, page = "", pieces[index].block, pieces[index].page
    for piece in pieces[index:]:
        if piece.ends or piece.page != page or len(text.split()) > WORDS + skipped:
            break
        text += piece.text if piece.block == block else f" {piece.text}"
        block = piece.block
    return text.split()


def _goes_on(pieces: tuple[_Piece, ...], index: int) -> bool:
    """True when the page begins inside a word: no space before it, in the same block."""
    earlier = [piece for piece in pieces[:index] if piece.block == pieces[index].block]
    before = next((piece.text[-1] for piece in reversed(earlier) if piece.text), " ")
    if before.isspace() and any(piece.text for piece in earlier) and earlier[-1].ends:
        before = ")"  # a style has spoken behind the space, such as "(page 7)" after a link
    after = pieces[index].text[0]
    # Scripts written without spaces (the wide ones) break between any two letters.
    return not any(c.isspace() or unicodedata.east_asian_width(c) in "WF" for c in (before, after))
