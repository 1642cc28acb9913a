"""A passage enters; an Entry leaves: its words in the booklet's language, cut into sentences."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.model import (
    Abbreviation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Phrase,
    SourceReference,
    Strong,
    TermReference,
    Text,
    plain_text,
)
from booklet.plain.sentences import boundaries
from booklet.plain.text import Entry, Sentence, words_of
from booklet.prose import Passage

_SPOKEN = frozenset("paragraph message question emergency definition claim known setting".split())
_SHORT, _EXPLAINED, _ADDRESS = "short", "explained", "address"
_Stretch = tuple[str, int, int]


def entry_of(passage: Passage) -> Entry:
    """Make one passage ready."""
    marks = list(_marks(passage.children, 0))
    # Nobody reads an address as a sentence, and no formula for one language fits another.
    text = passage.own_text
    for what, start, end in marks:
        if what == _ADDRESS:
            text = text[:start] + " " * (end - start) + text[end:]
    return Entry(
        passage=passage,
        text=text,
        words=words_of(text),
        sentences=tuple(_sentences(passage, text)) if passage.kind in _SPOKEN else (),
        explained=(
            *((start, end) for what, start, end in marks if what == _EXPLAINED),
            *_expansions(passage.children, text),
        ),
        short=tuple((start, end) for what, start, end in marks if what == _SHORT),
    )


def _sentences(passage: Passage, text: str) -> Iterator[Sentence]:
    for start, end in boundaries(text, passage.language):
        words = words_of(text[start:end], start)
        if words:
            yield Sentence(passage, text[start:end], start, words)


def _marks(nodes: tuple[Inline, ...], at: int) -> Iterator[_Stretch]:
    """Yield the stretches that are set apart; ``at`` is the offset of the first node."""
    for node in nodes:
        end = at + len(plain_text((node,)))
        match node:
            case Text() | LineBreak() | SourceReference() | NoteReference():
                pass
            case Abbreviation():
                yield _SHORT, at, end
            case TermReference(children=children):
                yield _EXPLAINED, at, end
                yield from _marks(children, at)
            case Link(children=children) if _shows_itself(node):
                yield _ADDRESS, at, end
            case Link(children=children) | CrossReference(children=children):
                yield from _marks(children, at)
            case Strong(children) | Emphasis(children) | Phrase(children=children):
                yield from _marks(children, at)
        at = end


def _expansions(nodes: tuple[Inline, ...], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a short form's own words stand beside it: "CT (computed tomography)"."""
    for node in nodes:
        match node:
            case Abbreviation(expansion=expansion):
                start = text.lower().find(expansion.lower())
                if start >= 0:
                    yield start, start + len(expansion)
            case Strong(children) | Emphasis(children) | Phrase(children=children):
                yield from _expansions(children, text)
            case Link(children=children) | TermReference(children=children):
                yield from _expansions(children, text)
            case CrossReference(children=children):
                yield from _expansions(children, text)
            case Text() | LineBreak() | SourceReference() | NoteReference():
                pass


def _shows_itself(link: Link) -> bool:
    words = plain_text(link.children).strip()
    return " " not in words and any(sign in words for sign in ".:@")
