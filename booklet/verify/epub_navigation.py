"""An opened book in, findings about its contents, landmarks and page list out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from booklet.findings import Finding
from booklet.verify.epub_book import XHTML, Book, roles, target, text, types
from booklet.verify.epub_concern import Measure, in_book, in_part, measured

# What a reader has passed before coming to the contents; a contents list need not name it.
_BEFORE_CONTENTS = frozenset({"cover", "titlepage"})


def navigation(book: Book) -> Measure:
    """The contents lead to every part in reading order; landmarks and page list are right."""
    nav = book.nav()
    if nav is None:
        message = "The book must have one navigation page that can be read."
        return measured("e-book contents", [in_book("EPUB-012", book, message)], "none")
    path, page = nav
    findings = [
        *_toc(book, path, page),
        *_landmarks(book, path, page),
        *_page_list(book, path, page),
    ]
    count = len(entries(page, "toc"))
    return measured("e-book contents", findings, f"{count} lines in the contents")


def entries(page: etree._Element, kind: str) -> tuple[etree._Element, ...]:
    """Return the links of the navigation list of this ``epub:type``, in order."""
    navs = (nav for nav in page.iter(f"{XHTML}nav") if kind in types(nav))
    return tuple(link for nav in navs for link in nav.iter(f"{XHTML}a"))


def _toc(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    lists = [nav for nav in page.iter(f"{XHTML}nav") if "toc" in types(nav)]
    if len(lists) != 1 or "doc-toc" not in roles(lists[0]) or not entries(page, "toc"):
        message = "The navigation page must hold one list of contents with the role doc-toc."
        yield in_part("EPUB-012", book, path, message)
    targets = [target(path, link.get("href", "")) for link in entries(page, "toc")]
    for link in entries(page, "toc"):
        if not text(link):
            yield in_part("EPUB-012", book, path, "A line of the contents has no words.")
    places = [_place(book, *where) for where in targets]
    if places != sorted(places):
        message = "The contents are not in the order in which the book is read."
        yield in_part("EPUB-016", book, path, message)
    named = {file for file, _ in targets}
    for file in book.reading:
        if file not in named and file != path and not _comes_before(book, file):
            yield in_part("EPUB-016", book, path, f"The contents do not name {file}.")


def _place(book: Book, file: str, anchor: str) -> tuple[int, int]:
    """Where a target stands: the document's number, then the element's number in it."""
    if file not in book.reading or file not in book.pages:
        return len(book.reading), 0
    nodes = [node.get("id") for node in book.pages[file].iter()]
    return book.reading.index(file), nodes.index(anchor) if anchor in nodes else 0


def _comes_before(book: Book, file: str) -> bool:
    page = book.pages.get(file)
    return page is not None and any(_BEFORE_CONTENTS & set(types(node)) for node in page.iter())


def _is_page_break(book: Book, file: str, anchor: str) -> bool:
    page = book.pages.get(file)
    nodes = () if page is None else page.iter()
    return any(n.get("id") == anchor and "doc-pagebreak" in roles(n) for n in nodes)


def _landmarks(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    links = entries(page, "landmarks")
    kinds = {kind for link in links for kind in types(link)}
    for kind in ("toc", "bodymatter"):
        if kind not in kinds:
            yield in_part("EPUB-017", book, path, f'The landmarks have no "{kind}".')
    for link in links:
        if not types(link) or not text(link):
            message = f"The landmark {link.get('href')} needs words and a kind."
            yield in_part("EPUB-017", book, path, message)


def _page_list(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    """Page numbers and the name of the print they come from go together."""
    links = entries(page, "page-list")
    if bool(links) != bool(any(book.metas("pageBreakSource"))):
        message = "A list of printed pages and the name of that print must come together."
        yield in_part("EPUB-032", book, path, message)
    places = [_place(book, *target(path, link.get("href", ""))) for link in links]
    for link in links:
        if not _is_page_break(book, *target(path, link.get("href", ""))):
            message = f"The printed page {text(link)} does not lead to a mark of a page break."
            yield in_part("EPUB-032", book, path, message)
    if places != sorted(places):
        message = "The printed pages are not in the order in which the book is read."
        yield in_part("EPUB-032", book, path, message)
