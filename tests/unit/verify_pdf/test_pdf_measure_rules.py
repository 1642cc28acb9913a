"""Leading, overlaps, pictures, page numbers, the disclaimer as read: good and bad samples."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from booklet.verify.pdf import verify_pdf
from booklet.verify.pdf_flow import words_by_mark
from booklet.verify.pdf_lines import characters
from booklet.verify.pdf_picture import is_crossed
from booklet.verify.pdf_read import read_pages
from tests.unit.verify_pdf.pdf_samples import (
    BODY,
    DISCLAIMER,
    Change,
    artifact,
    document,
    expected,
    found,
    joined,
    printed,
    rules,
    sample,
)

TWO_LINES = "<p style='line-height:{}'>Sit up straight.<br>Drink in small sips.</p>"


def details(data: bytes) -> dict[str, str]:
    _, tools = verify_pdf(artifact(data), expected())
    return {tool.tool.removeprefix("booklet: "): tool.detail for tool in tools}


# ------------------------------------------------------------------------ leading


def test_lines_may_be_as_close_as_the_floor() -> None:
    data = joined(BODY + TWO_LINES.format(1.25) + TWO_LINES.format(1.5) * 2)
    assert rules(data) == []
    assert details(data)["leading"].startswith("smallest 1.25, usual 1.50 of ")


def test_lines_too_close_are_found() -> None:
    (finding,) = found(joined(BODY + TWO_LINES.format(1.2)))
    assert (finding.rule, finding.span.line) == ("PDF-034", 1)
    assert '"Drink in small sips." stands 21.6 pt below' in finding.message
    assert "1.20 times its size; 1.25 times is needed" in finding.message


def test_large_words_in_a_line_count_by_their_own_size() -> None:
    line = "<p style='line-height:27pt'>Call<br><b style='font-size:24pt'>911</b> now</p>"
    assert rules(joined(BODY + line)) == ["PDF-034"]


def test_raised_words_make_no_line_of_their_own() -> None:
    raised = "<p>Two<sup style='font-size:18pt;line-height:0'>2</sup> words<br>and more</p>"
    assert rules(joined(BODY + raised)) == []


def test_without_structure_nothing_about_blocks_is_claimed() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.K = pikepdf.Array()

    _, tools = verify_pdf(artifact(sample(BODY, empty)), expected())
    silent = {
        tool.tool.removeprefix("booklet: ") for tool in tools if tool.outcome == "not checked"
    }
    assert silent == {
        "captions",
        "disclaimer read last",
        "headings at page ends",
        "leading",
        "list labels",
        "structure fidelity",
        "table rows",
        "telephone numbers",
        "text fidelity",
        "values of tables",
        "widows and orphans",
    }


def test_characters_are_what_a_reader_counts() -> None:
    assert characters("Drink  slowly.") == 13
    assert characters("e\u0301te\u0301") == 3
    assert characters("\u0645\u064e\u0631\u0652\u062d") == 3
    assert characters("soft\u00adhyphen and\u00a0space") == 20


# ------------------------------------------------------------- words over one another


def test_words_on_top_of_words_are_found() -> None:
    body = "<p style='margin-bottom:-{}pt'>Drink slowly</p><p style='margin:0'>Sit upright</p>"
    assert rules(sample(BODY + body.format(0))) == []
    findings = found(sample(BODY + body.format(24)))
    assert {finding.rule for finding in findings} == {"PDF-006"}
    assert '"Drink" and "Sit" are printed over one another.' in findings[0].message


CELLS = (
    "<style>table {{ table-layout: fixed; width: {}mm; border-collapse: collapse }} "
    "th, td {{ border: 1.5pt solid #246; padding: 2mm }}</style>"
    "<table><tr><th>Rehabilitation</th><td>Help</td></tr></table>"
)


def test_words_that_leave_their_cell_are_found() -> None:
    assert rules(sample(BODY + CELLS.format(150))) == []
    findings = found(sample(BODY + CELLS.format(84)))
    assert [finding.rule for finding in findings] == ["PDF-007"]
    assert findings[0].message.endswith('runs through "Rehabilitation".')


def test_an_underline_is_no_line_through_words_and_a_strike_is() -> None:
    body = "<p style='text-decoration:{};text-decoration-thickness:2pt'>happy days</p>"
    assert rules(sample(BODY + body.format("underline"))) == []
    assert rules(sample(BODY + body.format("line-through"))) == ["PDF-007"]


@pytest.mark.parametrize(
    ("box", "crossed"),
    [
        ((9, 0, 11, 20), True),
        ((0, 9, 20, 11), True),
        ((0, 17, 20, 19), False),
        ((5, 5, 9, 9), False),
    ],
    ids=["upright", "level", "below the baseline", "a dot"],
)
def test_an_edge_goes_all_the_way(box: tuple[int, int, int, int], crossed: bool) -> None:
    ground = Image.new("RGB", (20, 20), "white")
    ground.paste((0, 0, 0), box)
    assert is_crossed(ground, above=15) is crossed


# ------------------------------------------------------------------------- pictures


def photo(pixels: int) -> str:
    out = io.BytesIO()
    Image.new("RGB", (pixels, pixels), (40, 80, 120)).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_a_picture_needs_pixels_enough_for_its_printed_size() -> None:
    body = BODY + "<img alt='Blue' style='display:block;width:{}in' src='{}'>"
    fine = sample(body.format(2, photo(400)))
    assert rules(fine) == []
    assert details(fine)["picture resolution"] == "coarsest 200 an inch"
    (finding,) = found(sample(body.format(3, photo(400))))
    assert (finding.rule, finding.span.line) == ("PDF-036", 1)
    assert "133 pixels an inch" in finding.message


def test_a_picture_in_the_margin_is_found() -> None:
    body = BODY + "<img alt='Blue' style='display:block;width:2in;margin-left:{}mm' src='{}'>"
    assert rules(sample(body.format(0, photo(400)))) == []
    (finding,) = found(sample(body.format(-5, photo(400))))
    assert finding.rule == "PDF-035"
    assert finding.message.endswith("reaches 5.0 mm into the margin.")


def test_only_the_cover_may_draw_in_its_margins() -> None:
    shape = "<div style='position:absolute;top:-20mm;width:9mm;height:9mm;background:#246'></div>"
    assert rules(sample(BODY + shape)) == []
    assert rules(sample(last=f"<h1>Disclaimer</h1>{shape}<p>{DISCLAIMER}</p>")) == ["PDF-035"]


# --------------------------------------------------------------------- page numbers

LEFT = "@page :left {{ @bottom-left {{ {} }} }}"
NUMBERS: dict[str, tuple[str, str]] = {
    "none": (LEFT.format("content: none"), "PDF-053"),
    "at the binding": (
        LEFT.format("content: none") + "@page :left { @bottom-right { content: counter(page) } }",
        "PDF-053",
    ),
    "on the cover": ("@page :first { @bottom-right { content: counter(page) } }", "PDF-053"),
    "larger": (LEFT.format("font-size: 20pt"), "PDF-054"),
    "not bold": (LEFT.format("font-weight: normal"), "PDF-054"),
}


@pytest.mark.parametrize(("css", "rule"), NUMBERS.values(), ids=NUMBERS)
def test_page_numbers_have_their_place_and_look(css: str, rule: str) -> None:
    assert rules(joined()) == []
    assert rules(joined(css=css)) == [rule]


def rewrite(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[-1]
        content = page.Contents.read_bytes()
        assert old in content
        page.Contents = pdf.make_stream(content.replace(old, new))

    return change


MARKED = b"/Artifact\n<</Type /Pagination>>\nBDC"
MARKS = {
    "an artifact of no kind": rewrite(MARKED, b"/Artifact\nBMC"),
    "part of the text": rewrite(MARKED, b"/Span\nBMC"),
}


@pytest.mark.parametrize("change", MARKS.values(), ids=MARKS)
def test_a_page_number_is_marked_as_page_furniture(change: Change) -> None:
    assert rules(joined(BODY, change)) == ["PDF-055"]


def test_the_mark_may_be_named_in_the_resources() -> None:
    def name(pdf: pikepdf.Pdf) -> None:
        pagination = pikepdf.Dictionary(Type=pikepdf.Name.Pagination)
        pdf.pages[-1].Resources.Properties = pikepdf.Dictionary({"/P0": pagination})

    assert rules(joined(BODY, rewrite(MARKED, b"/Artifact /P0 BDC"), name)) == []


def test_a_book_from_right_to_left_begins_with_a_left_hand_page() -> None:
    rtl = "html { direction: rtl } section { direction: ltr }"
    data = joined(css=rtl)
    mirrored = replace(expected(), direction="rtl")
    assert "PDF-053" in rules(data, mirrored)
    numbered = "@page :right { @bottom-right { content: counter(page) } }"
    bare = "@page :first { @bottom-left { content: none } }"
    assert rules(joined(css=rtl + numbered + bare), mirrored) == []


# ---------------------------------------------------------------- the disclaimer, read


def parts(pdf: pikepdf.Pdf) -> pikepdf.Array:
    array = pdf.Root.StructTreeRoot.K[0].K
    assert isinstance(array, pikepdf.Array)
    return array


def read_first(pdf: pikepdf.Pdf) -> None:
    parts(pdf).insert(0, parts(pdf)[-1])
    del parts(pdf)[-1]


def read_twice(pdf: pikepdf.Pdf) -> None:
    parts(pdf).append(parts(pdf)[0])


def title_left_out(pdf: pikepdf.Pdf) -> None:
    del parts(pdf)[-1].K[0]


@pytest.mark.parametrize("change", [read_first, read_twice, title_left_out])
def test_the_disclaimer_is_read_last(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert details(joined())["disclaimer read last"] == "5 parts at the structure's end"
    (finding,) = found(joined(BODY, change))
    assert (finding.rule, finding.span.line) == ("PDF-013", 2)


# ----------------------------------------------------------------------- foundations


def test_words_of_marked_content_are_split_at_line_ends() -> None:
    pages = read_pages(printed(document("<p>Sit up.<br>Drink.</p>")), ("1", "2"))
    words = list(words_by_mark(pages).values())
    assert words[:2] == [" Sit up.", " Drink."]
