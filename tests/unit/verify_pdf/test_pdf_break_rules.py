"""What a page or a line break may not tear apart: a passing and a failing sample for each rule."""

from __future__ import annotations

import pytest

from booklet.findings import Finding
from booklet.verify.pdf import verify_pdf
from tests.unit.verify_pdf.pdf_samples import BODY, artifact, expected, found, joined, rules

FILLER = '<div style="height:{}mm;border-bottom:1pt solid"></div>'
LINE = "Ask the nurse when you are not sure."


def torn(here: int, there: int) -> str:
    """Return a paragraph with so many lines on its first page and so many on the next."""
    first, second = ("<br>".join([LINE] * count) for count in (here, there))
    return f"<p>{first}<span style='display:block;break-before:page'>{second}</span></p>"


def one(body: str, css: str = "") -> Finding:
    (finding,) = found(joined(body, css=css))
    return finding


# ---------------------------------------------------------- lines of a paragraph


def test_two_lines_may_stand_at_a_page_end() -> None:
    data = joined(BODY + torn(2, 2))
    findings, tools = verify_pdf(artifact(data), expected())
    assert findings == ()
    details = {tool.tool: tool.detail for tool in tools}
    assert details["booklet: widows and orphans"] == "1 blocks go over a page"


@pytest.mark.parametrize(("here", "there", "page"), [(1, 3, 1), (3, 1, 2)], ids=["orphan", "widow"])
def test_a_single_line_at_a_page_end_is_found(here: int, there: int, page: int) -> None:
    finding = one(BODY + torn(here, there))
    assert (finding.rule, finding.span.line) == ("PDF-070", page)
    assert f'"{LINE}" is the only line' in finding.message


# ----------------------------------------------------------------------- headings

HEADING = "<h2 style='font-size:22pt;break-after:{}'>Moving about</h2>"


def test_a_heading_needs_text_below_it() -> None:
    lone = HEADING.format("auto") + "<p style='break-before:page'>Stand up slowly.</p>"
    finding = one(BODY + lone)
    assert (finding.rule, finding.span.line) == ("PDF-071", 1)
    assert '"Moving about" stands alone' in finding.message


@pytest.mark.parametrize(
    "rest",
    [
        "<p>Stand up slowly.</p>",
        "<ol><li>Sit.</li><li>Stand.</li></ol>",
        "<h3 style='font-size:20pt'>At home</h3><p>Stand up slowly.</p>",
        FILLER.format(30),
    ],
    ids=["a short paragraph", "a list", "another heading", "lines to write on"],
)
def test_what_may_stand_below_a_heading(rest: str) -> None:
    after = "<p style='break-before:page'>Next.</p>"
    assert rules(joined(BODY + HEADING.format("auto") + rest + after)) == []


def test_one_line_of_a_longer_paragraph_is_too_little_below_a_heading() -> None:
    assert rules(joined(BODY + HEADING.format("auto") + torn(1, 2))) == ["PDF-070", "PDF-071"]
    assert rules(joined(BODY + HEADING.format("auto") + torn(2, 2))) == []


def test_a_heading_over_two_pages_is_found() -> None:
    torn_style = "font-size:22pt;break-inside:auto"
    heading = f"<h2 style='{torn_style}'>Moving<span style='display:block;break-before:page'>"
    finding = one(BODY + heading + "about</span></h2><p>Stand up.</p>" + FILLER.format(40))
    assert finding.rule == "PDF-071"
    assert finding.message.endswith("goes over two pages.")


# ----------------------------------------------------------- rows, labels, captions


LINES = "<br>".join([LINE] * 6)


def low(filled: int, rest: str) -> str:
    """Return a page that is filled down to so many millimetres of 247, and what comes then."""
    return BODY + FILLER.format(filled) + rest


def table(css: str) -> str:
    row = f"<tr><th scope='row'>Wait</th><td>{LINES}</td></tr>"
    cells = "<th scope='col'>Item</th><th scope='col'>What to do</th>"
    head = f"<thead><tr>{cells}</tr></thead>"
    return f"<table style='border-collapse:collapse'><style>{css}</style>{head}{row}</table>"


def test_a_table_row_stands_on_one_page() -> None:
    assert rules(joined(low(170, table("tr { break-inside: avoid }")))) == []
    finding = one(low(170, table("tr { break-inside: auto }")))
    assert (finding.rule, finding.span.line) == ("PDF-072", 1)
    assert finding.message.startswith('Page 1: the table row "Wait')


def test_a_term_stands_with_its_explanation() -> None:
    pair = "<dl><div><dt>Stroke</dt><dd style='break-before:{}'>Too little blood.</dd></div></dl>"
    assert rules(joined(BODY + pair.format("auto"))) == []
    finding = one(BODY + pair.format("page"))
    assert (finding.rule, finding.span.line) == ("PDF-073", 1)
    assert finding.message.endswith(
        '"Stroke" stands here, but "Too little blood." on another page.'
    )


CAPTIONS = {
    "table": "<table><caption style='break-after:{}'>Two ways</caption><tr><td>A</td></tr></table>",
    "picture": "<figure><img alt='A dot' src='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org"
    "/2000/svg%22 viewBox=%220 0 9 9%22%3E%3Crect width=%229%22 height=%229%22/%3E%3C/svg%3E' "
    "style='height:20mm;display:block'><figcaption style='break-before:{}'>A dot.</figcaption>"
    "</figure>",
}


@pytest.mark.parametrize("body", CAPTIONS.values(), ids=CAPTIONS)
def test_a_caption_stands_with_what_it_names(body: str) -> None:
    assert rules(joined(BODY + body.format("auto"))) == []


def test_a_caption_on_another_page_is_found() -> None:
    finding = one(BODY + CAPTIONS["picture"].format("page"))
    assert (finding.rule, finding.span.line) == ("PDF-074", 2)
    assert finding.message.endswith("but what it belongs to begins on page 1.")


# ---------------------------------------------------------------- telephone numbers

WHOLE = [
    "Call 555-0100 or 1-800-555-0100, at once.",
    "Call (800) 555-0100.<br>Or 988.",
    "In 2019-<br>2024 we saw 206<br>people, on 2026-<br>11-22.",
    "<a href='tel:+15550100'>Call the<br>ward</a>",
    "Journal 2024;81:<br>154-162, 10.1001/555-<br>0100.22",
]
TORN = [
    "Call 555-<br>0100 now.",
    "Call 800<br>555-0100 now.",
    "Call 1-800-<br>555-0100.",
    "Call (800)<br>555-0100.",
    "Call +49 30<br>90 18 20.",
    "<a href='tel:112'>1<br>12</a>",
]


@pytest.mark.parametrize("words", WHOLE)
def test_numbers_on_one_line_pass(words: str) -> None:
    assert rules(joined(BODY + f"<p>{words}</p>")) == []


@pytest.mark.parametrize("words", TORN)
def test_a_torn_number_is_found(words: str) -> None:
    finding = one(BODY + f"<p>{words}</p>")
    assert (finding.rule, finding.span.line) == ("PDF-075", 1)
    assert "is torn over two lines" in finding.message
