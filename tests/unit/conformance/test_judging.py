"""A criterion is proven only where something has decided it, and is as good as its weakest part."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from booklet import conformance, criteria
from booklet.conformance import Line, Outcome
from booklet.editions import ToolResult, edition
from booklet.findings import Finding, found
from booklet.model import Booklet, Signature, Span
from tests import samples

PDF, EPUB = edition("large-a4"), edition("epub")
Word = Literal["passed", "failed", "not checked"]


def signature(*confirmed: str, row: str = "epub", **changes: str) -> Signature:
    signed = Signature(row, "0" * 64, "A nurse", "2026-12-01", confirmed, Span("x.yaml"))
    return replace(signed, **changes)  # type: ignore[arg-type]  # the changes are all words


def every(kind: str) -> tuple[str, ...]:
    return tuple(point.id for point in criteria.points(kind))


def tools(kind: str, word: Word = "passed") -> tuple[ToolResult, ...]:
    """Every tool that the criteria of a format rest on, with one outcome for all."""
    rows = (row for standard in criteria.standards(kind) for row in standard.criteria)
    names = sorted({each.tool for row in rows for each in row.evidence})
    return tuple(ToolResult(name, word, "measured") for name in names)


def judged(
    row_id: str = "large-a4",
    *findings: Finding,
    results: tuple[ToolResult, ...] | None = None,
    booklet: Booklet | None = None,
    unknown: frozenset[str] = frozenset(),
) -> dict[str, Line]:
    row = edition(row_id)
    about = conformance.subject("a/b", "f" * 64, row, booklet or samples.booklet())
    measured = tools(row.format) if results is None else results
    report = conformance.judge(about, findings, measured, unknown)
    return {line.id: line for table in report.tables for line in table.lines}


def test_what_a_rule_decides_is_proven_by_that_rule_with_its_measure() -> None:
    line = judged()["26"]
    assert line.outcome is Outcome.PROVEN
    (proof,) = line.proofs
    assert (proof.tool, proof.rules) == ("booklet: contents", ("PDF-049",))
    assert proof.detail == "measured"


def test_without_any_measure_nothing_is_proven() -> None:
    for row in ("large-a4", "epub"):
        outcomes = {line.outcome for line in judged(row, results=()).values()}
        assert outcomes <= {Outcome.NOT_CHECKED, Outcome.NEEDS_PERSON, Outcome.NOT_APPLICABLE}
        waved = [
            line.id
            for line in judged(row, results=()).values()
            if line.outcome is Outcome.NOT_APPLICABLE
        ]
        assert waved in (["1.4.12"], [])


@pytest.mark.parametrize("row", ["large-a4", "epub"])
def test_a_missing_tool_is_never_a_pass(row: str) -> None:
    lines = judged(row, results=tools(edition(row).format, "not checked"))
    for line in lines.values():
        if line.proofs:
            assert line.outcome is Outcome.NOT_CHECKED, line.id


@pytest.mark.parametrize("row", ["large-a4", "epub"])
def test_what_a_person_must_judge_is_never_proven_by_machine(row: str) -> None:
    for line in judged(row).values():
        if line.person:
            assert line.outcome is Outcome.NEEDS_PERSON, line.id


def test_a_finding_of_its_rule_is_a_fault_of_the_criterion_and_of_no_other() -> None:
    wrong = found("PDF-049", Span("a/b"), "The file is protected.")
    failed = tuple(
        replace(tool, outcome="failed") if tool.tool == "booklet: contents" else tool
        for tool in tools("pdf")
    )
    lines = judged("large-a4", wrong, results=failed)
    assert lines["26"].outcome is Outcome.FAULTS
    assert "The file is protected." in lines["26"].proofs[0].detail
    # The same measure found nothing against the rule that these rest on.
    assert lines["25"].outcome is Outcome.PROVEN
    assert lines["05"].outcome is Outcome.NOT_APPLICABLE


def test_an_outside_program_that_failed_the_file_proves_nothing() -> None:
    failed = tuple(
        replace(tool, outcome="failed", detail="7.1-3") if tool.tool == "veraPDF ua1" else tool
        for tool in tools("pdf")
    )
    lines = judged(results=failed)
    resting = [line for line in lines.values() if "veraPDF ua1" in {p.tool for p in line.proofs}]
    assert len(resting) > 5
    assert {line.outcome for line in resting} == {Outcome.FAULTS}


def test_a_measure_that_failed_without_saying_why_proves_nothing() -> None:
    lines = judged(results=tools("pdf", "failed"))
    assert {line.outcome for line in lines.values() if line.proofs} == {Outcome.FAULTS}


def test_what_does_not_apply_must_be_shown_not_to() -> None:
    film = found("PDF-050", Span("a/b"), "The file holds a film.")
    assert judged()["1.2.2"].outcome is Outcome.NOT_APPLICABLE
    assert judged(results=())["1.2.2"].outcome is Outcome.NOT_CHECKED
    assert judged("large-a4", film)["1.2.2"].outcome is Outcome.FAULTS


def test_rules_that_could_not_be_judged_prove_nothing() -> None:
    lines = judged(unknown=frozenset({"PDF-042"}))
    assert lines["3.1.1"].outcome is Outcome.NOT_CHECKED
    assert lines["26"].outcome is Outcome.PROVEN


def test_a_signature_confirms_what_it_says_and_no_more() -> None:
    booklet = replace(samples.booklet(), signatures=(signature("colour"),))
    lines = judged("epub", booklet=booklet)
    assert lines["1.4.1"].outcome is Outcome.CONFIRMED
    assert lines["1.3.3"].outcome is Outcome.NEEDS_PERSON
    pdf = judged("large-a4", booklet=booklet)
    assert pdf["1.4.1"].outcome is Outcome.NEEDS_PERSON


@pytest.mark.parametrize("change", [{"content": "1" * 64}, {"signed_by": ""}, {"date": ""}])
def test_a_signature_that_does_not_stand_confirms_nothing(change: dict[str, str]) -> None:
    signed = signature(*every("epub"), **change)
    lines = judged("epub", booklet=replace(samples.booklet(), signatures=(signed,)))
    assert Outcome.CONFIRMED not in {line.outcome for line in lines.values()}


def test_a_whole_signature_and_all_tools_leave_nothing_open() -> None:
    booklet = replace(samples.booklet(), signatures=(signature(*every("epub")),))
    outcomes = {line.outcome for line in judged("epub", booklet=booklet).values()}
    assert outcomes == {Outcome.PROVEN, Outcome.CONFIRMED, Outcome.NOT_APPLICABLE}


def test_a_fault_outweighs_a_signature() -> None:
    booklet = replace(samples.booklet(), signatures=(signature(*every("epub")),))
    wrong = found("EPUB-023", Span("a/b"), "A picture has no description.")
    lines = judged("epub", wrong, booklet=booklet)
    assert lines["1.1.1"].outcome is Outcome.FAULTS
    assert lines["wcag"].outcome is Outcome.FAULTS


def test_the_line_that_sums_up_wcag_is_as_good_as_its_weakest_criterion() -> None:
    assert judged("epub")["wcag"].outcome is Outcome.NEEDS_PERSON
    without = tuple(t for t in tools("epub") if not t.tool.startswith("Browser"))
    assert judged("epub", results=without)["wcag"].outcome is Outcome.NOT_CHECKED


def test_the_counts_are_of_all_lines() -> None:
    about = conformance.subject("a/b", "f" * 64, EPUB, samples.booklet())
    report = conformance.judge(about, (), tools("epub"))
    assert sum(report.counts.values()) == sum(len(table.lines) for table in report.tables) == 69
    assert report.unasked == ()
    assert conformance.judge(about, (), ()).unasked == (
        "Ace by DAISY",
        "Browser (Chromium)",
        "EPUBCheck",
    )
