"""The ways into the book: parts and their files enter; contents, landmarks and page list leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from booklet.editions import PageStart
from booklet.model import Block, Section, plain_text
from booklet.words import Words
from booklet.writers.html.parts import Part, PartKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a navigation list; ``kind`` is its ``epub:type``, used by landmarks only."""

    title: str
    href: str
    kind: str = ""
    children: tuple[Entry, ...] = ()


# Landmarks carry the terms of the EPUB 3 Structural Semantics Vocabulary. It has no term for a
# disclaimer; "notice" (what may follow from an action) is the one that fits.
LANDMARKS = {
    PartKind.COVER: "cover",
    PartKind.EMERGENCY: "notice",
    PartKind.CONTENTS: "toc",
    PartKind.GLOSSARY: "glossary",
    PartKind.SOURCES: "bibliography",
    PartKind.DISCLAIMER: "notice",
}


def contents(
    parts: tuple[Part, ...], files: Mapping[str, str], chapters: tuple[Section, ...]
) -> tuple[Entry, ...]:
    """List every part in reading order, but the contents itself; chapters show their sections."""
    sections = {chapter.id: tuple(_sections(chapter.blocks)) for chapter in chapters}
    return tuple(
        Entry(
            part.title,
            files[part.id],
            children=tuple(
                Entry(plain_text(section.title), f"{files[section.id]}#{section.id}")
                for section in sections.get(part.id, ())
                if section.id in files
            ),
        )
        for part in parts
        if part.kind is not PartKind.CONTENTS
    )


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block


def landmarks(parts: tuple[Part, ...], files: Mapping[str, str], words: Words) -> tuple[Entry, ...]:
    """List the few places that reading apps offer by themselves, in reading order."""
    rows: list[Entry] = []
    for part in parts:
        address = f"{files[part.id]}#{part.id}"
        if part.kind is PartKind.CHAPTER and all(row.kind != "bodymatter" for row in rows):
            rows.append(Entry(words["skip_to_text"], address, "bodymatter"))
        elif part.kind in LANDMARKS:
            rows.append(Entry(part.title, address, LANDMARKS[part.kind]))
    return tuple(rows)


def page_list(starts: tuple[PageStart, ...], files: Mapping[str, str]) -> tuple[Entry, ...]:
    """List the printed pages; one whose first element the book does not hold is left out."""
    return tuple(
        Entry(start.label, f"{files[start.target]}#{start.target}")
        for start in starts
        if start.target in files
    )
