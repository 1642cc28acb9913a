"""A booklet enters; its pieces leave, each with all that stands under one heading."""

from __future__ import annotations

from booklet.model import Booklet, Section, plain_text
from booklet.plain.entries import entry_of
from booklet.plain.text import Entry, Piece
from booklet.prose import Passage, passages, primary

FRONT = -1
_BACK = frozenset({"question", "term", "definition"})
_NOT_READ = frozenset({"summary", "funding", "audience"})
"""Settings that catalogues print, and one line each: no text to read."""


def pieces(booklet: Booklet) -> tuple[Piece, ...]:
    """Return all text of a booklet but its sources and its disclaimer, in the order of reading."""
    language = primary(booklet.meta.language)
    front: list[Entry] = []
    back: list[Entry] = []
    parts: dict[str, list[Entry]] = {}
    for passage in passages(booklet):
        if passage.kind == "source" or primary(passage.language) != language:
            continue
        if passage.section:
            parts.setdefault(passage.section.id, []).append(entry_of(passage))
        elif passage.kind in _BACK or passage.key in ("feedback", "other_formats"):
            back.append(entry_of(passage))
        elif passage.key not in _NOT_READ:
            front.append(entry_of(passage))
    meta, last = booklet.meta, len(booklet.chapters)
    return (
        Piece(FRONT, "the front pages", meta.place("key_messages"), tuple(front)),
        *(
            Piece(number, _title(section), section.span, tuple(parts.get(section.id, ())))
            for number, chapter in enumerate(booklet.chapters)
            for section in _sections(chapter)
        ),
        Piece(last, "the back pages", meta.place("questions"), tuple(back)),
    )


def disclaimer(booklet: Booklet) -> Piece:
    """Return the disclaimer."""
    page = booklet.disclaimer
    entries = (
        entry_of(Passage("paragraph", words, page.span, page.language)) for words in page.paragraphs
    )
    return Piece(len(booklet.chapters) + 1, page.title, page.span, tuple(entries))


def _sections(section: Section) -> tuple[Section, ...]:
    below = (block for block in section.blocks if isinstance(block, Section))
    return (section, *(inner for part in below for inner in _sections(part)))


def _title(section: Section) -> str:
    return plain_text(section.title)
