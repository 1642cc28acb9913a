"""An opened book in, findings about its title, language, direction and other required facts out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.epub_book import OPF, XML_LANG, Book
from booklet.verify.epub_concern import Measure, in_part, measured

_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def package(book: Book) -> Measure:
    """The facts that EPUB 3.3 requires of every book, and those that this one must state."""
    findings = [*_required(book), *_title(book), *_language(book), *_direction(book)]
    expected = book.expectation
    return measured("e-book facts", findings, f"{expected.title} ({expected.language})")


def _required(book: Book) -> Iterator[Finding]:
    def missing(message: str) -> Finding:
        return in_part("EPUB-005", book, book.package_path, message)

    if book.package.get("version") != "3.0":
        yield missing("The book does not say that it is an EPUB 3.")
    names = {
        node.get("id"): (node.text or "").strip() for node in book.package.iter("{*}identifier")
    }
    if not names.get(book.package.get("unique-identifier")):
        yield missing("The book has no identifier of its own.")
    changed = book.metas("dcterms:modified")
    if len(changed) != 1 or not _MODIFIED.fullmatch(changed[0]):
        yield missing("The book does not say once, as a date and time, when it was last changed.")
    for name in ("title", "language"):
        if not any(book.named(name)):
            yield missing(f"The book has no {name}.")


def _title(book: Book) -> Iterator[Finding]:
    expected = book.expectation.title
    if book.named("title")[:1] != (expected,):
        message = f'The book\'s first title must be "{expected}".'
        yield in_part("EPUB-013", book, book.package_path, message)


def _language(book: Book) -> Iterator[Finding]:
    expected = book.expectation.language
    if book.named("language") != (expected,) or book.package.get(XML_LANG) != expected:
        message = f"The package must state the language {expected}, and no other."
        yield in_part("EPUB-014", book, book.package_path, message)
    for path, page in book.pages.items():
        if page.get(XML_LANG) != expected or page.get("lang") != expected:
            message = f"The page must state the language {expected}."
            yield in_part("EPUB-014", book, path, message)


def _direction(book: Book) -> Iterator[Finding]:
    expected = book.expectation.direction
    spine = next(book.package.iter(f"{OPF}spine"), None)
    turns = None if spine is None else spine.get("page-progression-direction")
    # Left to right is what a book without a word of it is taken for.
    if book.package.get("dir") != expected or (turns or "ltr") != expected:
        message = f"The package must say that reading goes {expected}."
        yield in_part("EPUB-015", book, book.package_path, message)
    for path, page in book.pages.items():
        if page.get("dir") != expected:
            message = f"The page must say that reading goes {expected}."
            yield in_part("EPUB-015", book, path, message)
