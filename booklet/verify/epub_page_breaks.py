"""An opened book and its print's pages in, findings about the marks of the printed pages out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from booklet.editions import ToolResult
from booklet.findings import Finding
from booklet.verify.epub_access import is_decoration, words_for_picture
from booklet.verify.epub_book import XHTML, Book, line, roles, target, text, types
from booklet.verify.epub_concern import Measure, in_book, in_part, measured
from booklet.verify.epub_navigation import entries
from booklet.verify.reading_order import squeezed

_FEATURES = ("pageBreakMarkers", "pageNavigation")
_TOOL = "e-book printed pages"
_ENOUGH = 4000
"""Characters: more than the first words of a page, or a picture's description, ever take."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of a page break; ``following`` are the letters that follow it, in all documents."""

    path: str
    node: etree._Element
    label: str
    following: str


def printed_pages(book: Book) -> Measure:
    """Every page of the print is marked at its first word, listed, and the print is named."""
    marks = tuple(_marks(book))
    findings = [*_form(book, marks), *_listed(book, marks)]
    if book.expectation.page_starts:
        findings += [*_complete(book, marks), *_words(book, marks), *_source(book)]
    elif marks and not findings:
        reason = "the print that it is made from is not at hand"
        return Measure((), ToolResult(f"booklet: {_TOOL}", "not checked", reason))
    return measured(_TOOL, findings, f"{len(marks)} pages of the print are marked")


# ------------------------------------------------------------------------- reading


def _marks(book: Book) -> Iterator[_Mark]:
    pieces: list[tuple[str, str | etree._Element]] = []
    for path in book.reading:
        page = book.pages.get(path)
        for body in () if page is None else page.iter(f"{XHTML}body"):
            pieces += ((path, piece) for piece in _pieces(body))
    for index, (path, piece) in enumerate(pieces):
        if not isinstance(piece, str):
            behind = (pieces[place] for place in range(index, len(pieces)))
            yield _Mark(path, piece, piece.get("aria-label", ""), _following(behind))


def _following(pieces: Iterable[tuple[str, str | etree._Element]]) -> str:
    """The letters of so many pieces as any number of first words may take."""
    text = ""
    for _, piece in pieces:
        text += piece if isinstance(piece, str) else ""
        if len(text) > _ENOUGH:
            break
    return squeezed(text)


def _pieces(node: etree._Element) -> Iterator[str | etree._Element]:
    """All words inside an element that can be read, and the marks among them."""
    yield node.text or ""
    for kid in node:
        if _is_mark(kid):
            yield kid
        elif kid.get("hidden") is None and kid.get("aria-hidden") != "true":
            if kid.tag == f"{XHTML}img" and not is_decoration(kid):
                yield words_for_picture(kid)
            yield from _pieces(kid)
        yield kid.tail or ""


def _is_mark(node: etree._Element) -> bool:
    return "doc-pagebreak" in roles(node) or "pagebreak" in types(node)


# ------------------------------------------------------------------------- rules


def _form(book: Book, marks: tuple[_Mark, ...]) -> Iterator[Finding]:
    """A mark is empty, so that it adds no word, and says in both ways what it is."""
    for mark in marks:
        node = mark.node
        is_empty = not len(node) and not (node.text or "").strip()
        is_named = "doc-pagebreak" in roles(node) and "pagebreak" in types(node)
        if not (is_empty and is_named and mark.label and node.get("id")):
            message = (
                f'The mark of page "{mark.label}" must be empty, with a role, a number and an id.'
            )
            yield in_part("EPUB-303", book, mark.path, message, line(node))


def _listed(book: Book, marks: tuple[_Mark, ...]) -> Iterator[Finding]:
    """The list leads to each mark, by its number and in its order, and to nothing else."""
    nav = book.nav()
    if nav is None:
        return
    path, page = nav
    listed = [(text(a), *target(path, a.get("href", ""))) for a in entries(page, "page-list")]
    marked = [(mark.label, mark.path, mark.node.get("id", "")) for mark in marks]
    for row, mark in zip_longest(listed, marked):
        if row != mark:
            label = (mark or row)[0]
            message = f'The list of printed pages and the marks differ from page "{label}" on.'
            yield in_part("EPUB-302", book, path, message)
            return


def _complete(book: Book, marks: tuple[_Mark, ...]) -> Iterator[Finding]:
    pairs = zip_longest((label for label, _ in book.expectation.page_starts), _labels(marks))
    for wanted, label in pairs:
        if wanted is None:
            yield in_book("EPUB-302", book, f'The print has no page "{label}" after its last.')
        elif label != wanted:
            yield in_book("EPUB-302", book, f'Page "{wanted}" of the print is not marked in order.')
        else:
            continue
        return


def _labels(marks: tuple[_Mark, ...]) -> Iterator[str]:
    return (mark.label for mark in marks)


def _words(book: Book, marks: tuple[_Mark, ...]) -> Iterator[Finding]:
    by_label = {mark.label: mark for mark in reversed(marks)}
    for label, words in book.expectation.page_starts:
        mark = by_label.get(label)
        if mark is not None and not mark.following.startswith(squeezed(words)):
            message = f'Page {label} of the print begins with "{words}"; its mark stands elsewhere.'
            yield in_part("EPUB-301", book, mark.path, message, line(mark.node))


def _source(book: Book) -> Iterator[Finding]:
    named, wanted = book.metas("pageBreakSource"), book.expectation.page_source
    if named != (wanted,):
        message = f"The book must name {wanted} as the print whose pages it marks."
        yield in_part("EPUB-304", book, book.package_path, message)
    for feature in _FEATURES:
        if feature not in book.metas("schema:accessibilityFeature"):
            message = f"The book marks the pages of the print, but does not state {feature}."
            yield in_part("EPUB-304", book, book.package_path, message)
