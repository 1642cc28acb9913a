"""The ways into the book: parts and their files enter; contents, landmarks and page list leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from booklet.model import Section
from booklet.words import Words
from booklet.writers.epub.breaks import Break
from booklet.writers.html import Part, PartKind, heading_words


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a navigation list; ``kind`` is its ``epub:type``, used by landmarks only.

    A title is plain text, or markup where it is a heading of the booklet.
    """

    title: str
    href: str
    kind: str = ""
    children: tuple[Entry, ...] = ()


# Landmarks carry the terms of the EPUB 3 Structural Semantics Vocabulary. It has no term for a
# disclaimer; "notice" (what may follow from an action) is the one that fits.
_LANDMARKS = {
    PartKind.EMERGENCY: "notice",
    PartKind.CONTENTS: "toc",
    PartKind.GLOSSARY: "glossary",
    PartKind.SOURCES: "bibliography",
    PartKind.DISCLAIMER: "notice",
}
# What a reader has already passed when the contents are open, and the contents themselves.
_NOT_LISTED = frozenset({PartKind.COVER, PartKind.CONTENTS})


def contents(
    parts: tuple[Part, ...], files: Mapping[str, str], chapters: tuple[Section, ...]
) -> tuple[Entry, ...]:
    """List the parts in reading order; a chapter shows its number and its sections."""
    known = {chapter.id: chapter for chapter in chapters}
    return tuple(
        _chapter(part.number, known[part.id], files)
        if part.number
        else Entry(part.title, files[part.id])
        for part in parts
        if part.kind not in _NOT_LISTED
    )


def _chapter(number: int, chapter: Section, files: Mapping[str, str]) -> Entry:
    title = escape(f"{number}. ") + heading_words(chapter.title)
    return Entry(title, files[chapter.id], children=_sections(chapter, files))


def _sections(chapter: Section, files: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(heading_words(block.title), f"{files[block.id]}#{block.id}")
        for block in chapter.blocks
        if isinstance(block, Section)
    )


def landmarks(
    parts: tuple[Part, ...], files: Mapping[str, str], cover: str, words: Words
) -> tuple[Entry, ...]:
    """List the few places that reading apps offer by themselves, in reading order.

    ``cover`` is the file of the cover picture.
    """
    rows = [Entry(words["cover"], cover, "cover")]
    for part in parts:
        address = f"{files[part.id]}#{part.id}"
        if part.kind is PartKind.COVER:
            rows.append(Entry(words["title_page"], address, "titlepage"))
        elif part.kind is PartKind.CHAPTER and part.number == 1:
            rows.append(Entry(words["skip_to_text"], address, "bodymatter"))
        elif part.kind in _LANDMARKS:
            rows.append(Entry(part.title, address, _LANDMARKS[part.kind]))
    return tuple(rows)


def page_list(breaks: tuple[Break, ...], files: Mapping[str, str]) -> tuple[Entry, ...]:
    """List the printed pages by their marks: EPUB Accessibility 1.1 asks for all of them."""
    return tuple(Entry(mark.label, f"{files[mark.part]}#{mark.id}") for mark in breaks)
