"""The report's page is accessible itself, its data is the same, and neither claims too much."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html

from booklet import conformance, criteria
from booklet.conformance import Conformance, Outcome
from booklet.editions import Artifact, ToolResult, Verdict, edition
from booklet.findings import Finding, Severity, found
from booklet.model import Booklet, Signature, Span
from tests import samples

ROWS = ("large-a4", "epub")
NASTY = '<script>alert("x")</script> & \u2028'


def result(name: str, outcome: Any = "passed", detail: str = "measured") -> ToolResult:
    return ToolResult(name, outcome, detail)


def booklet(*confirmed: str, content: str = "0" * 64, row: str = "epub") -> Booklet:
    signed = Signature(row, content, "A nurse <b>", "2026-12-01", confirmed, Span("x.yaml"))
    return replace(samples.booklet(), signatures=(signed,))


def report(
    row: str = "large-a4",
    *findings: Finding,
    of: Booklet | None = None,
    known: bool = True,
    tools: tuple[ToolResult, ...] = (result("booklet: contents"),),
) -> Conformance:
    source = (of or samples.booklet()) if known else None
    about = conformance.subject("a/b.pdf", "f" * 64, edition(row), source)
    return conformance.judge(about, findings, tools)


def files(made: Conformance) -> tuple[html.HtmlElement, dict[str, Any]]:
    page, data = conformance.beside("a/b.pdf", made).values()
    return html.document_fromstring(page), json.loads(data)


def every(kind: str) -> tuple[str, ...]:
    return tuple(point.id for point in criteria.points(kind))


def test_the_files_stand_beside_the_file() -> None:
    made = conformance.beside("a/b.c.pdf", report())
    assert list(made) == ["a/b.c.conformance.html", "a/b.c.conformance.json"]


@pytest.mark.parametrize("row", ROWS)
def test_the_page_is_accessible_itself(row: str) -> None:
    page, _ = files(report(row))
    assert page.get("lang") == "en"
    assert page.findtext(".//title")
    headings = [node.tag for node in page.iter("h1", "h2", "h3")]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}
    assert page.find(".//meta[@name='viewport']") is not None
    assert len(page.findall(".//main")) == 1
    assert [node.tag for node in page.iter("script", "img", "iframe", "link")] == []
    ids = Counter(node.get("id") for node in page.iter() if node.get("id"))
    assert set(ids.values()) == {1}
    for link in page.iter("a"):
        assert (link.get("href") or "").removeprefix("#") in ids
        assert link.text_content().strip()


@pytest.mark.parametrize("row", ROWS)
def test_every_table_has_a_caption_and_every_cell_its_headers(row: str) -> None:
    page, _ = files(report(row))
    tables = page.findall(".//table")
    assert len(tables) == 6
    for table in tables:
        assert (table.findtext("caption") or "").strip()
        first, *others = table.findall(".//tr")
        columns = first.findall("th")
        if len(columns) > 1:
            assert {cell.get("scope") for cell in columns} == {"col"}
        for row_ in others:
            assert [cell.get("scope") for cell in row_.findall("th")] == ["row"]
            assert all(cell.text_content().strip() for cell in row_.iter("td", "th")), (
                etree.tostring(row_)
            )


def test_the_page_reads_without_its_style() -> None:
    page, _ = files(report())
    assert [node for node in page.iter() if node.get("style") or node.get("class")] == []
    style = page.findtext(".//style") or ""
    assert "color" not in style
    assert "px;" not in style.replace("1px solid;", "")


@pytest.mark.parametrize("row", ROWS)
def test_page_and_data_say_the_same(row: str) -> None:
    made = report(row)
    page, data = files(made)
    words = page.text_content()
    for standard in data["standards"]:
        for line in standard["criteria"]:
            assert line["name"] in words
            assert line["outcome"] in words
    assert data["counts"] == {key.value: number for key, number in made.counts.items()}
    assert data["sha256"] in words
    assert {point["id"] for point in data["points"]} == set(every(data["format"]))


def test_names_and_messages_cannot_break_the_page() -> None:
    wrong = Finding("PDF-049", Severity.ERROR, Span("a/b.pdf"), NASTY, NASTY)
    source = replace(samples.booklet(), meta=replace(samples.meta(), title=NASTY))
    page, data = files(report("large-a4", wrong, of=source, tools=(result(NASTY),)))
    assert page.find(".//script") is None
    assert NASTY in data["findings"][0]["message"]
    assert "alert" in page.text_content()


def test_the_same_report_is_the_same_bytes() -> None:
    assert conformance.beside("a", report()) == conformance.beside("a", report())


# ------------------------------------------------------------------------- what is claimed


def claim(made: Conformance) -> tuple[str, str | None]:
    page, data = files(made)
    section = page.find(".//section[@aria-labelledby='claim']")
    assert section is not None
    return section.findtext("p") or "", data["claim"]


def test_without_a_signature_nothing_is_claimed() -> None:
    said, value = claim(report("epub"))
    assert "claims no standard" in said
    assert value is None


def test_a_whole_signature_lets_the_ebook_claim_the_standard() -> None:
    said, value = claim(report("epub", of=booklet(*every("epub"))))
    assert value == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert value in said
    assert "A nurse <b>" in said
    assert "1 December 2026" in said


@pytest.mark.parametrize("points", [every("epub")[1:], ()])
def test_an_open_point_claims_nothing(points: tuple[str, ...]) -> None:
    said, value = claim(report("epub", of=booklet(*points)))
    assert "still open" in said
    assert value is None


def test_a_signature_for_other_content_claims_nothing() -> None:
    said, value = claim(report("epub", of=booklet(*every("epub"), content="1" * 64)))
    assert "claims no standard" in said
    assert value is None


def test_a_pdf_tells_why_it_carries_its_mark_and_claims_no_more() -> None:
    said, value = claim(report())
    assert "mark of PDF/UA-1" in said
    assert "nothing more is claimed" in said
    signed = booklet(*every("pdf"), row="large-a4")
    said, also = claim(report(of=signed))
    assert "A nurse" in said
    assert value is also is None


def test_of_a_strangers_file_nothing_is_confirmed() -> None:
    said, value = claim(report("epub", known=False))
    assert "not known" in said
    assert value is None


def test_with_faults_nothing_is_to_be_relied_on() -> None:
    wrong = found("EPUB-023", Span("a/b"), "A picture has no description.")
    said, value = claim(report("epub", wrong, of=booklet(*every("epub"))))
    assert "do not rely on it" in said
    assert value is None
    failed = (result("EPUBCheck", "failed"),)
    assert claim(report("epub", of=booklet(*every("epub")), tools=failed))[1] is None


# ------------------------------------------------------------- what was not checked is loud


def test_what_was_not_checked_stands_in_a_place_of_its_own() -> None:
    page, _ = files(report(tools=(result("booklet: text fidelity", "not checked", "no source"),)))
    section = page.find(".//section[@aria-labelledby='unchecked']")
    assert section is not None
    words = section.text_content()
    assert "booklet: text fidelity: no source" in words
    assert "veraPDF ua1" in words


def test_faults_are_listed_with_the_way_out() -> None:
    wrong = found("PDF-049", Span("a/b"), "The file is protected.")
    page, data = files(report("large-a4", wrong))
    section = page.find(".//section[@aria-labelledby='faults']")
    assert section is not None
    assert "The file is protected." in section.text_content()
    assert wrong.hint in section.text_content()
    assert data["counts"][Outcome.FAULTS.value] >= 1


def test_a_report_costs_less_than_50_milliseconds() -> None:
    row = edition("large-a4")
    artifact = Artifact(row, "b.pdf", row.media_type, b"", "f" * 64)
    tools = tuple(result(f"booklet: {number}") for number in range(40))
    verdict = Verdict(artifact, (), tools)
    conformance.reports("a/b.pdf", verdict, samples.booklet())
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        conformance.reports("a/b.pdf", verdict, samples.booklet())
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05
