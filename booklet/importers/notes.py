"""An HTML tree enters; which links are marks of notes, and which elements hold the notes, leave."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_MARK = re.compile(r"[\[(]?(?:[0-9]{1,4}|[ivxlc]{1,7}|[a-z]|[*\u2020\u2021\xa7]{1,4})[\])]?")
_BACK = re.compile(
    r"(?:[\u2191\u21a9\u2b06^\ufe0e\ufe0f]|back|return|\[?[0-9]{1,4}\]?)*", re.IGNORECASE
)
_NOTE = re.compile(r"(?i)(foot|end)?-?note|noteref")
_HOLDERS = frozenset({"li", "p", "div", "aside", "dd"})


@dataclass(slots=True)
class NoteMarks:
    """``keys``: mark -> key; ``bodies``: key -> element; ``spent``: what is no text of its own."""

    keys: dict[HtmlElement, str] = field(default_factory=dict)
    bodies: dict[str, HtmlElement] = field(default_factory=dict)
    spent: set[HtmlElement] = field(default_factory=set)


def find_notes(root: HtmlElement) -> NoteMarks:
    """Find the notes of any of the tools that write a mark and a note that link to each other."""
    marks = NoteMarks()
    places: dict[str, tuple[int, HtmlElement]] = {}
    anchors: list[tuple[int, HtmlElement]] = []
    for index, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for name in (element.get("id"), element.get("name")):
            if name:
                places.setdefault(name, (index, element))
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            anchors.append((index, element))
    keys: dict[HtmlElement, str] = {}
    for index, anchor in anchors:
        target = places.get((anchor.get("href") or "")[1:])
        if target is None or target[0] <= index or not _MARK.fullmatch(_words(anchor)):
            continue
        if any(ancestor in marks.spent for ancestor in anchor.iterancestors()):
            continue
        body = _holder(target[1])
        if body is None or not _is_note(anchor, body):
            continue
        key = keys.setdefault(body, str(len(keys) + 1))
        marks.keys[anchor] = key
        marks.bodies[key] = body
        marks.spent.add(body)
    for body in marks.bodies.values():
        _without_way_back(body, marks)
    return marks


def _words(element: HtmlElement) -> str:
    return "".join(str(element.text_content()).split())


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return the element that holds a whole note."""
    while element is not None and element.tag not in _HOLDERS:
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    outer = element.getparent()
    # Word puts the note into a paragraph in a box of its own.
    if element.tag == "p" and outer is not None and _NOTE.search(outer.get("id") or "-"):
        return outer
    return element


def _is_note(anchor: HtmlElement, body: HtmlElement) -> bool:
    around = (anchor, *list(anchor.iterancestors())[:2])
    if any(element.tag == "sup" for element in around):
        return True
    said = " ".join(f"{e.get('class') or ''} {e.get('role') or ''}" for e in (*around, body))
    return bool(_NOTE.search(said)) or any(link.get("href") for link in body.iter("a"))


def _without_way_back(body: HtmlElement, marks: NoteMarks) -> None:
    """Leave out the small links that lead from a note back to its mark."""
    for link in list(body.iter("a")):
        href = link.get("href") or ""
        if href.startswith("#") and link not in marks.keys and _BACK.fullmatch(_words(link)):
            marks.spent.add(link)
