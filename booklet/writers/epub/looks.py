"""Finished pages and pictures in, what may truly be said of them out: nothing is taken on trust."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from booklet.model import Asset
from booklet.writers.epub.pages import Page

_XHTML = "{http://www.w3.org/1999/xhtml}"
_PICTURES = (f"{_XHTML}img", "{http://www.w3.org/2000/svg}svg")
_HEADINGS = tuple(f"{_XHTML}h{level}" for level in (1, 2, 3, 4))
_MOVING = (b"<animate", b"<set", b"<script")


@dataclass(frozen=True, slots=True)
class Looks:
    """What the pages show. ``undescribed`` counts pictures without words that are no decoration."""

    pictures: int
    undescribed: int
    long_descriptions: int
    pages_without_heading: int
    page_breaks: int
    has_page_list: bool
    may_move: bool


def look(pages: tuple[Page, ...], assets: tuple[Asset, ...]) -> Looks:
    """Look at every page and picture. Raises lxml.etree.XMLSyntaxError for a malformed page."""
    trees = [etree.fromstring(page.data, _parser()) for page in pages]
    shown = [p for tree in trees for p in tree.iter(*_PICTURES) if not _is_decoration(p)]
    return Looks(
        pictures=len(shown),
        undescribed=sum(not _words(picture) for picture in shown),
        long_descriptions=sum("aria-details" in picture.attrib for picture in shown),
        pages_without_heading=sum(not _has_heading(tree) for tree in trees),
        page_breaks=sum(_count(tree, "doc-pagebreak") for tree in trees),
        has_page_list=any(_count(tree, "doc-pagelist") for tree in trees),
        may_move=any(mark in asset.data for asset in assets for mark in _MOVING),
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _count(tree: etree._Element, role: str) -> int:
    return sum(node.get("role") == role for node in tree.iter())


def _has_heading(tree: etree._Element) -> bool:
    """A page that is nothing but the picture of the cover needs none."""
    return _count(tree, "doc-cover") > 0 or any(True for _ in tree.iter(*_HEADINGS))


def _is_decoration(picture: etree._Element) -> bool:
    hidden = picture.get("aria-hidden") == "true" or picture.get("role") in ("none", "presentation")
    return hidden or any(parent.get("aria-hidden") == "true" for parent in picture.iterancestors())


def _words(picture: etree._Element) -> str:
    return (picture.get("alt") or picture.get("aria-label") or "").strip()
