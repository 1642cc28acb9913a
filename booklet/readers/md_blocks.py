"""Block nodes of the tree go in; blocks of the model come out, and findings for all the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from booklet.model import (
    Block,
    BulletList,
    Definition,
    DefinitionList,
    Division,
    Inline,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
)
from booklet.readers.md_data_fences import read_data_fence, read_picture
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_fences import read_text_fence, report_fault
from booklet.readers.md_inline import read_words, report_html, unknown_attributes
from booklet.readers.md_language import direction_of, is_language
from booklet.readers.md_notes import define_note
from booklet.readers.md_parser import Node

MAX_DEPTH = 8
"""Lists, quotes and boxes inside one another; beyond it the parser itself would lose words."""

MAX_LISTS = 3


def read_blocks(nodes: Sequence[Node], desk: Desk, place: Place) -> tuple[Block, ...]:
    """Read the blocks among ``nodes``; a heading here is a finding."""
    if place.depth >= MAX_DEPTH:
        if nodes:
            span = place.lines.block(nodes[0].line)
            desk.report("MD-033", span, "Too many lists, quotes and boxes inside one another.")
        return ()
    inside = replace(place, depth=place.depth + 1)
    blocks: list[Block] = []
    for node in nodes:
        blocks += read_block(node, desk, inside)
    return tuple(blocks)


def read_block(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    """Read one block; ``{lang=es}`` above it wraps what comes of it in a Division."""
    tag = node.token.attrs.get("lang")
    line = node.meta.get("attrs_line", node.line)
    if "insecure_attrs" in node.meta:
        unknown_attributes(node, place.lines.block(line), desk)
    if tag is None or node.type == "attrs_lost":
        return _read(node, desk, place)
    language = str(tag)
    if not is_language(language):
        desk.report("MD-030", place.lines.block(line), f'"{language}" is not a language tag.')
        return _read(node, desk, place)
    blocks = tuple(_read(node, desk, replace(place, language=language)))
    if not blocks:
        message = "No block stands below these curly brackets."
        desk.report("MD-029", place.lines.block(line), message)
        return ()
    return (Division(language, direction_of(language), blocks, place.lines.block(line)),)


def _read(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    reader = _READERS.get(node.type, _refuse)
    return reader(node, desk, place)


def _paragraph(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    inline = node.children[0]
    picture = _lone_picture(inline)
    span = place.lines.inside(inline.line, inline.meta.get("content", ""), 0)
    if picture is not None:
        return read_picture(picture, span, desk)
    children = read_words(inline, desk, place)
    return (Paragraph(children, span),) if children else ()


def _lone_picture(inline: Node) -> Node | None:
    children = inline.token.children or ()
    tokens = [token for token in children if token.type != "text" or token.content]
    if len(tokens) == 1 and tokens[0].type == "image":
        return Node("image", tokens[0], ())
    return None


def _list(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    items = read_items(node, desk, place)
    span = place.lines.block(node.line)
    if node.type == "bullet_list":
        return (BulletList(items, span),)
    return (NumberedList(items, int(node.token.attrs.get("start", 1)), span),)


def read_items(node: Node, desk: Desk, place: Place) -> tuple[ListItem, ...]:
    """Read the items of a list; ``place.boxes`` tells whether they may begin with a box."""
    depth = place.lists + 1
    if depth == MAX_LISTS + 1:
        message = f"More than {MAX_LISTS} lists stand inside one another."
        desk.report("MD-032", place.lines.block(node.line), message)
    inside = replace(place, lists=depth, boxes=False)
    return tuple(_item(item, desk, inside, boxes=place.boxes) for item in node.children)


def _item(node: Node, desk: Desk, inside: Place, *, boxes: bool) -> ListItem:
    span = inside.lines.block(node.line)
    blocks = read_blocks(node.children, desk, inside)
    if not node.children:
        desk.report("MD-031", span, "This list item is empty.")
    if node.token.attrs.get("class") == "task-list-item":
        _check_box(node, desk, span, boxes=boxes)
    return ListItem(blocks, span)


def _check_box(node: Node, desk: Desk, span: Span, *, boxes: bool) -> None:
    content = str(node.children[0].children[0].meta.get("content", ""))
    if not boxes:
        desk.report("MD-034", span, "A box to tick stands outside a checklist.")
    elif content[1:2].lower() == "x":
        desk.report("FENCE-009", span, "This box is ticked; it is printed empty.")


def _definitions(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    items: list[Definition] = []
    term: tuple[Inline, ...] = ()
    for child in node.children:
        span = place.lines.block(child.line)
        if child.type == "dt":
            term = read_words(child.children[0], desk, place)
            items.append(Definition(term, (), span))
            if not term:
                desk.report("MD-031", span, "This term is empty.")
        else:
            # A second explanation of a term continues the first.
            blocks = read_blocks(child.children, desk, place)
            if not child.children:
                desk.report("MD-031", span, "This explanation is empty.")
            items[-1] = replace(items[-1], blocks=items[-1].blocks + blocks)
    return (DefinitionList(tuple(items), place.lines.block(node.line)),)


def _quote(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    span = place.lines.block(node.line, ">")
    if not node.children:
        desk.report("MD-031", span, "This quote is empty.")
        return ()
    return (Quote(read_blocks(node.children, desk, place), span),)


def _text_fence(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    return read_text_fence(node, desk, place, read_blocks, read_items)


def _data_fence(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    return read_data_fence(node, desk, place, read_blocks)


def _fault(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    report_fault(node, place.lines.block(node.line), desk)
    return ()


def _note(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    define_note(node, desk, place)
    return ()


def _address(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    """Keep an address that is named once and used in several links."""
    name = str(node.meta["id"])
    span = place.lines.block(node.line)
    if name in desk.addresses:
        message = f"The address [{node.meta['label']}] stands twice in this chapter."
        desk.report("MD-046", span, message, "Keep one of them.")
    desk.addresses.setdefault(name, span)
    return ()


def _table(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    desk.report("MD-022", place.lines.block(node.line), "A table stands outside a comparison.")
    return ()


def _code(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    span = place.lines.block(node.line)
    if node.type == "fence":
        desk.report("MD-021", span, f"{node.token.markup} begins computer code.")
    else:
        message = "Four or more spaces at the start of this line make it computer code."
        desk.report("MD-021", span, message, "Remove the spaces at the start of the line.")
    return ()


def _html(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    report_html(node.token.content, place.lines.block(node.line), desk)
    return ()


def _heading(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    message = "A heading stands inside a list, a quote, a box or a note."
    desk.report("MD-007", place.lines.block(node.line), message)
    return ()


def _lost_attributes(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    span = place.lines.block(node.line)
    message = "These curly brackets name nothing, or no block stands below them."
    desk.report("MD-029", span, message)
    return ()


def _refuse(node: Node, desk: Desk, place: Place) -> Sequence[Block]:
    span = place.lines.block(node.line)
    if node.type == "too_deep":
        desk.report("MD-033", span, "Too many lists, quotes and boxes inside one another.")
    elif node.type == "hr":
        message = "A line across the page is not known to a booklet."
        hint = "Remove it, or begin a new part with ## and a heading."
        desk.report("MD-025", span, message, hint)
    else:
        desk.report("MD-025", span, f'"{node.type}" is not known to a booklet.')
    return ()


_READERS: dict[str, Callable[[Node, Desk, Place], Sequence[Block]]] = {
    "paragraph": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "dl": _definitions,
    "blockquote": _quote,
    "text_fence": _text_fence,
    "colon_fence": _data_fence,
    "fence_fault": _fault,
    "footnote_reference": _note,
    "definition": _address,
    "table": _table,
    "fence": _code,
    "code_block": _code,
    "html_block": _html,
    "heading": _heading,
    "attrs_lost": _lost_attributes,
}
