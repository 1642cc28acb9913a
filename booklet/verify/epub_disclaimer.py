"""An opened book and the disclaimer's words in, findings about the fixed last page out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lxml import etree

from booklet.findings import Finding
from booklet.verify.epub_book import XHTML, Book, line, roles, target, text
from booklet.verify.epub_concern import Measure, in_book, in_part, measured
from booklet.verify.epub_navigation import entries
from booklet.verify.epub_styles import hiding_rules


def disclaimer(book: Book) -> Measure:
    """The disclaimer stands last, whole, unaltered and in sight, and can be found."""
    last = book.reading[-1] if book.reading else ""
    detail = f"{len(book.expectation.disclaimer_text.split())} words in {last}"
    page = book.pages.get(last)
    if page is None or not _holds(page, book.expectation.disclaimer_title):
        return measured("e-book disclaimer", [_misplaced(book)], detail)
    findings = [
        *_words(book, last, page),
        *_semantics(book, last, page),
        *_ways_in(book, last),
        *_in_sight(book, last, page),
    ]
    return measured("e-book disclaimer", findings, detail)


def _holds(page: etree._Element, title: str) -> bool:
    return any(_squeezed(text(heading)) == _squeezed(title) for heading in page.iter(f"{XHTML}h1"))


def _misplaced(book: Book) -> Finding:
    title = book.expectation.disclaimer_title
    places = [path for path, page in book.pages.items() if _holds(page, title)]
    where = f"it stands in {places[0]}" if places else "it is not in the book"
    return in_book("EPUB-018", book, f"The disclaimer must be the last page, but {where}.")


def _words(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    """Compare without white space: no word may be missing, altered or added."""
    expected = book.expectation
    body = "".join(text(node) for node in page.iter(f"{XHTML}body"))
    wanted = f"{expected.disclaimer_title} {expected.disclaimer_text}"
    if _squeezed(body) != _squeezed(wanted):
        message = f"The page does not hold the locked words alone. {_difference(body, wanted)}"
        yield in_part("EPUB-019", book, path, message)


def _squeezed(words: str) -> str:
    return "".join(unicodedata.normalize("NFC", words).split())


def _difference(body: str, wanted: str) -> str:
    read, expected = _squeezed(body), _squeezed(wanted)
    pairs = zip(read, expected, strict=False)
    start = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(read), len(expected)))
    return f'They part at "{read[max(0, start - 15) : start + 15]}".'


def _semantics(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    notices = [node for node in page.iter() if "doc-notice" in roles(node)]
    if len(notices) != 1 or not _holds(notices[0], book.expectation.disclaimer_title):
        message = "The disclaimer must be marked as a notice (role doc-notice), all of it."
        yield in_part("EPUB-020", book, path, message)


def _ways_in(book: Book, path: str) -> Iterator[Finding]:
    nav = book.nav()
    if nav is None:
        return
    here, page = nav
    for kind, name in (("toc", "contents"), ("landmarks", "landmarks")):
        files = {target(here, link.get("href", ""))[0] for link in entries(page, kind)}
        if path not in files:
            yield in_part("EPUB-021", book, here, f"The {name} do not lead to the disclaimer.")


def _in_sight(book: Book, path: str, page: etree._Element) -> Iterator[Finding]:
    for node in page.iter():
        if node.get("hidden") is not None or node.get("aria-hidden") == "true":
            message = "A part of the disclaimer is hidden from some readers."
            yield in_part("EPUB-022", book, path, message, line(node))
    for sheet, rule in hiding_rules(book, path, page):
        message = f"A style hides, moves or shrinks the disclaimer: {rule}"
        yield in_part("EPUB-022", book, sheet, message)
