"""Finished sheets: good ones pass, and each fault is found by its own rule and no other."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from booklet import plan
from booklet.editions import EDITIONS, edition
from booklet.findings import Cleared, Severity, catalogue
from booklet.verify import verify
from booklet.verify.sheets_stack import bound
from booklet.writers import sheets, write
from booklet.writers.sheets.order import bundles
from tests import samples
from tests.unit.verify_sheets.sheet_samples import (
    ROW,
    Change,
    changed,
    expected,
    found,
    imposed,
    job,
    letter,
    lettered,
    rules,
)

EIGHT = expected(8)
POINTS_A_MM = 72 / 25.4

# ---------------------------------------------------------------------------- good ones


@pytest.mark.parametrize("pages", [4, 8, 20, 24])
def test_good_sheets_pass_every_measure(pages: int) -> None:
    verdict = verify(imposed(pages), expected(pages))
    assert verdict.findings == ()
    assert {tool.outcome for tool in verdict.tools} == {"passed"}


@pytest.mark.parametrize("row", [r for r in EDITIONS if r.format == "sheets"], ids=lambda r: r.id)
def test_every_edition_of_sheets_is_good(row: object) -> None:
    assert rules(imposed(8, row), expected(8, row)) == []  # type: ignore[arg-type]  # an Edition


def test_bundles_are_good_and_the_advice_is_given() -> None:
    written = sheets.write(job(84))
    assert written.artifact is not None
    (advice,) = written.findings
    assert (advice.rule, advice.severity) == ("SHEET-002", Severity.WARNING)
    assert "21 sheets" in advice.message
    assert "5 bundles" in advice.message
    verdict = verify(written.artifact, expected(84))
    assert verdict.findings == ()
    (folded,) = [tool.detail for tool in verdict.tools if tool.tool == "booklet: folded sheets"]
    assert folded == "reads 1 to 84; 5 bundles"


@pytest.mark.parametrize(("pages", "told"), [(20, []), (24, ["SHEET-001"]), (80, ["SHEET-001"])])
def test_a_thick_booklet_is_a_warning(pages: int, told: list[str]) -> None:
    assert [finding.rule for finding in sheets.write(job(pages)).findings] == told


def test_the_same_pages_give_the_same_bytes() -> None:
    first, second = (sheets.write(job(8)).artifact for _ in range(2))
    assert first is not None
    assert first == second


@pytest.mark.slow
def test_a_real_booklet_is_folded_with_its_disclaimer_outside() -> None:
    cleared = Cleared(samples.booklet())
    asked = plan.plan(cleared, edition(ROW.made_from), None)
    assert asked is not None
    made = plan.plan(cleared, ROW, write(asked).artifact)
    assert made is not None
    artifact = write(made).artifact
    assert artifact is not None
    verdict = verify(artifact, plan.expectation(made))
    assert verdict.findings == ()
    said = {tool.tool: (tool.outcome, tool.detail) for tool in verdict.tools}
    assert {outcome for outcome, _ in said.values()} == {"passed"}
    assert said["booklet: disclaimer outside"] == ("passed", "on the back cover")
    assert said["booklet: scale of sheets"] == ("passed", "1.000 to 1.000")


# ----------------------------------------------------------- read letter by letter, folded


@settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 6).map(lambda n: 4 * n), st.booleans(), st.floats(0.05, 0.3))
def test_a_lettered_booklet_reads_in_order_when_it_is_folded(
    pages: int, from_right: bool, caliper: float
) -> None:
    meta = replace(samples.meta(), direction="rtl" if from_right else "ltr")
    made = sheets.write(job(pages, booklet=replace(samples.booklet(), meta=meta), caliper=caliper))
    assert made.artifact is not None
    sides = read(made.artifact.data)[2:]
    assert letters(bound(pile(sides), from_right=from_right), sides) == [
        letter(page) for page in range(1, pages + 1)
    ]


def read(data: bytes) -> list[tuple[str, str]]:
    """Read what stands on the left and on the right half of each page."""
    with pdfium.PdfDocument(data) as document:
        return [halves(page) for page in document]


def halves(page: pdfium.PdfPage) -> tuple[str, str]:
    text, (width, height) = page.get_textpage(), page.get_size()
    left = text.get_text_bounded(0, 0, width / 2, height)
    right = text.get_text_bounded(width / 2, 0, width, height)
    return left.strip(), right.strip()


def pile(sides: list[tuple[str, str]]) -> list[list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Give each half of each side a number, and divide the sheets into bundles."""
    faces = [(2 * side, 2 * side + 1) for side in range(len(sides))]
    sheets_ = list(zip(faces[::2], faces[1::2], strict=True))
    piles, start = [], 0
    for size in bundles(len(sheets_)):
        piles.append(sheets_[start : start + size])
        start += size
    return piles


