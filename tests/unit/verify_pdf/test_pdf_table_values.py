"""Each value of a table stands with its column's words, side by side or on a card."""

from __future__ import annotations

import pytest

from booklet.verify.pdf import verify_pdf
from tests.unit.verify_pdf.pdf_samples import BODY, artifact, expected, found, joined

CELLS = "table { border-collapse: collapse } th, td { padding: 6pt 9pt; text-align: left }"
CARDS = (
    "table, thead, tbody, tr, th, td { display: block; padding: 0; text-align: left }"
    "td::before { content: attr(data-label) ' '; font-weight: bold }"
)
CARRIED = "thead { display: table-header-group }"


def table(*labels: str, style: str = "") -> str:
    """Return a table of two rows; the labels are those of its second row's values."""
    hope, tests = labels or ("The hope:", "Tests in people (2026):")
    return (
        f"<table style='{style}'><thead><tr><th scope='col'>Kind</th><th scope='col'>The hope</th>"
        "<th scope='col'>Tests in people (2026)</th></tr></thead><tbody>"
        "<tr><th scope='row'>Own cells</th><td data-label='The hope:'>Calm</td>"
        "<td data-label='Tests in people (2026):'>Few</td></tr>"
        f"<tr class='second'><th scope='row'>Donor cells</th><td data-label='{hope}'>Repair</td>"
        f"<td data-label='{tests}'>Small trials</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("style", "cards"),
    [
        (CELLS, 0),
        (f"{CELLS}{CARRIED} .second {{ break-before: page }}", 0),
        (CARDS, 4),
        (f"{CARDS} .second {{ break-before: page }}", 4),
        (f"{CARDS} td::before {{ display: block }}", 4),
    ],
    ids=["columns", "columns over a page", "cards", "cards over a page", "labels above"],
)
def test_values_with_their_columns_words_pass(style: str, cards: int) -> None:
    findings, tools = verify_pdf(artifact(joined(BODY + table(), css=style)), expected())
    assert [finding.line() for finding in findings if finding.rule.startswith("PDF-0")] == []
    (measure,) = [tool for tool in tools if tool.tool == "booklet: values of tables"]
    assert measure.detail == f"4 values with their columns' words, {cards} of them on cards"


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        (CARDS, ("", "Tests in people (2026):")),
        (CARDS, ("Tests in people:", "Tests in people (2026):")),
        (f"{CARDS} .second td::before {{ display: block; margin-bottom: 40pt }}", ()),
        (f"{CELLS} thead {{ display: table-row-group }} .second {{ break-before: page }}", ()),
    ],
    ids=["no label", "the label of another column", "a label far off", "a header not repeated"],
)
def test_a_value_without_its_columns_words_is_found(style: str, labels: tuple[str, ...]) -> None:
    findings = [
        finding
        for finding in found(joined(BODY + table(*labels), css=style))
        if finding.rule == "PDF-076"
    ]
    assert findings
    assert '"Repair" stands without "The hope"' in findings[0].message


def test_a_card_torn_over_two_pages_is_found() -> None:
    style = f"{CARDS} .second td + td {{ break-before: page }}"
    torn = [
        finding.rule
        for finding in found(joined(BODY + table(), css=style))
        if finding.rule.startswith("PDF-07")
    ]
    assert torn == ["PDF-072"]
