"""An opened e-book and its source in, every place where the two are not the same out.

The reading order must be the source, block for block and word for word; see docs/fidelity.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.epub_book import Book
from booklet.verify.epub_concern import Measure, in_book, in_part
from booklet.verify.expected import expected_on_screen
from booklet.verify.expected_frame import PAGE_NUMBER
from booklet.verify.fidelity_compare import compare
from booklet.verify.fidelity_judge import judged, not_checked
from booklet.verify.fidelity_rules import UNREAD, Difference, skipped_levels
from booklet.verify.pdf_page import excerpt
from booklet.verify.reading_order import Element, sequence
from booklet.verify.reading_order_epub import BookReading, read_book


def fidelity(book: Book) -> tuple[Measure, Measure]:
    """Hold the reading order against the source: its structure, and its words."""
    booklet = book.expectation.booklet
    if booklet is None:
        structure, text = not_checked()
        return Measure(*structure), Measure(*text)
    reading = read_book(book)
    language = booklet.meta.language
    comparison = compare(
        expected_on_screen(booklet),
        reading.elements,
        (language, language),
        _leads,
        PAGE_NUMBER,
    )
    differences = (
        *comparison.differences,
        *skipped_levels(sequence(reading.elements, "")),
        *_unread(reading),
    )
    found = [(each.rule, _finding(book, each)) for each in differences]
    structure, text = judged(found, comparison)
    return Measure(*structure), Measure(*text)


def _leads(link: Element, _target: str, goal: Element | None) -> bool:
    return goal is not None and link.target in goal.ids


def _unread(reading: BookReading) -> Iterator[Difference]:
    for where, words in reading.unread:
        message = f"the words {excerpt(words)} are shown and not read out."
        yield Difference(UNREAD, where, message)


def _finding(book: Book, difference: Difference) -> Finding:
    rule, where = f"EPUB-{difference.rule}", difference.where
    message = f"{difference.message[0].upper()}{difference.message[1:]}"
    if where.file:
        return in_part(rule, book, where.file, message, where.line)
    return in_book(rule, book, message)
