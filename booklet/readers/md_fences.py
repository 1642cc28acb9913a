"""Colon fences that hold text go in; callouts, steps, checklists and questions come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mdit_py_plugins.attrs.parse import ParseError, parse

from booklet.model import (
    Block,
    Callout,
    CalloutKind,
    Checklist,
    Inline,
    ListItem,
    Questions,
    Span,
    Steps,
)
from booklet.readers.md_compare import read_compare
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_expand import CALLOUT_FENCES, FENCES, MAX_FENCES
from booklet.readers.md_inline import read_words, shown_attribute
from booklet.readers.md_links import did_you_mean
from booklet.readers.md_parser import Node

ReadBlocks = Callable[[Sequence[Node], Desk, Place], tuple[Block, ...]]
ReadItems = Callable[[Node, Desk, Place], tuple[ListItem, ...]]

DEFAULT_LINES = 2
MAX_LINES = 6
"""Lines to write on below a question."""


@dataclass(frozen=True, slots=True)
class _Fence:
    """A fence with what its first line says."""

    name: str
    title: tuple[Inline, ...]
    attributes: dict[str, str]
    attributes_at: Span
    body: tuple[Node, ...]
    span: Span


def read_text_fence(
    node: Node, desk: Desk, place: Place, blocks: ReadBlocks, items: ReadItems
) -> Sequence[Block]:
    """Read a fence that holds text; ``blocks`` and ``items`` read what stands inside it."""
    fence = _open(node, desk, place)
    if not fence.body:
        desk.report("FENCE-008", fence.span, f"The {fence.name} box is empty.")
        return ()
    if fence.name in CALLOUT_FENCES:
        return _callout(fence, desk, place, blocks)
    if fence.name == "compare":
        return read_compare(
            fence.body, fence.title, fence.attributes.get("id"), fence.span, desk, place
        )
    return _listed(fence, desk, place, items)


def _open(node: Node, desk: Desk, place: Place) -> _Fence:
    span = place.lines.block(node.line)
    children = list(node.children)
    title: tuple[Inline, ...] = ()
    if children and children[0].type == "inline":
        title = read_words(children.pop(0), desk, place)
    name = str(node.meta["name"])
    attributes = read_attributes(node, desk, place)
    return _Fence(name, title, attributes, _attributes_at(node, place), tuple(children), span)


def _attributes_at(node: Node, place: Place) -> Span:
    written = node.meta.get("attrs", "")
    return place.lines.inside(node.line, written, 0, node.meta.get("attrs_column", 0))


_ALLOWED = {"questions": frozenset({"lines"}), "compare": frozenset({"id"})}


def read_attributes(node: Node, desk: Desk, place: Place) -> dict[str, str]:
    """Return the attributes at the end of a fence's first line; findings for unknown ones."""
    written = node.meta.get("attrs")
    if written is None:
        return {}
    column = _attributes_at(node, place)
    try:
        attributes = parse(written)[1]
    except ParseError:
        attributes = {}
    if not attributes:
        desk.report("FENCE-005", column, f"{written} cannot be read.")
    name = str(node.meta["name"])
    allowed = _ALLOWED.get(name, frozenset())
    for key in sorted(attributes.keys() - allowed):
        shown = shown_attribute(key, attributes[key])
        desk.report("FENCE-005", column, f'"{shown}" has no meaning for {name}.')
    return {key: value for key, value in attributes.items() if key in allowed}


def _callout(fence: _Fence, desk: Desk, place: Place, blocks: ReadBlocks) -> Sequence[Block]:
    if place.callout:
        desk.report("FENCE-006", fence.span, f"The {fence.name} box stands inside another box.")
    inside = blocks(fence.body, desk, replace(place, callout=True))
    return (Callout(CalloutKind(fence.name), fence.title, inside, fence.span),)


def _listed(fence: _Fence, desk: Desk, place: Place, read: ReadItems) -> Sequence[Block]:
    wanted = ("ordered_list",) if fence.name == "steps" else ("ordered_list", "bullet_list")
    kind = "one numbered list" if fence.name == "steps" else "one list"
    lists = [node for node in fence.body if node.type in wanted]
    if len(fence.body) != 1 or not lists:
        stray = next((n for n in fence.body if not lists or n is not lists[0]), fence.body[0])
        message = f"The {fence.name} box holds {kind} and nothing else."
        desk.report("FENCE-007", place.lines.block(stray.line), message)
    if not lists:
        return ()
    start = lists[0].token.attrs.get("start", 1)
    if lists[0].type == "ordered_list" and start != 1:
        message = f"These numbers begin with {start}; they are printed from 1."
        desk.report("FENCE-010", place.lines.block(lists[0].line), message)
    items = read(lists[0], desk, replace(place, boxes=fence.name != "steps"))
    if fence.name == "steps":
        return (Steps(fence.title, items, fence.span),)
    if fence.name == "checklist":
        return (Checklist(fence.title, items, fence.span),)
    return (Questions(fence.title, items, _lines(fence, desk), fence.span),)


def _lines(fence: _Fence, desk: Desk) -> int:
    written = fence.attributes.get("lines", str(DEFAULT_LINES))
    if len(written) == 1 and written in "0123456":
        return int(written)
    message = f'"{written}" is not a number of lines from 0 to {MAX_LINES}.'
    desk.report("FENCE-005", fence.attributes_at, message)
    return DEFAULT_LINES


def report_fault(node: Node, span: Span, desk: Desk) -> None:
    """Report what is wrong with a fence that could not be opened."""
    name = str(node.meta["name"])
    match node.meta["kind"]:
        case "unclosed":
            desk.report("FENCE-002", span, f"The {name} box is never closed.")
        case "nameless":
            desk.report("FENCE-003", span, "These colons begin a box without a name.")
        case "deep":
            desk.report("FENCE-004", span, f"More than {MAX_FENCES} boxes inside one another.")
        case _:
            hint = did_you_mean(name.lower(), FENCES)
            desk.report("FENCE-001", span, f'There is no box with the name "{name}".', hint)
