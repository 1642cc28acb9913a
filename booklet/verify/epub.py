"""A finished EPUB and what it must hold in; findings and measures out. It knows no writer."""

from __future__ import annotations

from collections.abc import Callable

from booklet.editions import Artifact, Expectation, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.epub_access import access, pictures
from booklet.verify.epub_archive import archive, manifest
from booklet.verify.epub_book import Book, UnreadableBookError, open_book
from booklet.verify.epub_concern import Measure
from booklet.verify.epub_disclaimer import disclaimer
from booklet.verify.epub_navigation import navigation
from booklet.verify.epub_package import package
from booklet.verify.epub_page_breaks import printed_pages
from booklet.verify.epub_pages import links, pages
from booklet.verify.epub_styles import styles
from booklet.verify.fidelity_epub import fidelity

CONCERNS: tuple[Callable[[Book], Measure], ...] = (
    archive,
    manifest,
    package,
    pages,
    links,
    navigation,
    printed_pages,
    disclaimer,
    pictures,
    access,
    styles,
)


def verify_epub(
    artifact: Artifact, expectation: Expectation
) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    """Open a finished e-book as a stranger would; one that cannot be opened is a finding."""
    try:
        book = open_book(artifact.data, expectation)
    except UnreadableBookError as error:
        message = f"The finished e-book cannot be opened: {error}."
        finding = found("EPUB-003", Span(expectation.file), message)
        return (finding,), (ToolResult("booklet: e-book file", "failed", str(error)),)
    measures = (*(concern(book) for concern in CONCERNS), *fidelity(book))
    findings = in_order(finding for measure in measures for finding in measure.findings)
    return findings, tuple(measure.result for measure in measures)
