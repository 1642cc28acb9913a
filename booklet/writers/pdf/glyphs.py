"""A booklet in, findings out: each character that no font of ours can show, found before layout."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from booklet.findings import Finding, found, in_order
from booklet.model import Asset, Booklet, SourceText, Span
from booklet.writers.pdf.drawn import lettering
from booklet.writers.pdf.fonts import without_glyph

# White space and joiners that layout itself deals with, and soft hyphens.
_NO_GLYPH_NEEDED = frozenset({0x0A, 0x20, 0xA0, 0xAD, 0x200C, 0x200D, 0x200E, 0x200F})
# A drawing keeps its lines as they were typed, and none of its white space is printed.
_SPACE = frozenset({0x09, 0x0D})
_REDRAW = (
    "Write it in words, use another character, or let the drawing program turn the word into paths."
)


def missing(booklet: Booklet) -> tuple[Finding, ...]:
    """Return one finding for each block, or line of a drawing, that cannot be printed."""
    findings = []
    for span, text in _texts(booklet, booklet.meta.span):
        unknown = _unknown(text, _NO_GLYPH_NEEDED)
        if unknown:
            findings.append(_finding(span, unknown, None))
    for asset in pictures(booklet):
        for span, text in lettering(asset):
            unknown = _unknown(text, _NO_GLYPH_NEEDED | _SPACE)
            if unknown:
                findings.append(_finding(span, unknown, _REDRAW))
    return in_order(findings)


def pictures(booklet: Booklet) -> tuple[Asset, ...]:
    """Return the pictures of a booklet, the clinic's among them."""
    logo = booklet.clinic.logo if booklet.clinic else None
    return (*booklet.assets, *((logo,) if logo else ()))


def drawn_points(booklet: Booklet) -> frozenset[int]:
    """Return the code points of all words in drawings: they are set in our fonts, too."""
    return frozenset(
        ord(char) for asset in pictures(booklet) for _, text in lettering(asset) for char in text
    )


def _unknown(text: str, free: frozenset[int]) -> list[str]:
    """Return the letters without a glyph; those that are ``free`` need none."""
    return sorted(map(chr, without_glyph(frozenset(map(ord, text)) - free)))


def _finding(span: Span, unknown: Iterable[str], hint: str | None) -> Finding:
    names = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in unknown)
    return found("GLYPH-001", span, f"our print fonts cannot show {names}", hint)


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
