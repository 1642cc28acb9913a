"""What every concern of PDF verification takes (an opened file) and gives (findings, a measure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf

from booklet.editions import Expectation, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.pdf_page import Page

POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Opened:
    """A finished PDF: its bytes, its objects and its measured pages."""

    data: bytes
    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class Measure:
    """What one concern found, and what it measured in words for a person."""

    findings: tuple[Finding, ...]
    result: ToolResult


def measured(tool: str, findings: Iterable[Finding], detail: str) -> Measure:
    """Return a measure; it failed when anything was found."""
    ordered = in_order(findings)
    result = ToolResult(f"booklet: {tool}", "failed" if ordered else "passed", detail)
    return Measure(ordered, result)


def on_page(rule: str, opened: Opened, page: int, message: str) -> Finding:
    """Make a finding about a page; the page number stands for the line."""
    span = Span(opened.expectation.file, page)
    return found(rule, span, f"Page {page}: {message}")


def in_file(rule: str, opened: Opened, message: str) -> Finding:
    """Make a finding about the file as a whole."""
    return found(rule, Span(opened.expectation.file), message)
