"""Block nodes to XHTML: an exhaustive match over the model."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

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
from booklet.writers.html import boxes, tables
from booklet.writers.html.context import Context
from booklet.writers.html.inline import inlines
from booklet.writers.html.markup import definitions, element, joined
from booklet.writers.html.pictures import figure, qr_code

# An item of more letters than these, some six lines of large print, may go on over a page.
_LONG_ITEM = 300


def blocks(nodes: tuple[Block, ...], ctx: Context) -> Markup:
    """Render blocks one below another."""
    return joined([_block(node, ctx) for node in nodes])


def _block(node: Block, ctx: Context) -> Markup:
    match node:
        case Paragraph(children):
            return element("p", inlines(children, ctx))
        case BulletList(items):
            return element("ul", _items(items, ctx))
        case NumberedList(items, start):
            return _numbered(items, start, ctx)
        case DefinitionList(items):
            return definitions([_definition(item, ctx) for item in items])
        case Quote(children):
            return element("blockquote", blocks(children, ctx))
        case Section():
            return section(node, ctx)
        case Division(language, direction, children):
            return element(
                "div",
                blocks(children, ctx.within(language)),
                lang=language,
                xml__lang=language,
                dir=direction,
            )
        case _:
            return _structured(node, ctx)


def _structured(
    node: Callout
    | Steps
    | Checklist
    | Questions
    | Compare
    | Figure
    | QrCode
    | Evidence
    | Contact
    | Appointment
    | WritingLines,
    ctx: Context,
) -> Markup:
    match node:
        case Callout(kind, title, children):
            return boxes.callout(kind, title, blocks(children, ctx), ctx)
        case Steps(title, items):
            steps = element("ol", _rows(items, ctx), class_="steps")
            return boxes.titled("steps-box", title, steps, ctx)
        case Checklist(title, items):
            ticks = element("ul", _rows(items, ctx), class_="checklist")
            return boxes.titled("checklist-box", title, ticks, ctx)
        case Questions(title, items, lines):
            return boxes.titled("questions-box", title, questions(items, lines, ctx), ctx)
        case Compare():
            return tables.compare(node, ctx)
        case Figure(long_description=long_description):
            return figure(node, blocks(long_description, ctx), ctx)
        case QrCode():
            return qr_code(node, ctx)
        case Evidence():
            return boxes.evidence(node, ctx)
        case Contact(title):
            return boxes.titled("contact-box", title, boxes.contact(ctx), ctx)
        case Appointment(title, fields):
            return boxes.titled("appointment-box", title, boxes.slip(fields, ctx), ctx)
        case WritingLines(title, lines):
            return boxes.titled("notes-box", title, boxes.lines(lines), ctx)
        case _:
            assert_never(node)


def questions(items: tuple[ListItem, ...], lines: int, ctx: Context) -> Markup:
    """Questions with a box to tick, each with lines to write the answer on."""
    rows = [element("li", _inside(item, ctx), boxes.lines(lines)) for item in items]
    return element("ul", joined(rows), class_="checklist questions")


def section(node: Section, ctx: Context) -> Markup:
    """A heading of level 2 to 4 with what stands under it."""
    heading = element(f"h{node.level}", inlines(node.title, ctx))
    return element("section", heading, Markup("\n"), blocks(node.blocks, ctx), id=node.id)


def chapter_notes(notes: tuple[Note, ...], ctx: Context) -> Markup:
    """The notes of a chapter, each with links back to its marks; nothing when there are none."""
    if not notes:
        return Markup("")
    rows = joined([_note(note, ctx) for note in notes])
    return element(
        "section",
        element("h2", escape(ctx.words["chapter_notes"])),
        element("ol", rows),
        class_="chapter-notes",
        epub__type="endnotes",
        role="doc-endnotes",
    )


def _note(note: Note, ctx: Context) -> Markup:
    back = [
        element(
            "a",
            escape(ctx.words["back_to_text"]),
            href=ctx.href(anchor),
            class_="backlink",
            role="doc-backlink",
        )
        for anchor in note.anchors
    ]
    item = ListItem(note.blocks, note.span)
    return element("li", _inside(item, ctx), Markup(" "), Markup(" ").join(back), id=note.id)


def _numbered(items: tuple[ListItem, ...], start: int, ctx: Context) -> Markup:
    """A numbered list; its class tells how many digits its numbers take at the side."""
    digits = len(str(start + len(items) - 1))
    wide = f"digits-{digits}" if digits > 1 else None
    if start == 1:
        return element("ol", _items(items, ctx), class_=wide)
    # The layout engine knows the CSS counter, browsers both.
    counter = f"counter-reset:list-item {start - 1}"
    return element("ol", _items(items, ctx), start=str(start), style=counter, class_=wide)


def _items(items: tuple[ListItem, ...], ctx: Context) -> Markup:
    return joined([element("li", _inside(item, ctx)) for item in items])


def _rows(items: tuple[ListItem, ...], ctx: Context) -> Markup:
    """Items that are kept whole on a page, but for long ones."""
    insides = [_inside(item, ctx) for item in items]
    styles = [boxes.is_long(inside, _LONG_ITEM).strip() or None for inside in insides]
    pairs = zip(insides, styles, strict=True)
    return joined([element("li", inside, class_=style) for inside, style in pairs])


def _inside(item: ListItem, ctx: Context) -> Markup:
    """A lone paragraph goes straight into its item: the layout engine loses LBody otherwise."""
    return _only_paragraph(item.blocks, ctx) or blocks(item.blocks, ctx)


def _only_paragraph(nodes: tuple[Block, ...], ctx: Context) -> Markup | None:
    first: tuple[Inline, ...]
    match nodes:
        case (Paragraph(first), *rest) if not any(isinstance(n, Paragraph) for n in rest):
            return inlines(first, ctx) + blocks(tuple(rest), ctx)
        case _:
            return None


def _definition(item: Definition, ctx: Context) -> tuple[Markup, tuple[Markup, ...]]:
    inside = _only_paragraph(item.blocks, ctx) or blocks(item.blocks, ctx)
    return inlines(item.term, ctx), (inside,)
