"""What every concern of e-book verification gives: findings, and a measure in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from booklet.editions import ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.epub_book import Book


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


def in_book(rule: str, book: Book, message: str) -> Finding:
    """Make a finding about the book as a whole."""
    return found(rule, Span(book.expectation.file), message)


def in_part(rule: str, book: Book, path: str, message: str, line: int = 1) -> Finding:
    """Make a finding about one file inside the book; the line is the one in that file."""
    return found(rule, Span(f"{book.expectation.file}/{path}", line), message)
