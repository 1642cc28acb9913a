"""A booklet in, the reading order that its finished files must have out.

It is derived from the model alone, and shares no code with the writers: two ways that must meet.
"""

from __future__ import annotations

from collections.abc import Mapping

from booklet.model import Booklet, Section
from booklet.verify import expected_parts as parts
from booklet.verify.expected_blocks import Elements, blocks, notes
from booklet.verify.expected_contents import contents
from booklet.verify.expected_frame import CHAPTER_LABEL, Frame
from booklet.verify.expected_inline import inlines
from booklet.verify.reading_order import Element, Piece
from booklet.words import words_for


def expected_on_paper(booklet: Booklet, pages: Mapping[str, str], spare: int = 0) -> Elements:
    """Return the reading order of a printed edition.

    ``pages`` holds the printed number of the page that each id leads to; ``spare`` is how many
    pages to write on make their number even. Raises ValueError when the booklet's language has no
    table of words.
    """
    return _reading_order(_frame(booklet, pages, printed=True), spare)


def expected_on_screen(booklet: Booklet) -> Elements:
    """Return the reading order of an e-book. Raises ValueError as ``expected_on_paper`` does."""
    return _reading_order(_frame(booklet, {}, printed=False))


def _frame(booklet: Booklet, pages: Mapping[str, str], *, printed: bool) -> Frame:
    words = words_for(booklet.meta.language)
    if words is None:
        raise ValueError(f"no words for language {booklet.meta.language}")
    return Frame(booklet, words, printed, pages)


def _reading_order(frame: Frame, spare: int = 0) -> Elements:
    booklet = frame.booklet
    chapters = enumerate(booklet.chapters, start=1)
    back = (parts.back_matter(part, frame) for part in parts.shown_back_matter(frame))
    return (
        *parts.cover(frame),
        *parts.emergency(frame),
        *parts.before_you_read(frame),
        *parts.key_messages(frame),
        *contents(frame),
        *(element for n, chapter in chapters for element in _chapter(chapter, n, frame)),
        *(element for _ in range(spare) for element in parts.spare_notes(frame)),
        *(element for page in back for element in page),
        *parts.disclaimer(frame),
    )


def _chapter(chapter: Section, number: int, frame: Frame) -> Elements:
    label = Piece(f"{frame.words['chapter']} {number} ", CHAPTER_LABEL)
    heading = Element("H1", (label, *inlines(chapter.title, frame)), ids=(chapter.id,))
    return heading, *blocks(chapter.blocks, frame), *notes(chapter.notes, frame)
