"""Lines of text with their baselines in, findings about lines too close or too long out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from booklet.findings import Finding
from booklet.verify.pdf_concern import NO_STRUCTURE, Measure, Opened, measured, on_page, unmeasured
from booklet.verify.pdf_flow import Block, PrintedLine
from booklet.verify.pdf_page import excerpt

BASELINE_TOLERANCE = 0.1
"""Points. Places reach the file as pixels with six decimals; rounding stays far below this."""
UNCOUNTED = ("Mn", "Me", "Cf")
"""Marks above and below letters, and signs that print nothing (Unicode general categories)."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The way from one baseline to the next; ``factor`` is in sizes of the larger letters."""

    lower: PrintedLine
    distance: float
    size: float

    @property
    def factor(self) -> float:
        return self.distance / self.size


def leading(opened: Opened) -> Measure:
    """Hold the distance of lines within a block to the edition's floor, as a factor of the size."""
    sizes = opened.expectation.edition.type
    if sizes is None:
        return measured("leading", (), "this edition promises no leading")
    if opened.tags is None:
        return unmeasured("leading", NO_STRUCTURE)
    steps = [step for block in opened.blocks for step in _steps(block)]
    findings = [
        on_page(
            "PDF-034",
            opened,
            step.lower.page,
            f"{excerpt(step.lower.text)} stands {step.distance:.1f} pt below the line above it, "
            f"{step.factor:.2f} times its size; {sizes.leading_floor:g} times is needed.",
        )
        for step in steps
        if step.distance < sizes.leading_floor * step.size - BASELINE_TOLERANCE
    ]
    factors = Counter(round(step.factor, 2) for step in steps)
    if not factors:
        return measured("leading", findings, "no block has two lines")
    usual = factors.most_common(1)[0][0]
    detail = f"smallest {min(factors):.2f}, usual {usual:.2f} of {len(steps)} line steps"
    return measured("leading", findings, detail)


def _steps(block: Block) -> Iterator[_Step]:
    """Yield the steps of a block; the words of a drawing are no lines."""
    if block.kind == "Figure":
        return
    for upper, lower in zip(block.lines, block.lines[1:], strict=False):
        if upper.page == lower.page:
            size = max(upper.size, lower.size)
            yield _Step(lower, upper.baseline - lower.baseline, size)


# ------------------------------------------------------------------ line lengths


def line_lengths(opened: Opened) -> Measure:
    """Hold every line to the edition's number of characters, spaces included."""
    limits = opened.expectation.edition.limits
    longest = limits.characters if limits else 10_000
    lines = [(page, line.text) for page in opened.pages for line in page.lines]
    findings: list[Finding] = [
        on_page(
            "PDF-033",
            opened,
            page.number,
            f"{excerpt(text)} is a line of {characters(text)} characters; {longest} is the limit.",
        )
        for page, text in lines
        if characters(text) > longest
    ]
    lengths = sorted(characters(text) for _, text in lines)
    if not lengths:
        return measured("line length", findings, "no text")
    detail = f"longest {lengths[-1]} characters of {len(lengths):,} lines, spaces counted"
    return measured("line length", findings, detail)


def characters(text: str) -> int:
    """Count what a reader counts: letters, digits, signs and the spaces between them.

    An accent belongs to its letter, and white space of any width is one space.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return sum(unicodedata.category(char) not in UNCOUNTED for char in words)
