"""Finished sheets to fold and what they must hold in; findings and measures out.

Each page is laid over the page of the print that it was made of; the sheets are folded as paper
is. No code of the writer is known here.
"""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2 as pdfium

from booklet.editions import Artifact, Expectation, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify import sheets_file, sheets_pages
from booklet.verify.sheets_concern import OpenedSheets
from booklet.verify.sheets_read import surfaces

CONCERNS = (*sheets_file.CONCERNS, *sheets_pages.CONCERNS)


def verify_sheets(
    artifact: Artifact, expectation: Expectation
) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    """Measure finished sheets as a stranger would; a file that cannot be opened is a finding."""
    try:
        with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
            parent = surfaces(expectation.parent) if expectation.parent else ()
            sides = surfaces(artifact.data)
            opened = OpenedSheets(artifact.name, pdf, sides, parent, expectation)
            measures = tuple(concern(opened) for concern in CONCERNS)
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError) as error:
        reason = re.sub(r"^stream <[^>]*>(: )?", "", str(error))
        message = f"The finished file cannot be opened: {reason}."
        finding = found("PDF-052", Span(expectation.file), message)
        return (finding,), (ToolResult("booklet: file", "failed", reason),)
    findings = in_order(finding for measure in measures for finding in measure.findings)
    return findings, tuple(measure.result for measure in measures)
