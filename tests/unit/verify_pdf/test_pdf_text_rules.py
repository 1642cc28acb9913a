"""Size, contrast and visibility of text: a passing and a failing sample for each trap."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest

from booklet.editions import Expectation
from booklet.verify.pdf import verify_pdf
from booklet.verify.pdf_picture import contrast
from tests.unit.verify_pdf.pdf_samples import (
    BODY,
    Change,
    artifact,
    expected,
    found,
    rules,
    sample,
    svg_uri,
)

LETTERS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" width="300" height="60">'
    '<text x="0" y="40" font-family="A" font-size="{size}">Left arm</text></svg>'
)


def picture(size: int, width: str) -> str:
    return f'<p><img alt="An arm" style="width:{width}" src="{svg_uri(LETTERS.format(size=size))}">'


def test_a_plain_booklet_has_no_finding_and_tells_its_measures() -> None:
    findings, tools = verify_pdf(artifact(sample()), expected())
    assert findings == ()
    # Without the source, fidelity cannot be checked, and says so.
    judged = {tool.outcome for tool in tools if not tool.tool.endswith("fidelity")}
    assert judged == {"passed"}
    details = {tool.tool: tool.detail for tool in tools}
    assert details["booklet: glyph sizes"].startswith("smallest 18.0 pt of ")
    assert details["booklet: contrast"].startswith("lowest 11.")
    assert details["booklet: fonts"] == "Atkinson Hyperlegible"
    assert details["booklet: links"] == "1 links"


TOO_SMALL = {
    "plain": '<p style="font-size:17.9pt">Almost there</p>',
    "raised number": "<p>Water H<sup>2</sup></p>",
    "scaled down": '<p style="transform:scale(.9)">Made smaller</p>',
    "squeezed": '<p style="transform:scaleX(.5)">Made narrow</p>',
    "picture scaled down": picture(24, "100pt"),
    "picture with small words": picture(12, "300px"),
    "one letter": '<p>A<span style="font-size:12pt">b</span>c</p>',
}


@pytest.mark.parametrize("body", TOO_SMALL.values(), ids=TOO_SMALL)
def test_small_text_is_found_however_it_became_small(body: str) -> None:
    assert rules(sample(BODY + body)) == ["PDF-001"]


LARGE_ENOUGH = {
    "scaled up": '<p style="font-size:9pt"><span style="display:inline-block;'
    'transform:scale(2);transform-origin:left">Made larger</span></p>',
    "picture at its size": picture(24, "300px"),
    "picture scaled to fit": picture(30, "240px"),
}


@pytest.mark.parametrize("body", LARGE_ENOUGH.values(), ids=LARGE_ENOUGH)
def test_scaled_text_of_enough_size_passes(body: str) -> None:
    assert rules(sample(BODY + body)) == []


def test_the_size_message_names_page_words_and_size() -> None:
    (finding,) = found(sample(BODY + picture(12, "200px")))
    assert finding.span.line == 1
    assert finding.message.startswith('Page 1: "Left arm" is 6 pt in size')


def test_text_in_a_scaled_form_counts_at_its_printed_size() -> None:
    def draw(scale: float) -> Change:
        def change(pdf: pikepdf.Pdf) -> None:
            page = pdf.pages[0]
            font = next(iter(page.Resources.Font.keys()))
            first = next(iter(pikepdf.parse_content_stream(page, "TJ"))).operands[0][0]
            form = pdf.make_stream(
                f"0 0 0 rg BT {font} 36 Tf <{bytes(first).hex()}> Tj ET".encode(),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 500, 500],
                Matrix=[0.5, 0, 0, 0.5, 0, 0],
                Resources=page.Resources,
            )
            page.Resources.XObject = pikepdf.Dictionary({"/Fx": form})
            page.contents_add(f"q {scale} 0 0 {scale} 100 300 cm /Fx Do Q".encode(), prepend=True)

        return change

    assert rules(sample(BODY, draw(1.0))) == []
    assert rules(sample(BODY, draw(0.9))) == ["PDF-001"]


# -------------------------------------------------------------------- contrast

PALE = {
    "light grey": '<p style="color:#777">Hard to see</p>',
    "just under 7:1": '<p style="color:#5a5a5a">Nearly</p>',
    "half clear": '<p style="opacity:.5">Faded words</p>',
    "clear colour": '<p style="color:rgba(0,0,0,.4)">Clear words</p>',
    "on a dark box": '<p style="background:#336">Dark on dark</p>',
    "white on a mid tone": '<p style="background:#888;color:#fff">White on grey</p>',
    "under a veil": '<div style="position:relative">Veiled words<div style="position:absolute;'
    'inset:0;background:rgba(255,255,255,.6)"></div></div>',
}


@pytest.mark.parametrize("body", PALE.values(), ids=PALE)
def test_pale_text_is_found(body: str) -> None:
    assert rules(sample(BODY + body)) == ["PDF-002"]


def test_words_over_the_edge_of_a_dark_box_are_pale_and_crossed() -> None:
    half = "background:linear-gradient(to right,#fff 50%,#333 50%)"
    body = f'<p style="{half}">These are words that go across the edge</p>'
    assert rules(sample(BODY + body)) == ["PDF-002", "PDF-007"]


STRONG = {
    "just over 7:1": '<p style="color:#595959">Dark enough</p>',
    "white on dark": '<p style="background:#003a70;color:#fff">White on blue</p>',
    "on a tint": '<p style="background:#fdf3d8">On a pale box</p>',
    "underlined": "<p><u>Typing, judging, gym, jug; pay, by</u></p>",
    "thick underline": '<p style="text-decoration:underline;text-decoration-thickness:2pt">'
    "gym, jug; pay, by</p>",
    "single stops": "<p>. , ; : - i l</p>",
    "ruled box": '<p style="border:4pt solid #000;border-radius:6pt;padding:2pt">Boxed</p>',
}


@pytest.mark.parametrize("body", STRONG.values(), ids=STRONG)
def test_strong_text_passes(body: str) -> None:
    assert rules(sample(BODY + body)) == []


UNSEEN = {
    "white": '<p style="color:#fff">White words</p>',
    "fully clear": '<p style="opacity:0">No words</p>',
    "covered": '<div style="position:relative">Covered<div style="position:absolute;inset:0;'
    'background:#fff"></div></div>',
    "cut off": '<div style="overflow:hidden;height:0">Cut off</div>',
    "black on black": '<p style="background:#000">Black on black</p>',
}


@pytest.mark.parametrize("body", UNSEEN.values(), ids=UNSEEN)
def test_text_that_leaves_no_mark_is_found(body: str) -> None:
    assert rules(sample(BODY + body)) == ["PDF-003"]


def test_invisible_render_mode_is_found() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"3 Tr", prepend=True)

    findings = found(sample(BODY, hide))
    assert {finding.rule for finding in findings} == {"PDF-003"}
    assert "Ask the nurse" in findings[0].message


@pytest.mark.parametrize("name", ["background", "mask"])
def test_text_in_a_background_or_mask_is_found(name: str) -> None:
    svg = svg_uri(LETTERS.format(size=24))
    body = f'<div style="height:60px;width:300px;background:url({svg})"></div>'

    def mask(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"BT (words) Tj ET", Subtype=pikepdf.Name.Form)
        state = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=form)
        pdf.pages[0].Resources["/Hidden"] = pdf.make_indirect(state)

    data = sample(BODY + body) if name == "background" else sample(BODY, mask)
    assert rules(data) == ["PDF-004"]


def test_text_in_an_annotation_is_found() -> None:
    def note(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"BT (words) Tj ET", Subtype=pikepdf.Name.Form)
        pdf.pages[0].Annots[0].AP = pikepdf.Dictionary(N=look)

    assert rules(sample(BODY, note)) == ["PDF-004"]


def test_letters_without_a_meaning_are_measured_too() -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]

    plain = rules(sample(BODY, forget))
    assert "PDF-001" not in plain
    assert {*rules(sample(BODY + TOO_SMALL["plain"], forget))} == {*plain, "PDF-001"}


def test_words_behind_other_words_are_found() -> None:
    def in_the_page(pdf: pikepdf.Pdf) -> None:
        words = b"/Span <</ActualText (Other)>> BDC EMC"
        pdf.pages[0].contents_add(words, prepend=True)

    def in_the_structure(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.K[0].ActualText = pikepdf.String("Other")

    assert rules(sample(BODY, in_the_page)) == ["PDF-005"]
    assert rules(sample(BODY, in_the_structure)) == ["PDF-005"]


def test_a_background_without_words_passes() -> None:
    svg = svg_uri('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/>')
    body = f'<div style="height:60px;background:url({svg})"></div>'
    assert rules(sample(BODY + body)) == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.478, abs=0.001)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1


def test_an_edition_without_sizes_is_not_held_to_any() -> None:
    row = replace(expected().edition, type=None)
    expectation: Expectation = expected(row)
    assert rules(sample(BODY + TOO_SMALL["plain"]), expectation) == []
