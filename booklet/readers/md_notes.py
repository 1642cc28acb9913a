"""Note marks and definitions go in; numbered notes for the end of the chapter come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from booklet.model import Block, Note, NoteReference, Span
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_parser import Node

ReadBlocks = Callable[[Sequence[Node], Desk, Place], tuple[Block, ...]]


def labels(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the labels of all notes defined anywhere in the tree."""
    names: set[str] = set()
    rest = list(nodes)
    while rest:
        node = rest.pop()
        if node.type == "footnote_reference":
            names.add(node.meta["label"])
        rest += node.children
    return frozenset(names)


def note_id(desk: Desk, number: int) -> str:
    """The id of a chapter's note."""
    return f"{desk.chapter}-note-{number}"


def mark_note(label: str, span: Span, desk: Desk) -> NoteReference | None:
    """Number a note mark in the order of the text; None with a finding when it has no note."""
    if label not in desk.notes.labels:
        desk.report("REF-006", span, f"The note mark [^{label}] has no note in this chapter.")
        return None
    anchors = desk.notes.marks.setdefault(label, [])
    number = list(desk.notes.marks).index(label) + 1
    note = note_id(desk, number)
    anchor = f"{note}-mark-{len(anchors) + 1}"
    anchors.append(anchor)
    return NoteReference(note, number, anchor, span)


def define_note(node: Node, desk: Desk, place: Place) -> None:
    """Keep a note's text until all marks have been seen."""
    label = node.meta["label"]
    span = place.lines.block(node.line)
    if not place.notes:
        desk.report("REF-009", span, "A note cannot stand here: put it between two paragraphs.")
    elif label in desk.notes.definitions:
        desk.report("REF-008", span, f"The note [^{label}] stands twice in this chapter.")
    else:
        desk.notes.definitions[label] = (node, place)


def read_notes(desk: Desk, read: ReadBlocks) -> tuple[Note, ...]:
    """Read the notes of the chapter in the order of their first marks."""
    notes: list[Note] = []
    for number, (label, anchors) in enumerate(desk.notes.marks.items(), start=1):
        if label not in desk.notes.definitions:
            continue
        node, place = desk.notes.definitions[label]
        span = place.lines.block(node.line)
        blocks = read(node.children, desk, replace(place, notes=False, depth=1))
        if not node.children:
            desk.report("MD-031", span, f"The note [^{label}] is empty.")
        notes.append(Note(note_id(desk, number), number, blocks, tuple(anchors), span))
    for label, (node, place) in desk.notes.definitions.items():
        if label not in desk.notes.marks:
            span = place.lines.block(node.line)
            message = f"Nothing in this chapter leads to the note [^{label}]."
            desk.report("REF-007", span, message)
    return tuple(notes)
