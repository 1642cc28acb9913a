"""The finished tree in, the PDF objects of the structure tree out (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import Any

import pydyf

from booklet.writers.pdf.structure.node import Mark, Node
from booklet.writers.pdf.structure.roles import ROLE_MAP

_NUMBERING = {"ol": "/Decimal", "ul": "/Disc", "dl": "/None"}
# CSS pixels (96 an inch) to points (72 an inch).
_POINTS = 0.75


class Emitter:
    """Writes one tree into one PDF."""

    def __init__(self, pdf: pydyf.PDF, pages: list[Any]) -> None:
        self._pdf = pdf
        # Once: to tell them, all objects of the file are looked through.
        self._references = pdf.page_references
        self._page_heights = [page.height for page in pages]
        self._owners: list[dict[int, bytes]] = [{} for _ in pages]
        self._annotations: list[tuple[bytes, Any]] = []
        self._ids: dict[str, bytes] = {}

    def emit(self, root: Node) -> None:
        """Add the structure tree, its parent tree and its ids to the PDF."""
        tree = self._object({"Type": "/StructTreeRoot"})
        document = self._element(root, tree.reference)
        parents = self._object({"Nums": self._parent_numbers()})
        tree["K"] = pydyf.Array([document])
        tree["ParentTree"] = parents.reference
        tree["ParentTreeNextKey"] = len(self._owners) + len(self._annotations)
        tree["RoleMap"] = pydyf.Dictionary({name: f"/{std}" for name, std in ROLE_MAP.items()})
        if self._ids:
            names = pydyf.Array()
            for name in sorted(self._ids):
                names.extend((pydyf.String(name), self._ids[name]))
            limits = pydyf.Array([pydyf.String(min(self._ids)), pydyf.String(max(self._ids))])
            leaf = self._object({"Names": names, "Limits": limits})
            tree["IDTree"] = self._object({"Kids": pydyf.Array([leaf.reference])}).reference
        catalog = self._pdf.catalog
        catalog["StructTreeRoot"] = tree.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _object(self, values: dict[str, Any]) -> pydyf.Dictionary:
        dictionary = pydyf.Dictionary(values)
        self._pdf.add_object(dictionary)
        return dictionary

    def _element(self, node: Node, parent: bytes) -> bytes:
        page = self._first_page(node)
        element = self._object(
            {
                "Type": "/StructElem",
                "S": f"/{node.role.type}",
                "P": parent,
                "Pg": self._references[page],
            }
        )
        self._describe(element, node)
        reference: bytes = element.reference
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Mark):
                self._owners[kid.page][kid.mcid] = reference
                kids.append(self._mark(kid, page))
            else:
                kids.append(self._element(kid, reference))
        for annotation_page, annotation, _ in node.annotations:
            kids.append(self._annotation(annotation, annotation_page, reference))
        element["K"] = kids
        return reference

    def _mark(self, mark: Mark, page: int) -> Any:
        """Content on the element's own page is a number; on any other page it names the page."""
        if mark.page == page:
            return mark.mcid
        page_reference = self._references[mark.page]
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page_reference, "MCID": mark.mcid}).data

    def _annotation(self, annotation: Any, page: int, owner: bytes) -> Any:
        annotation["StructParent"] = len(self._owners) + len(self._annotations)
        self._annotations.append((owner, annotation))
        page_reference = self._references[page]
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Pg": page_reference, "Obj": annotation.reference}
        ).data

    def _describe(self, element: pydyf.Dictionary, node: Node) -> None:
        role, attributes = node.role, dict(node.attributes)
        if role.language and role.type != "Document":
            element["Lang"] = pydyf.String(role.language)
        if role.expansion:
            element["E"] = pydyf.String(role.expansion)
        identifier = attributes.pop("ID", role.id)
        if identifier:
            element["ID"] = pydyf.String(identifier)
            self._ids[identifier] = element.reference
        if role.type == "Figure":
            element["Alt"] = pydyf.String(role.description or "")
            attributes = {"O": "/Layout", "Placement": "/Block", "BBox": self._place(node)}
        elif role.type == "L":
            attributes = {"O": "/List", "ListNumbering": _numbering(node)}
        if attributes:
            element["A"] = pydyf.Dictionary(attributes)

    def _place(self, node: Node) -> pydyf.Array:
        """The picture's box on its page, in points from the lower left corner."""
        box, height = node.box, self._page_heights[node.first_page]
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, height - top - box.height, left + box.width, height - top)
        return pydyf.Array([round(number * _POINTS, 3) for number in corners])

    def _first_page(self, node: Node) -> int:
        marks = (kid.page for kid in node.kids if isinstance(kid, Mark))
        return min(marks, default=node.first_page)

    def _parent_numbers(self) -> pydyf.Array:
        numbers = pydyf.Array()
        for page, owners in enumerate(self._owners):
            last = max(owners, default=-1)
            row = pydyf.Array([owners.get(mcid, "null") for mcid in range(last + 1)])
            numbers.extend((page, row))
        for number, (owner, _) in enumerate(self._annotations, start=len(self._owners)):
            numbers.extend((number, owner))
        return numbers


def _numbering(node: Node) -> str:
    tag = str(node.element.tag) if node.element is not None else ""
    styled = (node.element.get("class") or "").split() if node.element is not None else ()
    return (
        "/None"
        if {"checklist", "key-messages", "form-lines"} & set(styled)
        else _NUMBERING.get(tag, "/None")
    )