def letters(order: list[int | None], sides: list[tuple[str, str]]) -> list[str]:
    return [sides[face // 2][face % 2] for face in order if face is not None]


# ------------------------------------------------------------------- how sheets are made


def test_letters_stay_letters_in_their_fonts_and_nothing_is_painted_as_a_picture() -> None:
    with (
        pikepdf.open(io.BytesIO(imposed(8).data)) as pdf,
        pikepdf.open(io.BytesIO(lettered(8))) as print_,
    ):
        fonts = {str(f.BaseFont) for page in print_.pages for f in page.resources.Font.values()}
        for page in list(pdf.pages)[2:]:
            for form in page.resources.XObject.values():
                assert form.Subtype == "/Form"
                assert {str(f.BaseFont) for f in form.Resources.Font.values()} <= fonts
        pictures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
    assert pictures == []


def test_inner_sheets_move_towards_the_fold_by_the_thickness_of_those_around_them() -> None:
    for caliper in (0.1, 0.2):
        _, tools = verify_detail(caliper)
        assert tools["booklet: pages at the fold"].startswith(f"{caliper:.2f} mm a sheet")


def verify_detail(caliper: float) -> tuple[object, dict[str, str]]:
    verdict = verify(imposed(20, caliper=caliper), expected(20))
    return verdict.findings, {tool.tool: tool.detail for tool in verdict.tools}


def test_without_the_print_nothing_is_called_proven() -> None:
    verdict = verify(imposed(8), replace(EIGHT, parent=b""))
    open_ = {tool.tool for tool in verdict.tools if tool.outcome == "not checked"}
    assert verdict.findings == ()
    assert open_ == {
        "booklet: pages on sheets",
        "booklet: scale of sheets",
        "booklet: folded sheets",
        "booklet: pages at the fold",
    }


# --------------------------------------------------------------------------- each rule


def content(page: int, change: Callable[[bytes], bytes]) -> Change:
    """Change what a page of the file paints."""

    def apply(pdf: pikepdf.Pdf) -> None:
        old = pdf.pages[page - 1].Contents.read_bytes()
        new = change(old)
        assert new != old
        pdf.pages[page - 1].Contents = pdf.make_stream(new)

    return apply


def swap(*pages: int) -> Change:
    """Let two pages of the file change what they paint."""

    def apply(pdf: pikepdf.Pdf) -> None:
        one, two = (pdf.pages[page - 1] for page in pages)
        one.Resources, two.Resources = two.Resources, one.Resources

    return apply


def turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].Rotate = 180


def widen(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.MediaBox[2] = 900


def one_side_less(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[-1])


def scaled(factor: float) -> Change:
    def change(old: bytes) -> bytes:
        return old.replace(b"q 1 0 0 1", f"q {factor} 0 0 {factor}".encode(), 1)

    return content(3, change)


def upside_down(old: bytes) -> bytes:
    return old.replace(b"q 1 0 0 1 1.417 0.000 cm", b"q -1 0 0 -1 420.945 595.276 cm")


def beside(old: bytes) -> bytes:
    return old + b" 100 300 50 50 re f"


def without_left(old: bytes) -> bytes:
    return old.replace(b"/Left Do", b"")


def twice(pdf: pikepdf.Pdf) -> None:
    forms = pdf.pages[3].Resources.XObject
    forms.Right = pdf.pages[2].Resources.XObject.Right


def tagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)


def marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def claiming(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "A sample booklet"


def may_scale(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences["/PrintScaling"]


def long_edge(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipLongEdge


def shorter_ruler(pdf: pikepdf.Pdf) -> None:
    """Print the instructions at 97 %, as "fit to page" would."""
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(b"q 1.03 0 0 1.03 0 0 cm"), prepend=True)
    page.contents_add(pdf.make_stream(b" Q"))


def no_instructions(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Contents = pdf.make_stream(b"")


def moved(old: bytes) -> bytes:
    return old.replace(b"1 0 0 1 1.417", b"1 0 0 1 0.417")


def no_fold_marks(old: bytes) -> bytes:
    return old[: old.index(b"q 0.5 w")]


SPOILT: dict[str, tuple[tuple[Change, ...], list[str]]] = {
    "turned": ((turn,), ["SHEET-010"]),
    "an odd side": ((one_side_less,), ["SHEET-010", "SHEET-012", "SHEET-018"]),
    "a little larger": ((scaled(1.002),), ["SHEET-011"]),
    "upside down": ((content(3, upside_down),), ["SHEET-011"]),
    "something beside": ((content(3, beside),), ["SHEET-012"]),
    "a page less": ((content(4, without_left),), ["SHEET-012"]),
    "a page twice": ((twice,), ["SHEET-012"]),
    "sheets in another order": ((swap(4, 6),), ["SHEET-013"]),
    "tags": ((tagged,), ["SHEET-016"]),
    "marks": ((marked,), ["SHEET-016"]),
    "a claim": ((claiming,), ["SHEET-016"]),
    "a short ruler": ((shorter_ruler,), ["SHEET-018"]),
    "no instructions": ((no_instructions,), ["SHEET-018"]),
    "a page moved": ((content(3, moved),), ["SHEET-019"]),
    "no marks to fold at": ((content(4, no_fold_marks),), ["SHEET-019"]),
    "the title of the booklet": ((other_title,), ["SHEET-020"]),
    "no full size asked for": ((may_scale,), ["SHEET-020"]),
    "the long edge": ((long_edge,), ["SHEET-020"]),
}


@pytest.mark.parametrize(("changes", "broken"), SPOILT.values(), ids=SPOILT)
def test_each_fault_breaks_its_own_rule(changes: tuple[Change, ...], broken: list[str]) -> None:
    assert rules(changed(imposed(8), *changes), EIGHT) == broken


def test_smaller_letters_are_told_with_their_size() -> None:
    findings = found(changed(imposed(8), scaled(0.3)), EIGHT)
    assert {finding.rule for finding in findings} == {"SHEET-011", "SHEET-015"}
    message = next(f.message for f in findings if f.rule == "SHEET-011")
    assert message.startswith("Page 3: page 8 of the print is scaled to 0.300; 18 points")
    assert "printed at 5.4" in message


def test_a_disclaimer_on_another_page_is_found() -> None:
    wanted = replace(EIGHT, disclaimer_text=letter(7))
    assert rules(imposed(8), wanted) == ["SHEET-014"]


def test_a_name_without_its_mark_is_found() -> None:
    assert rules(replace(imposed(8), name="sample_en-US_large-print-A5.pdf"), EIGHT) == [
        "SHEET-017"
    ]


def test_thick_paper_eats_up_the_margin_at_the_fold() -> None:
    """No option allows it; a file from elsewhere may have it."""
    assert rules(imposed(80, caliper=0.5), expected(80)) == ["SHEET-019"]


def test_another_booklet_s_print_is_not_what_lies_on_the_sheets() -> None:
    wanted = replace(EIGHT, parent=lettered(12))
    assert "SHEET-012" in rules(imposed(8), wanted)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing"])
def test_a_file_that_cannot_be_opened_is_found(data: bytes) -> None:
    assert rules(replace(imposed(8), data=data), EIGHT) == ["PDF-052"]


def test_a_sheet_of_other_paper_is_found() -> None:
    assert "SHEET-010" in rules(changed(imposed(8), widen), EIGHT)


def test_each_rule_about_sheets_is_proved_here() -> None:
    told = {rule for _, broken in SPOILT.values() for rule in broken}
    told |= {"SHEET-001", "SHEET-002", "SHEET-014", "SHEET-015", "SHEET-017"}
    assert told == {rule for rule in catalogue() if rule.startswith("SHEET-")}
    assert edition("large-a5-sheets") == ROW
