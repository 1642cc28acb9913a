"""What every concern of PDF verification takes (an opened file) and gives (findings, a measure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

from booklet.editions import Expectation, Margins, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.pdf_flow import Block, blocks_of, words_by_mark
from booklet.verify.pdf_page import Box, Page
from booklet.verify.tagtree import Tag, read_tags

POINTS_A_MM = 72 / 25.4
COVER = 1
"""The first page: it carries no number, and its shape may bleed off the paper."""


@dataclass(frozen=True, slots=True)
class Held:
    """A dictionary or stream with its keys: to ask the file for one that is not there is slow."""

    item: Any
    keys: frozenset[str]
    is_stream: bool


@dataclass(frozen=True)
class Opened:
    """A finished PDF: its bytes, its objects and its measured pages."""

    data: bytes
    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    expectation: Expectation

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Every dictionary and stream of the file that has a number of its own."""
        return tuple(
            Held(item, frozenset(item.keys()), is_stream)
            for item in self.pdf.objects
            if (is_stream := isinstance(item, pikepdf.Stream))
            or isinstance(item, pikepdf.Dictionary)
        )

    @cached_property
    def tags(self) -> Tag | None:
        """The structure tree with its words, or None when the file has none or an empty one."""
        tags = read_tags(self.pdf, words_by_mark(self.pages))
        return tags if tags and any(True for _ in tags.contents()) else None

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the structure tree in reading order, with their printed lines."""
        return blocks_of(self.tags, self.pages) if self.tags else ()

    def is_right_hand(self, page: int) -> bool:
        """True when this page, counted from 1, lies at the right of an open booklet.

        A booklet that reads from left to right begins with a right-hand page; the other, left.
        """
        return (page % 2 == 1) == (self.expectation.direction != "rtl")

    def column(self, page: Page) -> Box | None:
        """Return what the edition's margins leave of a page, in points; None without margins.

        The binding's share is at the left of a right-hand page. Never narrower than the limit,
        but for the last page, whose margins may give way to the disclaimer.
        """
        row = self.expectation.edition
        if row.limits is None:
            return None
        block = max(row.block_margin, row.limits.margin)
        free = Margins(max(row.margin, row.limits.margin), block, block, row.foot)
        if row.last is not None and page.number == len(self.pages):
            free = row.last
        outer, inner = free.side, free.side + row.binding
        left, right = (inner, outer) if self.is_right_hand(page.number) else (outer, inner)
        return (
            left * POINTS_A_MM,
            free.foot * POINTS_A_MM,
            page.width - right * POINTS_A_MM,
            page.height - free.head * POINTS_A_MM,
        )


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


def unmeasured(tool: str, reason: str) -> Measure:
    """Return a measure that says why it could not be taken: "not checked", never "passed"."""
    return Measure((), ToolResult(f"booklet: {tool}", "not checked", reason))


NO_STRUCTURE = "the file has no structure"


def on_page(rule: str, opened: Opened, page: int, message: str) -> Finding:
    """Make a finding about a page; the page number stands for the line."""
    span = Span(opened.expectation.file, page)
    return found(rule, span, f"Page {page}: {message}")


def in_file(rule: str, opened: Opened, message: str) -> Finding:
    """Make a finding about the file as a whole."""
    return found(rule, Span(opened.expectation.file), message)
