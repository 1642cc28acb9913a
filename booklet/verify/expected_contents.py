"""The booklet in, its list of contents out: a page of its own on paper, the way in of an e-book."""

from __future__ import annotations

from booklet.model import Inline, Phrase, Section, plain_text
from booklet.verify.expected_blocks import Elements
from booklet.verify.expected_frame import CHAPTER_LABEL, CONTENTS, Frame, Kids
from booklet.verify.expected_inline import plain
from booklet.verify.expected_parts import back_title, shown_back_matter
from booklet.verify.reading_order import Element, Piece


def contents(frame: Frame) -> Elements:
    """Return the heading and the list: numbered chapters, on paper with their page numbers."""
    heading = Element("H1", (frame.word("contents"),), ids=("contents",))
    return heading, Element("TOC", tuple(_entries(frame)))


def _entries(frame: Frame) -> list[Element]:
    words, booklet = frame.words, frame.booklet
    # The e-book's list has every part after it or before it; a paper page names what comes later.
    before = [] if frame.printed else [("before-you-read", words["before_you_read"])]
    front = [("emergency", words["emergency_page"]), *before]
    if booklet.meta.key_messages:
        front.append(("key-messages", words["key_messages"]))
    chapters = enumerate(booklet.chapters, start=1)
    back = [(part.value, words[back_title(part)]) for part in shown_back_matter(frame)]
    back.append(("disclaimer", booklet.disclaimer.title))
    return [
        *(_named(target, title, frame) for target, title in front),
        *(_chapter(chapter, number, frame) for number, chapter in chapters),
        *(_named(target, title, frame) for target, title in back),
    ]


def _named(target: str, title: str, frame: Frame) -> Element:
    return _entry(target, (Piece(title, CONTENTS),), title, frame)


def _entry(target: str, kids: Kids, name: str, frame: Frame, *below: Element) -> Element:
    if frame.printed:
        kids = (*kids, Piece(" "), frame.page(target))
    link = Element("Link", kids, target=target, name=name)
    return Element("TOCI", (Element("Reference", (link,)), *below))


def _chapter(chapter: Section, number: int, frame: Frame) -> Element:
    """Paper shows the number alone; the e-book a dot after it, and the chapter's parts below."""
    label = f"{number} " if frame.printed else f"{number}. "
    below: Elements = ()
    if not frame.printed:
        parts = (block for block in chapter.blocks if isinstance(block, Section))
        rows = tuple(
            _entry(part.id, _title(part.title), plain(part.title), frame) for part in parts
        )
        below = (Element("TOC", rows),) if rows else ()
    kids = (Piece(label, CHAPTER_LABEL), *_title(chapter.title))
    return _entry(chapter.id, kids, label + plain(chapter.title), frame, *below)


def _title(nodes: tuple[Inline, ...]) -> Kids:
    """Return a heading's words: of all that it holds, a list of contents keeps the languages."""
    kids: list[Element | Piece] = []
    for node in nodes:
        inside: tuple[Inline, ...] = getattr(node, "children", ())
        if isinstance(node, Phrase):
            kids.append(Element("Span", _title(node.children), language=node.language))
        else:
            kids += _title(inside) if inside else [Piece(plain_text((node,)), CONTENTS)]
    return tuple(kids)
