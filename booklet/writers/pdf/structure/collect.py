"""Laid-out pages in, one tree of nodes out: a block that crosses pages is found again and grows.

Rests on the engine's page boxes: ``element``, ``element_tag`` and ``children`` of each box, text
and picture boxes as keys of the stream's marks, and ``AbsolutePlaceholder`` standing for boxes
taken out of the flow. ``tests/unit/writers_pdf`` fails loudly when a new engine changes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from booklet.writers.pdf.structure.node import Mark, Node
from booklet.writers.pdf.structure.roles import HIDDEN, INLINE, Role, role_of
from booklet.writers.pdf.structure.spaces import Placed


@dataclass(slots=True)
class Collected:
    """The whole tree, its text runs, and marks that belong to no element: (page, mcid) pairs."""

    root: Node
    runs: list[Placed] = field(default_factory=list)
    artifacts: set[tuple[int, int]] = field(default_factory=set)
    pagination: set[tuple[int, int]] = field(default_factory=set)


def collect(pages: list[Any], marks: list[dict[Any, Any]]) -> Collected:
    """Build the tree from the page boxes and, for each page, its marks by box."""
    collector = _Collector(marks)
    for number, page in enumerate(pages):
        collector.page(number, page._page_box)
    return Collected(collector.root, collector.runs, collector.artifacts, collector.pagination)


class _Collector:
    def __init__(self, marks: list[dict[Any, Any]]) -> None:
        self.root = Node(Role("Document"))
        self.runs: list[Placed] = []
        self.artifacts: set[tuple[int, int]] = set()
        self.pagination: set[tuple[int, int]] = set()
        self._marks = marks
        self._nodes: dict[tuple[int, str], Node] = {}
        self._lines = 0
        self._block = self.root

    def page(self, number: int, page_box: Any) -> None:
        for child in page_box.children:
            if isinstance(child, boxes.MarginBox):
                self._leave_out(child, number, self.pagination)
            else:
                self._visit(child, self.root, number, ())

    def _visit(self, box: Any, parent: Node, page: int, around: tuple[str, ...]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._mark(box, parent, page)
            return
        if isinstance(box, boxes.LineBox):
            self._line(box, parent, page, around)
            return
        node = self._node(box, parent, page, around)
        if node is None:
            self._leave_out(box, page, self.artifacts)
            return
        if isinstance(box, boxes.ReplacedBox):
            self._mark(box, node, page)
        if box.link_annotation:
            node.annotations.append((page, box.link_annotation, box))
        # What stands inside a note is no note: its lists are lists again.
        around = () if node.role.type == "Note" else (*around, *_classes(box))
        outside = self._block
        if node.role.type not in INLINE:
            self._block = node
        for child in getattr(box, "children", ()):
            self._visit(child, node, page, around)
        self._block = outside

    def _line(self, box: Any, node: Node, page: int, around: tuple[str, ...]) -> None:
        """Walk a line, remembering that it is another one."""
        self._lines += 1
        for child in box.children:
            self._visit(child, node, page, around)

    def _node(self, box: Any, parent: Node, page: int, around: tuple[str, ...]) -> Node | None:
        """Return the node of a box, made at first sight of its element; None to leave it out."""
        if box.element is None or box.element_tag is None:
            return parent
        key = (id(box.element), box.element_tag)
        node = self._nodes.get(key)
        if node is None:
            node = self._new_node(box, parent, page, around)
            self._nodes[key] = node
        elif box.element_tag == "thead" and node.first_page != page:
            return None  # a header row repeated on the next page is read once
        return None if node.role.type == HIDDEN else node

    def _new_node(self, box: Any, parent: Node, page: int, around: tuple[str, ...]) -> Node:
        role = role_of(box.element_tag, box.element, around)
        if role.type == "Document":
            self.root.role, self.root.element = role, box.element
            return self.root
        node = Node(role, box.element, first_page=page, box=box)
        if role.type != HIDDEN:
            parent.kids.append(node)
        return node

    def _mark(self, box: Any, node: Node, page: int) -> None:
        mark = self._marks[page].get(box)
        if mark is not None:
            node.kids.append(Mark(page, mark["mcid"]))
            if isinstance(box, boxes.TextBox):
                self._remember(box, page, mark["mcid"])

    def _remember(self, box: Any, page: int, mcid: int) -> None:
        place = (box.position_x, box.position_y + box.baseline, box.style["direction"] == "rtl")
        self.runs.append(
            Placed(page, mcid, box.text, self._lines, id(self._block), box.element, *place)
        )

    def _leave_out(self, box: Any, page: int, into: set[tuple[int, int]]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        mark = self._marks[page].get(box)
        if mark is not None:
            into.add((page, mark["mcid"]))
        for child in getattr(box, "children", ()):
            self._leave_out(child, page, into)


def _classes(box: Any) -> tuple[str, ...]:
    if box.element is None or "::" in (box.element_tag or ""):
        return ()
    return tuple((box.element.get("class") or "").split())
