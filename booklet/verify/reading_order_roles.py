"""An element of an e-book in, what a screen reader takes it for out: by name and role, no class."""

from __future__ import annotations

from lxml import etree

from booklet.verify.epub_book import SVG, XHTML, XML_LANG, roles

GROUP = ""
"""An element that only groups others, or is not read out: bold words, sections, figures."""
IN_CONTENTS, IN_NOTES, IN_PAIRS = "contents", "notes", "pairs"
"""Where an element stands, as far as that changes what it is."""

_GROUPS = frozenset(
    "body main section header footer nav div aside article figure span strong em b i dfn small"
    " thead tbody tfoot bdi bdo wbr".split()
)
_KINDS = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "dl": "L",
    "dt": "Lbl",
    "dd": "LBody",
    "blockquote": "BlockQuote",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "tr": "TR",
    "td": "TD",
    "th": "TH",
    "a": "Link",
    "img": "Figure",
    "abbr": "Span",
}
_BY_PLACE = {
    (IN_CONTENTS, "ol"): "TOC",
    (IN_CONTENTS, "li"): "TOCI",
    (IN_NOTES, "ol"): GROUP,
    (IN_NOTES, "li"): "Note",
    (IN_PAIRS, "div"): "LI",
}
_CALLOUTS = frozenset({"note", "doc-notice", "doc-tip", "doc-example"})
_MARKS = frozenset({"doc-noteref", "doc-biblioref"})


def name_of(node: etree._Element) -> str:
    """Return the name of an XHTML element; any other keeps its name space."""
    return str(node.tag).removeprefix(XHTML)


def kind_of(node: etree._Element, place: str) -> str:
    """Return the kind of an element, GROUP when there is none to tell."""
    name, said = name_of(node), frozenset(roles(node))
    if (place, name) in _BY_PLACE:
        return _BY_PLACE[place, name]
    if said & _CALLOUTS and not _is_part(node):
        return "Callout"
    if name == "a" and said & _MARKS:
        return "Reference"
    if name == "span" and node.get(XML_LANG):
        return "Span"
    if node.tag == f"{SVG}svg":
        return "Figure"
    return GROUP if name in _GROUPS else _KINDS.get(name, name)


def _is_part(node: etree._Element) -> bool:
    """True for the one section of a document: a whole part may be a notice, and is no box."""
    around = node.getparent()
    return around is not None and name_of(around) == "body"


def place_of(node: etree._Element, kind: str, place: str) -> str:
    """Return where the children of an element stand."""
    said = roles(node)
    if "doc-toc" in said:
        return IN_CONTENTS
    if "doc-endnotes" in said:
        return IN_NOTES
    if name_of(node) == "dl":
        return IN_PAIRS
    return place if kind in (GROUP, "TOC", "TOCI") else ""
