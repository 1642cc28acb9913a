"""A finished PDF and what it must hold in; findings and measures out. It knows no writer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium

from booklet.editions import Artifact, Expectation, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.fidelity_pdf import fidelity
from booklet.verify.pdf_actual_text import letters_alone
from booklet.verify.pdf_bounds import too_much
from booklet.verify.pdf_breaks import captions, headings, labels, rows, widows
from booklet.verify.pdf_concern import Measure, Opened
from booklet.verify.pdf_disclaimer import disclaimer, disclaimer_is_read_last
from booklet.verify.pdf_document import bookmarks, contents, metadata, structure
from booklet.verify.pdf_fonts import fonts
from booklet.verify.pdf_furniture import page_numbers
from booklet.verify.pdf_grey import shades_of_grey
from booklet.verify.pdf_layout import fill, margins, paper
from booklet.verify.pdf_lines import leading, line_lengths
from booklet.verify.pdf_links import links, qr_codes
from booklet.verify.pdf_overlap import crossed_words, overlaps
from booklet.verify.pdf_phones import phone_numbers
from booklet.verify.pdf_rasters import drawings, resolution
from booklet.verify.pdf_read import read_pages
from booklet.verify.pdf_spare import even_pages, spare_notes
from booklet.verify.pdf_tables import told_apart
from booklet.verify.pdf_text import contrasts, glyph_sizes, hidden_places, replaced_words

CONCERNS: tuple[Callable[[Opened], Measure], ...] = (
    glyph_sizes,
    contrasts,
    hidden_places,
    replaced_words,
    overlaps,
    crossed_words,
    disclaimer,
    disclaimer_is_read_last,
    fonts,
    paper,
    margins,
    drawings,
    resolution,
    leading,
    line_lengths,
    widows,
    headings,
    rows,
    labels,
    captions,
    told_apart,
    phone_numbers,
    page_numbers,
    fill,
    even_pages,
    spare_notes,
    metadata,
    bookmarks,
    structure,
    links,
    qr_codes,
    contents,
)


def verify_pdf(
    artifact: Artifact, expectation: Expectation
) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    """Measure a finished PDF as a stranger would; a file that cannot be opened is a finding."""
    try:
        with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
            if reason := too_much(pdf):
                return _unreadable(expectation, reason)
            labels = tuple(str(page.label) for page in pdf.pages)
            pages = read_pages(letters_alone(artifact.data), labels)
            if not pages:
                return _unreadable(expectation, "it has no pages")
            opened = Opened(artifact.data, pdf, pages, expectation)
            own = (concern(opened) for concern in CONCERNS)
            measures = (*own, *shades_of_grey(opened), *fidelity(opened))
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError) as error:
        return _unreadable(expectation, re.sub(r"^stream <[^>]*>(: )?", "", str(error)))
    findings = in_order(finding for measure in measures for finding in measure.findings)
    return findings, tuple(measure.result for measure in measures)


def _unreadable(
    expectation: Expectation, reason: str
) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    message = f"The finished file cannot be opened: {reason}."
    finding = found("PDF-052", Span(expectation.file), message)
    return (finding,), (ToolResult("booklet: file", "failed", reason),)
