"""A finished PDF in, its tag tree as elements in reading order out, with what is wrong with it.

Group elements are looked through: what they hold takes their place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf

from booklet.verify.reading_order import Element, Piece, Where, in_language
from booklet.verify.reading_order_ink import Place, Printed, Spot, between
from booklet.verify.tagtree import Annotation, Content, Tag

GROUPS = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "NonStruct", "THead", "TBody", "TFoot"}
)
"""Elements that only group others (ISO 32000-1, 14.8.4.2), and the parts of a table."""
OWN_TYPES = frozenset({"Callout", "Aside"})
"""Types beside the standard ones that are part of what is compared."""
LOOSE = "loose words"
"""The kind of words that stand outside of every element."""
_MAY_BE_EMPTY = frozenset({"TD", "TH"})
Kids = tuple[Element | Piece, ...]


@dataclass(slots=True)
class TagReading:
    """What a tag tree holds: ``empty`` elements, and contents owned ``twice``."""

    tags: Tag | None
    elements: tuple[Element, ...] = ()
    empty: list[Tag] = field(default_factory=list)
    owned: set[Place] = field(default_factory=set)
    twice: list[Place] = field(default_factory=list)


def read_tag_tree(tags: Tag | None, printed: Printed) -> TagReading:
    """Read the tag tree of a finished PDF; without one the reading is empty."""
    reading = TagReading(tags)
    if tags is not None:
        reader = _Reader(printed, _header_words(tags), reading)
        reading.elements = tuple(_top(reader.tag(tags)))
    return reading


def _top(kids: Kids) -> tuple[Element, ...]:
    loose = (Element(LOOSE, (kid,)) if isinstance(kid, Piece) else kid for kid in kids)
    return tuple(element for element in loose if element.kind != LOOSE or element.all_words())


def _header_words(tags: Tag) -> dict[str, str]:
    return {tag.id: tag.text() for tag in tags.walk() if tag.standard == "TH" and tag.id}


class _Reader:
    """Walks one tree in reading order; remembers where the last letter stood."""

    def __init__(self, printed: Printed, headers: dict[str, str], reading: TagReading) -> None:
        self._printed = printed
        self._headers = headers
        self._reading = reading
        self._last: Spot | None = None

    def tag(self, tag: Tag) -> Kids:
        kids = tuple(part for kid in tag.kids for part in self._kid(kid))
        if self._is_empty(tag, kids):
            # Words that another element owns already make no element empty.
            if not any((c.page, c.mcid) in self._reading.twice for c in tag.contents()):
                self._reading.empty.append(tag)
            return ()
        kind = tag.type if tag.type in OWN_TYPES else tag.standard
        if kind in GROUPS:
            return _in_language(kids, tag.language)
        return (self._element(tag, kind, kids),)

    def _kid(self, kid: Tag | Content | Annotation) -> Kids:
        match kid:
            case Tag():
                return self.tag(kid)
            case Content():
                return self._content(kid)
            case Annotation():
                return ()

    def _content(self, content: Content) -> Kids:
        place = (content.page, content.mcid)
        if place in self._reading.owned:
            self._reading.twice.append(place)
            return ()
        self._reading.owned.add(place)
        ink = self._printed.inks.get(place)
        if ink is None:
            return ()
        line_end = between(self._last, ink.first)
        self._last = ink.last or self._last
        return (Piece(f"{line_end}{ink.text}"),)

    def _is_empty(self, tag: Tag, kids: Kids) -> bool:
        """Nothing to be read: no words, no picture, no element that has any."""
        if tag.standard in _MAY_BE_EMPTY:
            return False
        if tag.standard == "Figure":
            return not any((c.page, c.mcid) in self._printed.marked for c in tag.contents())
        return not any(isinstance(kid, Element) or kid.text.strip() for kid in kids)

    def _element(self, tag: Tag, kind: str, kids: Kids) -> Element:
        if tag.actual_text:
            kids = (Piece(tag.actual_text),)
        links = [kid for kid in tag.kids if isinstance(kid, Annotation)]
        return Element(
            kind=kind,
            # A picture is read by its description, whatever letters are drawn in it.
            kids=() if kind == "Figure" else kids,
            language=tag.language,
            description=tag.description,
            expansion=tag.expansion,
            target=links[0].target if links else "",
            name=links[0].contents if links else "",
            scope=tag.scope,
            headers=tuple(self._headers.get(name, "") for name in tag.headers),
            ordered=kind == "L" and tag.numbering not in ("", "None", "Disc", "Circle", "Square"),
            where=Where(next((content.page for content in tag.contents()), tag.page)),
        )


def _in_language(kids: Kids, language: str) -> Kids:
    return tuple(
        kid if isinstance(kid, Piece) else in_language((kid,), language)[0] for kid in kids
    )


def pages_of_names(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the 1-based page of each named destination."""
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if tree is None:
        return {}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    found: dict[str, int] = {}
    for name, value in pikepdf.NameTree(tree).items():
        target = value.get("/D") if isinstance(value, pikepdf.Dictionary) else value
        if isinstance(target, pikepdf.Array) and len(target):
            page = target[0]
            if isinstance(page, pikepdf.Dictionary) and page.objgen in numbers:
                found[str(name)] = numbers[page.objgen]
    return found
