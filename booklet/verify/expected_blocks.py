"""Block nodes of the source in, the elements that a reader must meet out, in reading order."""

from __future__ import annotations

from typing import assert_never

from booklet.model import (
    Appointment,
    Block,
    BulletList,
    Callout,
    Checklist,
    Compare,
    Contact,
    Definition,
    DefinitionList,
    Division,
    Evidence,
    Figure,
    Inline,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    QrCode,
    Questions,
    Quote,
    Section,
    Steps,
    WritingLines,
)
from booklet.verify import expected_boxes as boxes
from booklet.verify.expected_frame import BULLET, Frame, Kids, item, pairs
from booklet.verify.expected_inline import inlines
from booklet.verify.expected_table import compare
from booklet.verify.reading_order import Element, Piece, in_language

Elements = tuple[Element, ...]


def blocks(nodes: tuple[Block, ...], frame: Frame) -> Elements:
    """Return the elements of blocks. A group is no element: what it holds takes its place."""
    return tuple(element for node in nodes for element in _block(node, frame))


def _block(node: Block, frame: Frame) -> Elements:
    match node:
        case Paragraph(children):
            return (Element("P", inlines(children, frame)),)
        case BulletList(items):
            return (bulleted(tuple(_body(each.blocks, frame) for each in items), frame),)
        case NumberedList(items, start):
            return (_numbered(items, start, frame),)
        case DefinitionList(items):
            return (pairs(tuple(_definition(each, frame) for each in items)),)
        case Quote(children):
            return (Element("BlockQuote", blocks(children, frame)),)
        case Callout(kind, title, children):
            return (boxes.callout(kind, title, blocks(children, frame), frame),)
        case Section():
            return section(node, frame)
        case Division(language, _, children):
            return in_language(blocks(children, frame.inside(language)), language)
        case _:
            return _structured(node, frame)


def _structured(
    node: Steps
    | Checklist
    | Questions
    | Compare
    | Figure
    | QrCode
    | Evidence
    | Contact
    | Appointment
    | WritingLines,
    frame: Frame,
) -> Elements:
    match node:
        case Steps(title, items):
            return (*_title(title, frame), _numbered(items, 1, frame))
        case Checklist(title, items) | Questions(title, items):
            return (*_title(title, frame), ticked(items, frame))
        case Compare():
            return (compare(node, frame),)
        case Figure():
            return _figure(node, frame)
        case QrCode():
            return boxes.qr_code(node, frame)
        case Evidence():
            return (boxes.evidence(node, frame),)
        case Contact(title):
            return (*_title(title, frame), boxes.contact(frame))
        case Appointment(title, fields):
            return (*_title(title, frame), boxes.slip(fields, frame))
        case WritingLines(title):
            return _title(title, frame)
        case _:
            assert_never(node)


def section(node: Section, frame: Frame) -> Elements:
    """Return a part's heading with what stands under it."""
    heading = Element(f"H{node.level}", inlines(node.title, frame), ids=(node.id,))
    return (heading, *blocks(node.blocks, frame))


def bulleted(bodies: tuple[Kids, ...], frame: Frame) -> Element:
    """Return a list whose order does not matter."""
    return Element("L", tuple(item(frame.label(BULLET), body) for body in bodies))


def ticked(items: tuple[ListItem, ...], frame: Frame) -> Element:
    """Return a list of things to tick: the boxes are drawn, and have no words."""
    return Element("L", tuple(item((), _body(each.blocks, frame)) for each in items))


def notes(nodes: tuple[Note, ...], frame: Frame) -> Elements:
    """Return the notes at a chapter's end, each with links back to its marks."""
    if not nodes:
        return ()
    heading = Element("H2", (frame.word("chapter_notes"),))
    return (heading, *(_note(node, frame) for node in nodes))


def _note(node: Note, frame: Frame) -> Element:
    kids: list[Element | Piece] = [*_body(node.blocks, frame)]
    for anchor in node.anchors:
        words = frame.word("back_to_text")
        kids += [Piece(" "), Element("Link", (words,), target=anchor, name=words.text)]
    mark = frame.label(f"{node.number}.")
    return Element("Note", (*mark, *kids), ids=(node.id,))


def _numbered(items: tuple[ListItem, ...], start: int, frame: Frame) -> Element:
    rows = enumerate(items, start=start)
    return Element(
        "L",
        tuple(item(frame.label(f"{n}."), _body(each.blocks, frame)) for n, each in rows),
        ordered=True,
    )


def _body(nodes: tuple[Block, ...], frame: Frame) -> Kids:
    """Return what an item holds: its only paragraph is the item's own words."""
    paragraphs = sum(isinstance(node, Paragraph) for node in nodes)
    match nodes:
        case (Paragraph(children), *rest) if paragraphs == 1:
            return (*inlines(children, frame), *blocks(tuple(rest), frame))
        case _:
            return blocks(nodes, frame)


def _definition(node: Definition, frame: Frame) -> tuple[Kids, tuple[Kids, ...]]:
    return inlines(node.term, frame), (_body(node.blocks, frame),)


def _title(title: tuple[Inline, ...], frame: Frame) -> Elements:
    return (Element("P", inlines(title, frame)),) if title else ()


def _figure(node: Figure, frame: Frame) -> Elements:
    """A picture, its caption, and the picture in words; decoration is not read at all."""
    if node.decorative:
        return ()
    elements = [Element("Figure", description=node.description, ids=(node.id,))]
    if node.caption:
        elements.append(Element("Caption", inlines(node.caption, frame)))
    if node.long_description:
        elements.append(Element("P", (frame.added_word("long_description"),)))
        elements += blocks(node.long_description, frame)
    return tuple(elements)
