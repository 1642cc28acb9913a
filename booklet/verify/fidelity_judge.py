"""Findings and a comparison in, the two measures of fidelity out: of structure, and of text."""

from __future__ import annotations

from collections.abc import Iterable

from booklet.editions import ToolResult
from booklet.findings import Finding, in_order
from booklet.verify.fidelity_compare import Comparison
from booklet.verify.fidelity_rules import OF_WORDS

STRUCTURE, TEXT = "booklet: structure fidelity", "booklet: text fidelity"
Judged = tuple[tuple[Finding, ...], ToolResult]


def not_checked() -> tuple[Judged, Judged]:
    """Return the measures of a file whose source is not at hand."""
    results = (ToolResult(tool, "not checked", "no source given") for tool in (STRUCTURE, TEXT))
    structure, text = (((), result) for result in results)
    return structure, text


def judged(
    findings: Iterable[tuple[int, Finding]], comparison: Comparison, more: str = ""
) -> tuple[Judged, Judged]:
    """Return both measures: findings with the numbers of their rules, and what was compared."""
    of_words: list[Finding] = []
    of_structure: list[Finding] = []
    for rule, finding in findings:
        (of_words if rule in OF_WORDS else of_structure).append(finding)
    elements, words = comparison.elements, comparison.words
    detail = f"{elements[0]:,} of {elements[1]:,} elements match{'; ' if more else ''}{more}"
    structure = _judged(STRUCTURE, of_structure, detail, elements)
    text = _judged(TEXT, of_words, f"{words[0]:,} of {words[1]:,} words match", words)
    return structure, text


def _judged(tool: str, findings: list[Finding], detail: str, counts: tuple[int, int]) -> Judged:
    is_right = not findings and counts[0] == counts[1]
    return in_order(findings), ToolResult(tool, "passed" if is_right else "failed", detail)
