"""Inline nodes of the source in, the words and inline elements that a reader must meet out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

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
from booklet.verify.expected_frame import NOTE_MARK, PRINTED_ADDRESS, SOURCE_MARK, Frame, Kids
from booklet.verify.reading_order import Element, Piece, tidy


def inlines(nodes: tuple[Inline, ...], frame: Frame) -> Kids:
    """Return the words and elements of inline nodes. Bold is no element: it is not read out."""
    return tuple(part for node in nodes for part in _inline(node, frame))


def _inline(node: Inline, frame: Frame) -> Iterator[Element | Piece]:
    match node:
        case Text(text):
            yield Piece(text)
        case Strong(children) | Emphasis(children):
            yield from inlines(children, frame)
        case LineBreak():
            yield Piece(" ")
        case Abbreviation(text, expansion):
            yield Element("Span", (Piece(text),), expansion=expansion)
        case Phrase(language, _, children):
            yield Element("Span", inlines(children, frame.inside(language)), language=language)
        case Link(url, children):
            yield outward(url, inlines(children, frame), plain(children), frame)
        case _:
            yield _inward(node, frame)


def _inward(
    node: CrossReference | TermReference | SourceReference | NoteReference, frame: Frame
) -> Element:
    match node:
        case CrossReference(target, children):
            kids = (*inlines(children, frame), *frame.see_page(target))
            return Element("Link", kids, target=target, name=plain(children))
        case TermReference(key, children, anchor):
            return Element(
                "Link",
                inlines(children, frame),
                target=f"term-{key}",
                name=plain(children),
                ids=(anchor,) if anchor else (),
            )
        case SourceReference(key, number):
            mark = frame.words.fill("source_mark", number=str(number))
            return _mark(frame, Piece(mark, SOURCE_MARK), f"source-{key}")
        case NoteReference(note, number, anchor):
            mark = frame.words.fill("note_mark", number=str(number))
            return _mark(frame, Piece(mark, NOTE_MARK), note, anchor)
        case _:
            assert_never(node)


def _mark(frame: Frame, words: Piece, target: str, *ids: str) -> Element:
    link = Element("Link", (words,), language=frame.home, target=target, name=words.text, ids=ids)
    return Element("Reference", (link,))


def outward(url: str, kids: Kids, said: str, frame: Frame) -> Element:
    """Return a link out of the booklet; paper adds the address where the words lack it."""
    address = typed(url)
    is_shown = address in said or url in said or is_number_in(said, url)
    added = () if is_shown else frame.on_paper(f" ({address})", PRINTED_ADDRESS)
    return Element("Link", (*kids, *added), target=url, name=said)


def is_number_in(said: str, url: str) -> bool:
    """True for a link to a telephone number that its words show, whatever stands between digits."""
    number, words = (re.sub(r"\D", "", text) for text in (url, said))
    return url.startswith("tel:") and number in words


def typed(url: str) -> str:
    """Return an address as a person would type it: no scheme, no slash after a bare host."""
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        if url.startswith(scheme):
            url = url[len(scheme) :]
            break
    host, slash, rest = url.partition("/")
    return url if rest or not slash else host


def plain(nodes: tuple[Inline, ...]) -> str:
    """Return the words of inline nodes, single-spaced, without marks of notes and sources."""
    return tidy(plain_text(nodes))
