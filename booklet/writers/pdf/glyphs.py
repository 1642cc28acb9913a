"""A booklet in, findings out: each character that no font of ours can show, found before layout."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from booklet.findings import Finding, found, in_order
from booklet.model import Asset, Booklet, SourceText, Span
from booklet.writers.pdf.fonts import coverage

# White space and joiners that layout itself deals with, and soft hyphens.
_NO_GLYPH_NEEDED = frozenset({0x0A, 0x20, 0xA0, 0xAD, 0x200C, 0x200D, 0x200E, 0x200F})


def missing(booklet: Booklet) -> tuple[Finding, ...]:
    """Return one finding for each block with characters that cannot be printed."""
    known = coverage() | _NO_GLYPH_NEEDED
    findings = []
    for span, text in _texts(booklet, booklet.meta.span):
        unknown = sorted({char for char in text if ord(char) not in known})
        if unknown:
            names = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in unknown)
            findings.append(found("GLYPH-001", span, f"our print fonts cannot show {names}"))
    return in_order(findings)


def _texts(node: Any, span: Span) -> Iterator[tuple[Span, str]]:
    """Walk any model node; each text comes with the nearest place above it."""
    if isinstance(node, str):
        yield span, node
    elif isinstance(node, tuple):
        for child in node:
            yield from _texts(child, span)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span | Asset | SourceText):
        here = getattr(node, "span", span)
        for field in dataclasses.fields(node):
            yield from _texts(getattr(node, field.name), here)
