"""An opened book in, findings about its ZIP, manifest and reading order out."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.epub_book import PAGE_TYPE, Book
from booklet.verify.epub_concern import Measure, in_book, in_part, measured

_MIMETYPE = b"application/epub+zip"
_UNLISTED = ("mimetype", "META-INF/")


def archive(book: Book) -> Measure:
    """The ZIP says first and unpacked what it is, and holds each name once (EPUB 3.3, OCF)."""
    findings = [*_first_entry(book), *_twice(book)]
    return measured("e-book file", findings, f"{len(book.entries)} files in the ZIP")


def _first_entry(book: Book) -> Iterator[Finding]:
    first = book.entries[0] if book.entries else None
    is_right = (
        first is not None
        and first.filename == "mimetype"
        and first.compress_type == zipfile.ZIP_STORED
        and not first.extra
        and book.files["mimetype"] == _MIMETYPE
    )
    if not is_right:
        message = 'The first file in the book must be "mimetype", unpacked, and nothing else.'
        yield in_book("EPUB-001", book, message)


def _twice(book: Book) -> Iterator[Finding]:
    for name, count in Counter(entry.filename for entry in book.entries).items():
        if count > 1:
            yield in_part("EPUB-002", book, name, f"{name} is in the book {count} times.")


def manifest(book: Book) -> Measure:
    """Every file is listed and every listed file is there."""
    findings = [*_missing(book), *_unlisted(book), *_spine(book)]
    detail = f"{len(book.items)} files listed, {len(book.spine)} in the reading order"
    return measured("e-book parts", findings, detail)


def _missing(book: Book) -> Iterator[Finding]:
    for item in book.items:
        if item.path not in book.files:
            message = f"The list of parts names {item.path}, but the book does not hold it."
            yield in_part("EPUB-006", book, book.package_path, message)
    for name in ("id", "path"):
        for value, count in Counter(getattr(item, name) for item in book.items).items():
            if count > 1:
                message = f"The list of parts names {value} {count} times."
                yield in_part("EPUB-006", book, book.package_path, message)


def _unlisted(book: Book) -> Iterator[Finding]:
    listed = {item.path for item in book.items} | {book.package_path}
    for name in book.files:
        if name not in listed and not name.startswith(_UNLISTED):
            yield in_part("EPUB-007", book, name, f"{name} is in the book but in no list of parts.")


def _spine(book: Book) -> Iterator[Finding]:
    kinds = {item.path: item.media_type for item in book.items}
    if not book.reading:
        yield in_part("EPUB-008", book, book.package_path, "The reading order is empty.")
    for path, count in Counter(place.path for place in book.spine).items():
        if kinds.get(path) != PAGE_TYPE:
            message = f"The reading order names {path or 'a part'} that is no page of the book."
            yield in_part("EPUB-008", book, book.package_path, message)
        elif count > 1:
            message = f"The reading order shows {path} {count} times."
            yield in_part("EPUB-008", book, book.package_path, message)
    for path in sorted(set(book.pages) - {place.path for place in book.spine}):
        message = f"{path} is in the book, but the reading order never comes to it."
        yield in_part("EPUB-008", book, book.package_path, message)
