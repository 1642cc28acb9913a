"""HTML element in, its structure type in the tagged PDF out (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# No structure element of its own: its content belongs to the element around it.
TRANSPARENT = ""
# Kept out of the tree: nothing of it is read out.
HIDDEN = "hidden"

# Parts of a paragraph: a line that ends inside them ends between two words of one block.
INLINE = frozenset({TRANSPARENT, "Link", "Span", "Reference"})

# Types of ours, with the standard type that a reader who does not know them takes instead.
ROLE_MAP = {"Aside": "Sect", "Callout": "Sect"}


@dataclass(frozen=True, slots=True)
class Role:
    """A structure type with what the element itself says: language, expansion, description."""

    type: str
    language: str | None = None
    expansion: str | None = None
    description: str | None = None
    id: str | None = None


_TYPES = {
    "html": "Document",
    "body": TRANSPARENT,
    "section": "Sect",
    "div": "Div",
    "nav": TRANSPARENT,
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "p": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "DT",
    "dd": "DD",
    "li::marker": "Lbl",
    "figure": "Div",
    "figcaption": "Caption",
    "img": "Figure",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    # The words of the column's header once more: whoever listens is told them as its header.
    "td::before": HIDDEN,
    "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}


def role_of(tag: str, element: Any, surroundings: tuple[str, ...]) -> Role:
    """Return the role of an element, or of the pseudo-element that ``tag`` names (``li::marker``).

    ``surroundings`` are the class names and marks of the elements around it, outermost first.
    """
    if "::" in tag:
        return Role(_TYPES.get(tag, TRANSPARENT))
    if element.get("aria-hidden") == "true":
        return Role(HIDDEN)
    kind = _TYPES.get(tag, TRANSPARENT)
    kind = _in_contents(kind) if "contents" in surroundings else kind
    kind = _in_notes(kind) if "chapter-notes" in surroundings else kind
    if kind in ("Sect", "Div", "Aside") and "callout" in (element.get("class") or "").split():
        kind = "Callout"
    language, expansion = element.get("lang"), None
    if tag == "abbr":
        kind, expansion = "Span", element.get("title")
    elif kind == TRANSPARENT and language and tag not in ("html", "body"):
        kind = "Span"
    note_id = element.get("id") if kind == "Note" else None
    return Role(kind, language, expansion, element.get("alt"), note_id)


def _in_contents(kind: str) -> str:
    """The contents list is a TOC of TOCI, not a list of list items."""
    return {"L": "TOC", "LI": "TOCI"}.get(kind, kind)


def _in_notes(kind: str) -> str:
    """Each note at the end of a chapter is a Note, in a plain group."""
    return {"L": "Div", "LI": "Note"}.get(kind, kind)
