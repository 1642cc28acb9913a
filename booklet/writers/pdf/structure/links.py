"""Link annotations in, one for each link and page out, named by the link's words."""

from __future__ import annotations

from typing import Any

import pydyf

from booklet.writers.pdf.structure.node import Node

# Shown on paper as on the screen (ISO 32000-1, table 165, bit 3).
_PRINT = 4


def one_annotation_a_page(root: Node, pages: list[Any]) -> None:
    """Merge the annotations of each Link, page by page, in place.

    The engine makes one for every line and every box inside a link; a screen reader would
    announce each as a link of its own. The lines' rectangles become QuadPoints of the one.
    ``pages`` are the page dictionaries in order.
    """
    keep: set[int] = set()
    for link in root.find("Link"):
        merged: list[tuple[int, Any, Any]] = []
        for page in dict.fromkeys(page for page, _, _ in link.annotations):
            same = [(a, box) for number, a, box in link.annotations if number == page]
            annotation = _merged(same, link)
            annotation["Contents"] = pydyf.String(words_of(link.element))
            annotation["F"] = _PRINT
            merged.append((page, annotation, None))
            keep.add(annotation.number)
        link.annotations = merged
        for part in link.walk():
            if part is not link:
                part.annotations = []
    for page in pages:
        if "Annots" in page:
            page["Annots"] = pydyf.Array(
                reference for reference in page["Annots"] if int(reference.split()[0]) in keep
            )


def _merged(same: list[tuple[Any, Any]], link: Node) -> Any:
    # Boxes of the link element itself are its lines; boxes inside them add nothing to click on.
    own = [a for a, box in same if box.element is link.element and "::" not in box.element_tag]
    lines = own or [a for a, _ in same]
    annotation = lines[0]
    rectangles = [_sorted_rectangle(a["Rect"]) for a in lines]
    annotation["Rect"] = pydyf.Array(
        [
            min(r[0] for r in rectangles),
            min(r[1] for r in rectangles),
            max(r[2] for r in rectangles),
            max(r[3] for r in rectangles),
        ]
    )
    if len(rectangles) > 1:
        # ISO 32000-1, table 173; readers expect upper left, upper right, lower left, lower right.
        quads = [(x1, y2, x2, y2, x1, y1, x2, y1) for x1, y1, x2, y2 in rectangles]
        annotation["QuadPoints"] = pydyf.Array([number for quad in quads for number in quad])
    return annotation


def _sorted_rectangle(rectangle: Any) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = rectangle
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def words_of(element: Any) -> str:
    """Return a link's name: its own label, else its words, else the description of its picture."""
    words = element.get("aria-label") or " ".join("".join(element.itertext()).split())
    return words or " ".join(image.get("alt", "") for image in element.iter("img")).strip()
