"""An opened book in, findings about each page out: markup, ids, links, notes, headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from booklet.findings import Finding
from booklet.verify.epub_book import XHTML, Book, line, roles, target, text
from booklet.verify.epub_concern import Measure, in_part, measured

_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
_OUTWARD = ("https", "http", "mailto", "tel")
_ID_LISTS = ("aria-labelledby", "aria-describedby", "aria-details")


def pages(book: Book) -> Measure:
    """Each page is well-formed, has a title and one main heading, and puts no role on its body."""
    findings = [
        *(
            in_part("EPUB-009", book, path, f"The page is not well-formed: {reason}.")
            for path, reason in book.malformed
        ),
        *(finding for path, page in book.pages.items() for finding in _page(book, path, page)),
    ]
    return measured("e-book pages", findings, f"{len(book.pages)} pages")


def _page(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    title = next(page.iter(f"{XHTML}title"), None)
    if title is None or not text(title):
        yield in_part("EPUB-030", book, path, "The page has no title.")
    yield from _headings(book, path, page)
    for body in page.iter(f"{XHTML}body"):
        if roles(body):
            yield in_part("EPUB-031", book, path, "The body of the page has a role.", line(body))
    ids = Counter(node.get("id") for node in page.iter() if node.get("id") is not None)
    for name, count in ids.items():
        if count > 1:
            yield in_part("EPUB-011", book, path, f'The id "{name}" stands here {count} times.')


def _headings(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    """One main heading, and none that skips a level; the picture of the cover needs none."""
    if any("doc-cover" in roles(node) for node in page.iter()):
        return
    headings = [node for node in page.iter(*_HEADINGS) if not _is_hidden(node)]
    levels = [int(str(node.tag)[-1]) for node in headings]
    if levels[:1] != [1] or levels.count(1) != 1:
        message = "The page must begin with its one main heading."
        yield in_part("EPUB-030", book, path, message)
    for node, before, level in zip(headings[1:], levels, levels[1:], strict=False):
        if level > before + 1:
            message = f'The heading "{text(node)}" skips a level.'
            yield in_part("EPUB-030", book, path, message, line(node))


def _is_hidden(node: etree._Element) -> bool:
    return any(parent.get("hidden") is not None for parent in (node, *node.iterancestors()))


def links(book: Book) -> Measure:
    """Every link, picture and reference leads to something that is there."""
    addresses = [
        (path, node, name, value)
        for path, page in book.pages.items()
        for node in page.iter()
        for name, value in _addresses(node)
    ]
    findings = [
        *(f for path, node, name, value in addresses for f in _link(book, path, node, name, value)),
        *(f for path, page in book.pages.items() for f in _references(book, path, page)),
        *(f for path, page in book.pages.items() for f in _notes(book, path, page)),
    ]
    return measured("e-book links", findings, f"{len(addresses)} links and pictures")


def _addresses(node: etree._Element) -> Iterator[tuple[str, str]]:
    for name in ("href", "src", "data", "poster", "{http://www.w3.org/1999/xlink}href"):
        value = node.get(name)
        if value is not None:
            yield name, value


def _link(book: Book, path: str, node: etree._Element, name: str, value: str) -> Iterator[Finding]:
    if urlsplit(value).scheme:
        if name != "href" or node.tag != f"{XHTML}a" or urlsplit(value).scheme not in _OUTWARD:
            message = f"{value[:60]} is fetched from outside the book."
            yield in_part("EPUB-028", book, path, message, line(node))
        return
    file, anchor = target(path, value)
    page = book.pages.get(file)
    if file not in {item.path for item in book.items} or file not in book.files:
        message = f"{value} leads to a file that the book does not hold."
        yield in_part("EPUB-010", book, path, message, line(node))
    elif anchor and (page is None or anchor not in _ids(page)):
        message = f"{value} leads to a place that is not there."
        yield in_part("EPUB-010", book, path, message, line(node))


def _references(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    ids = _ids(page)
    for node in page.iter():
        for name in _ID_LISTS:
            for anchor in (node.get(name) or "").split():
                if anchor not in ids:
                    message = f'{name} points to "{anchor}", which is not on the page.'
                    yield in_part("EPUB-010", book, path, message, line(node))


def _notes(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    """A reader who follows the mark of a note must find the way back."""
    for mark in page.iter(f"{XHTML}a"):
        if "doc-noteref" not in roles(mark):
            continue
        file, anchor = target(path, mark.get("href", ""))
        note = _by_id(book, file, anchor)
        back = (path, mark.get("id", ""))
        if note is None or not any(
            target(file, link.get("href", "")) == back for link in note.iter(f"{XHTML}a")
        ):
            message = f'The note at "{text(mark)}" has no link back to its mark.'
            yield in_part("EPUB-033", book, path, message, line(mark))


def _by_id(book: Book, path: str, anchor: str) -> etree._Element | None:
    page = book.pages.get(path)
    nodes = () if page is None else page.iter()
    return next((node for node in nodes if anchor and node.get("id") == anchor), None)


def _ids(page: etree._Element) -> frozenset[str]:
    return frozenset(node.get("id", "") for node in page.iter()) - {""}
