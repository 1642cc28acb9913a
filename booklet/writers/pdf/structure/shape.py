"""The tree as collected in, the tree as readers expect it out: lists, contents, references."""

from __future__ import annotations

from typing import Any

from booklet.writers.pdf.structure.node import Mark, Node
from booklet.writers.pdf.structure.roles import TRANSPARENT, Role

# An empty cell keeps the grid of its table whole; anything else that is empty is noise.
_MAY_BE_EMPTY = frozenset({"TD", "TH", "Document"})


def shape(node: Node) -> None:
    """Put the tree into its standard form, in place, from the leaves up."""
    for kid in node.nodes():
        shape(kid)
    node.kids = _flattened(node.kids)
    match node.role.type:
        case "L":
            _pair_definitions(node)
        case "LI":
            _label_and_body(node)
        case "TOCI":
            labels = _take_labels(node)
            reference = Node(Role("Reference"), kids=node.kids, first_page=node.first_page)
            node.kids = [*labels, reference]
        case "Link" if _is_note_mark(node):
            node.kids, node.role, node.annotations = _reference(node)
        case _:
            pass
    node.kids = [kid for kid in node.kids if not _is_empty(kid)]


def _flattened(kids: list[Node | Mark]) -> list[Node | Mark]:
    """Replace each element without a role by what it holds."""
    flat: list[Node | Mark] = []
    for kid in kids:
        if isinstance(kid, Node) and kid.role.type == TRANSPARENT:
            flat.extend(kid.kids)
        else:
            flat.append(kid)
    return flat


def _is_empty(kid: Node | Mark) -> bool:
    return isinstance(kid, Node) and not kid.kids and kid.role.type not in _MAY_BE_EMPTY


def _pair_definitions(node: Node) -> None:
    """Each group of a definition list is an item: its terms are labels, its descriptions bodies."""
    for group in node.nodes():
        terms = [kid for kid in group.nodes() if kid.role.type in ("DT", "DD")]
        if terms:
            group.role = Role("LI", group.role.language)
        for kid in terms:
            kind = "Lbl" if kid.role.type == "DT" else "LBody"
            kid.role = Role(kind, kid.role.language)


def _label_and_body(node: Node) -> None:
    """An item holds its label and one body, also when its marker stands inside a paragraph."""
    if any(kid.role.type == "LBody" for kid in node.nodes()):
        return
    labels = _take_labels(node)
    body = Node(Role("LBody"), kids=node.kids, first_page=node.first_page)
    node.kids = [*labels, body]


def _take_labels(node: Node) -> list[Node]:
    labels: list[Node] = []
    rest: list[Node | Mark] = []
    for kid in node.kids:
        if isinstance(kid, Node) and kid.role.type == "Lbl":
            labels.append(kid)
            continue
        if isinstance(kid, Node) and kid.role.type != "L":
            labels.extend(_take_labels(kid))
        rest.append(kid)
    node.kids = rest
    return labels


def _is_note_mark(node: Node) -> bool:
    classes = (node.element.get("class") or "").split() if node.element is not None else ()
    return "note-mark" in classes or "source-mark" in classes


def _reference(node: Node) -> tuple[list[Node | Mark], Role, list[Any]]:
    """A mark that points to a note is a Reference that holds its Link."""
    link = Node(node.role, node.element, node.kids, node.annotations, node.first_page, node.box)
    return [link], Role("Reference"), []
