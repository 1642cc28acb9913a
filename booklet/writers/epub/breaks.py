"""Parts and the page map of the print in, the same parts with a mark at each page's first word out.

A mark is put into the text of a part as it stands: not one other byte of it changes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from booklet.editions import PageStart
from booklet.writers.html import Part, PartKind

_PIECE = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>|&[^;<]*;|\s+|[^<&\s]+")
_NAME = re.compile(r"<([\w:-]+)")
# A mark inside these would be read out as a part of their name, or of a link's; or it may not stand
# there at all. At their very beginning it goes before them.
_STEP_OUT = frozenset("a abbr b bdi bdo cite em i small span strong sub sup".split()) | {
    f"h{level}" for level in range(1, 7)
}


@dataclass(frozen=True, slots=True)
class Break:
    """A mark: the printed number, its id, and the part it stands in."""

    label: str
    id: str
    part: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Parts with their marks, and all marks in the order of the pages."""

    parts: tuple[Part, ...]
    breaks: tuple[Break, ...]


def mark_pages(parts: tuple[Part, ...], page_map: tuple[PageStart, ...]) -> Marked:
    """Put a mark into the text where each printed page begins.

    The body of the contents is not part of the book: its marks are in ``breaks`` only.
    Raises ValueError when the page map names a part that is not there, or a place behind its end.
    """
    taken = {name for part in parts for name in (part.id, *part.ids)}
    if unknown := {start.part for start in page_map} - {part.id for part in parts}:
        raise ValueError(f"the page map names {sorted(unknown)}, which the book does not hold")
    breaks = tuple(Break(start.label, _id(start.label, taken), start.part) for start in page_map)
    places = tuple(zip(breaks, (start.letters for start in page_map), strict=True))
    return Marked(tuple(_marked(part, places) for part in parts), breaks)


def markup(mark: Break) -> Markup:
    """Return a mark as XHTML: empty, its number in its label."""
    return Markup(
        '<span epub:type="pagebreak" role="doc-pagebreak" id="{}" aria-label="{}"/>'
    ).format(mark.id, mark.label)


def _id(label: str, taken: set[str]) -> str:
    name = f"page-{label}"
    while name in taken:
        name += "-printed"
    taken.add(name)
    return name


def _marked(part: Part, places: tuple[tuple[Break, int], ...]) -> Part:
    here = [(mark, letters) for mark, letters in places if mark.part == part.id]
    if not here or part.kind is PartKind.CONTENTS:
        return part
    body, done, pieces = str(part.body), 0, []
    spots = _spots(body)
    for mark, letters in here:
        if letters >= len(spots):
            raise ValueError(f"page {mark.label} begins behind the end of {part.id}")
        at = spots[letters]
        pieces += [body[done:at], str(markup(mark))]
        done = at
    text = Markup("".join((*pieces, body[done:])))  # noqa: S704 - our own markup, only cut
    return replace(part, body=text, ids=(*part.ids, *(mark.id for mark, _ in here)))


def _spots(body: str) -> tuple[int, ...]:
    """Return where a mark may stand for each letter and picture, and for the end of the part."""
    return (*_before_each(body), body.rindex("</"))


def _before_each(body: str) -> Iterator[int]:
    opened: list[tuple[str, int]] = []
    for piece in _PIECE.finditer(body):
        text = piece.group()
        if name := _NAME.match(text):
            if name.group(1) == "img":
                yield _outside(opened, piece.start())
                opened.clear()
            elif text.endswith("/>"):
                opened.clear()
            else:
                opened.append((name.group(1), piece.start()))
        elif text.startswith("<"):
            opened.clear()
        elif not html.unescape(text).isspace():
            yield _outside(opened, piece.start())
            opened.clear()
            if not text.startswith("&"):
                yield from range(piece.start() + 1, piece.end())


def _outside(opened: list[tuple[str, int]], at: int) -> int:
    """Step out of what has just been opened, as far as a mark must.

    ``opened`` are the names and places of the start tags right before ``at``, outermost first.
    """
    names = [name for name, _ in opened]
    table = names.index("table") if "table" in names else len(names)
    for index, (name, start) in reversed(tuple(enumerate(opened))):
        if name not in _STEP_OUT and index < table:
            break
        at = start
    return at
