"""Paper, margins, lines, page numbers, the disclaimer and fonts: passing and failing samples."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf
import pytest

from booklet.editions import LETTER, Artifact
from booklet.findings import Severity
from booklet.verify.pdf import verify_pdf
from tests.unit.verify_pdf.pdf_samples import (
    BODY,
    DISCLAIMER,
    Change,
    artifact,
    changed,
    document,
    expected,
    font_file,
    found,
    printed,
    rules,
    sample,
)

# ------------------------------------------------------------------ disclaimer


def test_the_disclaimer_may_break_over_lines_and_after_hyphens() -> None:
    words = "Take good, self-aware and well-founded care. " * 12
    page = f"<h1>Disclaimer</h1><p>{words}</p>"
    assert rules(sample(last=page), expected(disclaimer_text=words)) == []


ALTERED = {
    "a word less": DISCLAIMER.replace("not ", ""),
    "a word more": DISCLAIMER.replace("before", "shortly before"),
    "another word": DISCLAIMER.replace("Always", "Sometimes"),
    "cut short": DISCLAIMER.removesuffix(" Call for help in an emergency."),
    "nothing": "See our web site.",
}


@pytest.mark.parametrize("words", ALTERED.values(), ids=ALTERED)
def test_an_altered_disclaimer_is_found(words: str) -> None:
    assert rules(sample(last=f"<h1>Disclaimer</h1><p>{words}</p>")) == ["PDF-010"]


def test_the_message_says_where_the_words_part() -> None:
    (finding,) = found(sample(last=f"<h1>Disclaimer</h1><p>{ALTERED['another word']}</p>"))
    assert finding.span.line == 2
    assert finding.message.endswith(
        'After "place of your doctor\'s advice." should come "Always", but there is "Sometimes".'
    )


def test_a_disclaimer_that_is_not_on_the_last_page_is_found() -> None:
    page = f'<h1>Disclaimer</h1><p>{DISCLAIMER}</p><p class="last">One page more.</p>'
    assert rules(sample(last=page)) == ["PDF-010", "PDF-012"]


def test_a_disclaimer_over_two_pages_is_found() -> None:
    head, tail = DISCLAIMER[:160], DISCLAIMER[160:]
    page = f'<h1>Disclaimer</h1><p>{head}<span class="last" style="display:block">{tail}</span></p>'
    assert "PDF-010" in rules(sample(last=page))


def test_a_disclaimer_that_shares_its_page_is_found() -> None:
    page = f"<p>One thing more.</p><h1>Disclaimer</h1><p>{DISCLAIMER}</p>"
    (finding,) = found(sample(last=page))
    assert (finding.rule, finding.span.line) == ("PDF-014", 2)
    assert "One thing more." in finding.message


def test_a_second_disclaimer_is_found() -> None:
    (finding,) = found(sample(BODY + f"<p>{DISCLAIMER}</p>"))
    assert (finding.rule, finding.span.line) == ("PDF-012", 1)


@pytest.mark.parametrize(
    "page",
    [f"<p>{DISCLAIMER}</p>", f"<p>{DISCLAIMER}</p><p>Disclaimer</p>"],
    ids=["gone", "below"],
)
def test_a_disclaimer_needs_its_title_above(page: str) -> None:
    assert rules(sample(last=page)) == ["PDF-011"]


@pytest.mark.parametrize(
    ("css", "rule"),
    [
        (".last p { font-size: 9pt }", "PDF-001"),
        (".last p { color: #999 }", "PDF-002"),
        (".last p { visibility: hidden }", "PDF-010"),
        (".last p { opacity: 0 }", "PDF-003"),
        (".last { display: none }", "PDF-010"),
        (".last h1 { display: none }", "PDF-011"),
        (".last { position: absolute; left: -600pt }", "PDF-032"),
    ],
)
def test_no_style_can_hide_or_shrink_the_disclaimer(css: str, rule: str) -> None:
    assert rule in rules(sample(css=css))


# --------------------------------------------------------------- paper and margin


def test_each_edition_wants_its_own_paper() -> None:
    letter = replace(expected().edition, id="large-letter", paper=LETTER)
    assert rules(sample(css="@page { size: Letter }"), expected(letter)) == []
    assert rules(sample(), expected(letter)) == ["PDF-030"]
    assert rules(sample(css="@page { size: 209mm 297mm }")) == ["PDF-030"]


def test_a_turned_page_is_found() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90

    assert "PDF-030" in rules(sample(BODY, turn))


def test_a_single_page_of_another_size_is_named() -> None:
    (finding,) = found(sample(css="@page :first { size: 205mm 297mm }"))
    assert finding.message == "Page 1: the page is 205.0 by 297.0 mm; A4 is 210 by 297 mm."


@pytest.mark.parametrize(
    "body",
    [
        '<p style="margin-left:-5mm">Out to the left</p>',
        '<p style="white-space:nowrap;margin-left:100mm">Out to the right it goes</p>',
        '<p style="position:absolute;top:-10mm">Up in the margin</p>',
    ],
    ids=["left", "right", "top"],
)
def test_text_in_the_margin_is_found(body: str) -> None:
    assert rules(sample(BODY + body)) == ["PDF-031"]


def test_text_at_the_edge_of_the_paper_is_found() -> None:
    assert rules(sample(BODY + '<p style="margin-left:-28mm">Edge</p>')) == ["PDF-032"]
    assert rules(sample(css="@page { margin-bottom: 3mm }")) == ["PDF-032"]


def test_running_heads_and_page_numbers_may_stand_in_the_margin() -> None:
    head = '@page { @top-left { content: "Care at home"; font: 18pt A } }'
    assert rules(sample(css=head)) == []


def test_an_artifact_may_stand_in_the_margin_once() -> None:
    body = BODY + '<p style="position:absolute;top:-18mm">Up here</p>'

    def mark(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(content.replace(b"/P\n<</MCID", b"/Artifact\n<</MCID"))
        assert content.count(b"MCID") > 3

    def mark_all(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        content = re.sub(rb"/\w+\s*<<\s*/MCID \d+\s*>>\s*BDC", b"/Artifact BMC", _read(page))
        page.Contents = pdf.make_stream(content)

    assert rules(sample(body, mark)) == ["PDF-031"]
    assert rules(sample(body, mark_all)) == []


def _read(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return page.Contents.read_bytes()


# ------------------------------------------------------------ lines, page numbers


def test_a_line_over_the_limit_is_found() -> None:
    narrow = "<p style='white-space:nowrap;letter-spacing:-2pt'>{}</p>"
    assert rules(sample(BODY + narrow.format("ill till " * 6 + "ill"))) == []
    assert rules(sample(BODY + narrow.format("ill till " * 6 + "ill till ill"))) == ["PDF-033"]


def test_cells_of_a_table_are_lines_of_their_own() -> None:
    cell = "<td style='padding:0 6pt;white-space:nowrap;letter-spacing:-2pt'>ill still illicit</td>"
    assert rules(sample(BODY + f"<table><tr>{cell * 4}</tr></table>")) == []


def labels(*rows: tuple[int, dict[str, pikepdf.Object | int]]) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        tables = [pikepdf.Dictionary({f"/{k}": v for k, v in row.items()}) for _, row in rows]
        starts = [start for start, _ in rows]
        nums = pikepdf.Array(item for pair in zip(starts, tables, strict=True) for item in pair)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=nums)

    return change


def test_page_labels_must_be_the_printed_numbers() -> None:
    decimal, roman = pikepdf.Name.D, pikepdf.Name.r
    assert rules(sample(BODY, labels((0, {"S": decimal})))) == []
    assert rules(sample(BODY, labels((0, {"S": decimal, "St": 3})))) == ["PDF-045"]
    assert rules(sample(BODY, labels((0, {"S": roman}), (1, {"S": decimal})))) == ["PDF-045"]
    css = "@page :left { @bottom-left { content: counter(page, lower-roman) } }"
    assert rules(sample(BODY, labels((0, {"S": roman})), css=css)) == []


def test_sparse_pages_inside_the_booklet_are_a_warning() -> None:
    page = '<p class="last">{}</p>' + f'<div class="last">{TALL}</div>'
    (finding,) = found(sample(BODY + page.format("Next.")))
    assert (finding.rule, finding.severity, finding.span.line) == ("PDF-038", Severity.WARNING, 2)
    assert "of the page is filled" in finding.message
    (finding,) = found(sample(BODY + page.format("")))
    assert finding.message == "Page 2: the page is empty."


TALL = '<p style="height:120mm;border-bottom:1pt solid">Notes</p>'


def test_lines_to_write_on_fill_a_page() -> None:
    assert rules(sample(BODY + f'<div class="last">{TALL}</div>')) == []


# ----------------------------------------------------------------------- fonts


def test_noto_sans_is_a_font_of_the_booklet() -> None:
    place = font_file("noto_sans", "NotoSans[wdth,wght].ttf")
    css = f'@font-face {{ font-family: N; src: url("{place.as_uri()}") }} p {{ font-family: N }}'
    _, tools = verify_pdf(artifact(sample(css=css)), expected())
    (fonts,) = [tool for tool in tools if tool.tool == "booklet: fonts"]
    assert (fonts.outcome, fonts.detail) == ("passed", "Atkinson Hyperlegible, Noto Sans")


def test_a_font_of_the_machine_is_found_by_its_own_name() -> None:
    findings = found(sample(css='p { font-family: "DejaVu Sans", sans-serif }'))
    assert {finding.rule for finding in findings} == {"PDF-021"}


def test_a_font_that_is_left_out_is_found() -> None:
    def leave_out(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                del item["/FontFile2"]

    assert rules(sample(BODY, leave_out)) == ["PDF-020"]


def test_a_font_of_drawings_is_found() -> None:
    def draw(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3)
        pdf.pages[0].Resources["/Odd"] = pdf.make_indirect(font)

    assert rules(sample(BODY, draw)) == ["PDF-021"]


# --------------------------------------------------------------- opening the file


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.7\n" + b"x" * 200])
def test_a_broken_file_is_one_finding(data: bytes) -> None:
    findings, tools = verify_pdf(artifact(data), expected())
    assert [finding.rule for finding in findings] == ["PDF-052"]
    assert [tool.outcome for tool in tools] == ["failed"]


def test_a_file_without_pages_is_a_finding() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[:]

    assert rules(sample(BODY, empty)) == ["PDF-052"]


def test_verifying_changes_nothing() -> None:
    data = changed(printed(document()))
    thing: Artifact = artifact(data)
    assert verify_pdf(thing, expected()) == verify_pdf(thing, expected())
