"""An opened e-book in, its elements in reading order out: the linear documents, one after another.

Groups are looked through. An id is the place of a file, ``#`` and the id itself; the file alone
is its first element. Set aside by name: what is hidden from everybody, as the lists of landmarks
and pages are, and the marks of printed page breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from lxml import etree

from booklet.verify.epub_book import SVG, XHTML, XML_LANG, Book, line, roles, target, text
from booklet.verify.reading_order import Element, Piece, Where, in_language
from booklet.verify.reading_order_roles import GROUP, kind_of, name_of, place_of

Kids = tuple[Element | Piece, ...]
LOOSE = "loose words"
_SCOPES = {"col": "Column", "row": "Row"}


@dataclass(slots=True)
class BookReading:
    """What a book holds; ``unread`` are words that are shown and hidden from screen readers."""

    elements: tuple[Element, ...] = ()
    unread: list[tuple[Where, str]] = field(default_factory=list)


def read_book(book: Book) -> BookReading:
    """Read the linear documents of a book in their order."""
    reading = BookReading()
    for path in book.reading:
        if path in book.pages:
            page = book.pages[path]
            elements = _top(_Reader(path, reading).document(page), path)
            reading.elements += in_language(elements, page.get(XML_LANG) or "")
    return reading


def _top(kids: Kids, path: str) -> tuple[Element, ...]:
    """The elements of a document; words outside of every element become one of their own."""
    where = Where(file=path)
    loose = (k if isinstance(k, Element) else Element(LOOSE, (k,), where=where) for k in kids)
    elements = [element for element in loose if element.kind != LOOSE or element.all_words()]
    if elements:
        elements[0] = replace(elements[0], ids=(*elements[0].ids, f"{path}#"))
    return tuple(elements)


class _Reader:
    """Reads one document; ``_waiting`` are ids of groups whose first element is still to come."""

    def __init__(self, path: str, reading: BookReading) -> None:
        self._path = path
        self._reading = reading
        self._waiting: tuple[str, ...] = ()

    def document(self, root: etree._Element) -> Kids:
        return tuple(part for body in root.iter(f"{XHTML}body") for part in self._inside(body, ""))

    def _inside(self, node: etree._Element, place: str) -> Kids:
        parts: list[Element | Piece] = [Piece(node.text)] if node.text else []
        for kid in node:
            parts += self._node(kid, place)
            if kid.tail:
                parts.append(Piece(kid.tail))
        return tuple(parts)

    def _node(self, node: etree._Element, place: str) -> Kids:
        if name_of(node) == "br":
            return (Piece(" "),)
        if self._is_set_aside(node):
            return ()
        if node.get("id"):
            self._waiting = (*self._waiting, f"{self._path}#{node.get('id')}")
        kind = kind_of(node, place)
        inner = place_of(node, kind, place)
        if kind == GROUP:
            language = node.get(XML_LANG) or ""
            return tuple(
                in_language((kid,), language)[0] if isinstance(kid, Element) else kid
                for kid in self._inside(node, inner)
            )
        return (self._element(node, kind, inner),)

    def _is_set_aside(self, node: etree._Element) -> bool:
        if node.get("hidden") is not None or "doc-pagebreak" in roles(node):
            return True
        is_unread = node.get("aria-hidden") == "true"
        if is_unread and text(node):
            self._reading.unread.append((self._where(node), text(node)))
        return is_unread

    def _where(self, node: etree._Element) -> Where:
        return Where(file=self._path, line=line(node))

    def _element(self, node: etree._Element, kind: str, inner: str) -> Element:
        ids, self._waiting = self._waiting, ()
        element = Element(
            kind,
            # A picture is read by its description, whatever words are drawn in it.
            () if kind == "Figure" else self._inside(node, inner),
            language=node.get(XML_LANG) or "",
            ids=ids,
            where=self._where(node),
        )
        match kind:
            case "L":
                return replace(element, ordered=name_of(node) == "ol")
            case "LI" if name_of(node) == "li":
                return replace(element, kids=(Element("LBody", element.kids, where=element.where),))
            case "Figure":
                return replace(element, description=_description(node))
            case "Span":
                return replace(element, expansion=node.get("title") or "")
            case "TH":
                return replace(element, scope=_SCOPES.get(node.get("scope") or "", ""))
            case "Table":
                return replace(element, kids=_with_headers(element.kids))
            case "TOCI":
                return replace(element, kids=tuple(map(_referring, element.kids)))
            case "Link":
                return self._link(node, element)
            case "Reference":
                link = self._link(node, replace(element, kind="Link"))
                return Element("Reference", (link,), where=element.where)
            case _:
                return element

    def _link(self, node: etree._Element, element: Element) -> Element:
        href = node.get("href") or ""
        path, name = target(self._path, href)
        return replace(
            element,
            target=href if urlsplit(href).scheme else f"{path}#{name}",
            name=node.get("aria-label") or element.all_words(),
        )


def _description(node: etree._Element) -> str:
    if node.tag == f"{SVG}svg":
        titles = (text(title) for title in node.iter(f"{SVG}title"))
        return node.get("aria-label") or next(titles, "")
    return node.get("alt") or ""


def _referring(kid: Element | Piece) -> Element | Piece:
    """The link of an entry of the contents refers to what it names."""
    if isinstance(kid, Element) and kid.kind == "Link":
        return Element("Reference", (kid,), where=kid.where)
    return kid


def _with_headers(kids: Kids) -> Kids:
    """Give each cell the words of its headers, by the place and scope of header cells."""
    columns: dict[int, str] = {}
    return tuple(
        replace(kid, kids=tuple(_cells(kid, columns)))
        if isinstance(kid, Element) and kid.kind == "TR"
        else kid
        for kid in kids
    )


def _cells(row: Element, columns: dict[int, str]) -> list[Element | Piece]:
    """Return the cells of a row; its column headers are kept for the rows below."""
    cells: list[Element | Piece] = []
    row_header = ""
    for column, cell in enumerate(kid for kid in row.kids if isinstance(kid, Element)):
        if cell.scope == "Column":
            columns[column] = cell.all_words()
        elif cell.scope == "Row":
            row_header = cell.all_words()
        heads = tuple(head for head in (row_header, columns.get(column, "")) if head)
        cells.append(replace(cell, headers=heads) if cell.kind == "TD" else cell)
    return cells
