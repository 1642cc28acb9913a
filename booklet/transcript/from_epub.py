"""The pages of a finished EPUB in, in reading order; what is heard of them out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from booklet.editions import Expectation, edition
from booklet.transcript.heard import Heard, Kind, Page, Recording
from booklet.verify.epub_book import (
    XHTML,
    XML_LANG,
    UnreadableBookError,
    open_book,
    roles,
    text,
    types,
)

_KINDS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    "p": Kind.PARAGRAPH,
    "ul": Kind.LIST,
    "ol": Kind.LIST,
    "dl": Kind.LIST,
    "li": Kind.ITEM,
    "dt": Kind.LABEL,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "img": Kind.PICTURE,
    "blockquote": Kind.QUOTE,
    "a": Kind.LINK,
    "abbr": Kind.ABBREVIATION,
    **dict.fromkeys(("span", "strong", "em", "b", "i", "dfn", "cite", "small"), Kind.INLINE),
    **dict.fromkeys(("sub", "sup", "code", "q", "bdi", "wbr"), Kind.INLINE),
}
# Roles that readers announce as a passage apart (ARIA 1.2, DPUB-ARIA 1.1).
_BOXES = frozenset({"note", "doc-notice", "doc-tip", "doc-example"})
# Nothing is expected of the book: it is only opened.
_NOTHING = Expectation(edition("epub"), "", "", "", "", "", "")


def hear_epub(data: bytes) -> Recording:
    """Listen to an EPUB, page by page. Raises ValueError when the bytes are no whole EPUB."""
    try:
        book = open_book(data, _NOTHING)
    except UnreadableBookError as error:
        raise ValueError(f"this is no e-book that can be read: {error}") from error
    language = next(iter(book.named("language")), "")
    pages = tuple(_page(book.pages[path], language) for path in book.reading if path in book.pages)
    title = next(iter(book.named("title")), "")
    return Recording(title, language, 0, Heard(Kind.GROUP, pages))


def _page(root: etree._Element, language: str) -> Heard:
    body = root.find(f"{XHTML}body")
    kids = () if body is None else tuple(_kids(body))
    return Heard(Kind.GROUP, kids, language=_language(root) or language)


def _kids(node: etree._Element) -> Iterator[Heard | Page | str]:
    yield node.text or ""
    for kid in node:
        if not _hidden(kid):
            yield _heard(kid)
        yield kid.tail or ""


def _hidden(node: etree._Element) -> bool:
    return node.get("hidden") is not None or node.get("aria-hidden") == "true"


def _heard(node: etree._Element) -> Heard | Page | str:
    name = _tag(node)
    if "doc-pagebreak" in roles(node) or "pagebreak" in types(node):
        return Page(node.get("aria-label") or node.get("title") or text(node))
    if name == "br":
        return " "
    kind = Kind.BOX if _BOXES & set(roles(node)) else _kind(node, name)
    language = _language(node)
    match kind:
        case Kind.PICTURE:
            return Heard(kind, (), node.get("alt", ""), language) if node.get("alt") != "" else ""
        case Kind.HEADING:
            return Heard(kind, tuple(_kids(node)), name[1:], language)
        case Kind.LINK:
            label = node.get("aria-label", "")
            return Heard(kind, (label,) if label else tuple(_kids(node)), label, language)
        case Kind.ABBREVIATION:
            return Heard(kind, tuple(_kids(node)), node.get("title", ""), language)
        case Kind.ITEM:
            return Heard(kind, (*_label(node), *_kids(node)), language=language)
        case Kind.CELL:
            return Heard(kind, tuple(_kids(node)), language=language, headings=_headings(node))
        case _:
            return Heard(kind, tuple(_kids(node)), language=language)


def _kind(node: etree._Element, name: str) -> Kind:
    """What an element is; a group of a definition list is an item of it."""
    if name == "th":
        return Kind.ROW_HEADING if node.get("scope") == "row" else Kind.COLUMN_HEADING
    parent = node.getparent()
    if name == "div" and parent is not None and _tag(parent) == "dl":
        return Kind.ITEM
    return _KINDS.get(name, Kind.GROUP)


def _label(node: etree._Element) -> Iterator[Heard]:
    """The bullet or number of an item; lists of navigation have none (EPUB 3.3, 7.4.1)."""
    parent = node.getparent()
    if parent is None or _inside_navigation(node) or _tag(node) != "li":
        return
    if _tag(parent) == "ul":
        yield Heard(Kind.LABEL, ("•",))
    else:
        place = parent.findall(f"{XHTML}li").index(node)
        yield Heard(Kind.LABEL, (f"{int(parent.get('start', '1')) + place}.",))


def _inside_navigation(node: etree._Element) -> bool:
    return any(_tag(above) == "nav" for above in node.iterancestors())


def _headings(cell: etree._Element) -> tuple[str, str]:
    """The words that head a cell's column and row; the product's tables have no joined cells."""
    row = cell.getparent()
    table = next((above for above in cell.iterancestors() if _tag(above) == "table"), None)
    if row is None or table is None:
        return "", ""
    first = next(table.iter(f"{XHTML}tr"), row)
    index = list(row).index(cell)
    heads = [head for head in first if _tag(head) == "th"] if first is not row else []
    column = next((text(head) for head in heads if list(first).index(head) == index), "")
    own = (text(head) for head in row if _tag(head) == "th" and head.get("scope") == "row")
    return column, next(own, "")


def _tag(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def _language(node: etree._Element) -> str:
    return node.get(XML_LANG) or node.get("lang") or ""
