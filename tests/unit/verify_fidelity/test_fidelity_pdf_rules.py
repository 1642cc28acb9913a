"""Each rule of fidelity in a PDF: samples that break it, and it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from booklet.findings import catalogue
from booklet.model import Booklet, Section
from tests.samples import SPAN, paragraph, words
from tests.unit.verify_fidelity import fidelity_samples as s
from tests.unit.verify_fidelity.fidelity_spoilers import SPOILERS, drop_paragraph

FIRST, SECOND = paragraph("The first of two."), paragraph("The second of two.")
# A word that no line can hold, and so is broken wherever the style allows it.
LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbau"


def test_the_sample_is_true_to_its_source() -> None:
    rules, (structure, text) = s.pdf_result(s.pdf())
    assert rules == []
    assert (structure.outcome, text.outcome) == ("passed", "passed")
    assert structure.detail == "92 of 92 elements match; 0 empty"
    assert text.detail == "171 of 171 words match"


@pytest.mark.parametrize(("rule", "change"), SPOILERS, ids=lambda v: getattr(v, "__name__", v))
def test_a_spoiled_tree_breaks_exactly_its_rule(
    rule: str, change: Callable[[pikepdf.Pdf], None]
) -> None:
    assert s.pdf_rules(s.spoiled(change)) == [rule]


def _with(*new: Any) -> Booklet:
    return s.booklet(s.swapped(FIRST, *new))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("PDF-101", _with(FIRST, paragraph("One more."))),
        ("PDF-102", _with()),
        ("PDF-103", s.booklet(lambda n: (*n[2:4], n[1], *n[:1], *n[4:]))),
        ("PDF-105", _with(paragraph("The worst of two."))),
        ("PDF-105", _with(paragraph("The first of two"))),
        ("PDF-105", _with(paragraph("Thefirst of two."))),
    ],
)
def test_a_file_of_another_source_breaks_exactly_the_rule(rule: str, source: Booklet) -> None:
    rules, (structure, text) = s.pdf_result(s.pdf(), source)
    assert rules == [rule]
    failed = text if rule == "PDF-105" else structure
    assert failed.outcome == "failed"


def test_a_skipped_level_is_found_though_the_source_has_it_too() -> None:
    deep = Section("first-deep", 3, words("Deep"), (paragraph("Inside."),), SPAN)
    source = _with(deep)
    assert s.pdf_rules(s.written(source), source) == ["PDF-112"]


@pytest.mark.parametrize(
    ("rule", "css"),
    [
        ("PDF-117", "a.xref::after { content: ' (' attr(data-page) '\\a0 9)' }"),
        ("PDF-118", "p { overflow-wrap: anywhere; width: 60mm }"),
        ("PDF-119", "@page { @top-center { content: 'Draft' } }"),
    ],
)
def test_a_style_that_changes_what_is_read_is_found(rule: str, css: str) -> None:
    source = _with(paragraph(LONG))
    assert s.pdf_rules(s.written(source, css=css), source) == [rule]


def test_a_missing_paragraph_fails_both_measures() -> None:
    _, (structure, text) = s.pdf_result(s.spoiled(drop_paragraph))
    assert structure.detail.startswith("91 of 92 elements")
    assert text.outcome == "failed"
    assert text.detail == "167 of 171 words match"


def test_a_file_without_a_tag_tree_matches_nothing() -> None:
    def bare(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/StructTreeRoot"]

    rules, (structure, text) = s.pdf_result(s.spoiled(bare))
    assert rules == ["PDF-101"]
    assert structure.detail.startswith("0 of 92")
    assert text.detail.startswith("0 of 171")


def test_without_a_source_nothing_is_claimed() -> None:
    from booklet.verify.pdf import verify_pdf
    from tests.unit.verify_pdf.pdf_samples import artifact

    findings, tools = verify_pdf(artifact(s.pdf()), s.unchecked())
    assert not [f for f in findings if f.rule.startswith("PDF-1")]
    fidelity = {tool.tool: tool.outcome for tool in tools if "fidelity" in tool.tool}
    assert set(fidelity.values()) == {"not checked"}
    assert len(fidelity) == 2


def test_every_rule_has_a_sample() -> None:
    here = {rule for rule, _ in SPOILERS} | {"PDF-105", "PDF-112", "PDF-117", "PDF-118", "PDF-119"}
    rules = {r for r in catalogue() if r.startswith("PDF-1") and len(r) == 7}
    assert here == rules
