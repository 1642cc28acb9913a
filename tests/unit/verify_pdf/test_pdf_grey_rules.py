"""The black-and-white edition: no colour left, and nothing that only a colour told."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from booklet.editions import Expectation, edition
from booklet.errors import MachineError
from booklet.verify.pdf import verify_pdf
from booklet.writers.pdf.grey import grey
from tests.unit.verify_pdf.pdf_samples import BODY, artifact, expected, found, sample, svg_uri

GREY = edition("large-a4-grey")
UNDERLINED = "a { color: #0b4f5e; text-decoration: underline }"
BOX = "aside { border-left: 9pt solid %s; padding-left: 14pt }"


def held(colour: bytes, data: bytes | None = None) -> list[str]:
    """Return the rules of black and white that a print breaks."""
    wanted: Expectation = replace(expected(GREY), parent=colour)
    grey_one = grey(colour) if data is None else data
    findings = found(grey_one, wanted)
    return sorted({each.rule for each in findings if each.rule.startswith("GREY")})


def picture(left: str, right: str) -> str:
    return (
        '<img alt="Two halves." style="width: 60mm" src="'
        + svg_uri(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30">'
            f'<path fill="{left}" d="M0 0h30v30h-30z"/>'
            f'<path fill="{right}" d="M30 0h30v30h-30z"/></svg>'
        )
        + '"/>'
    )


def boxed(colour: str) -> bytes:
    """A box as the writer tags it."""

    def callout(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") in ("/Aside", "/NonStruct"):
                item.S = pikepdf.Name("/Callout")
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Callout=pikepdf.Name.Sect)

    body = f"{BODY}<aside><p>Call the nurse at once.</p></aside>"
    return sample(body, callout, css=BOX % colour + UNDERLINED)


def test_a_print_that_was_made_grey_has_no_colour_and_loses_nothing() -> None:
    assert held(sample(BODY + picture("#0b4f5e", "#e8f1f3"), css=UNDERLINED)) == []


def test_the_same_print_gives_the_same_shades() -> None:
    colour = sample(BODY + picture("#0b4f5e", "#e8f1f3"))
    assert grey(colour) == grey(colour) != colour


def test_colour_that_is_left_is_found() -> None:
    colour = sample(css=UNDERLINED)
    assert held(colour, colour) == ["GREY-001"]


@pytest.mark.parametrize(
    "css",
    [
        "a { color: #0b4f5e; text-decoration: none }",
        "a { color: #0b4f5e; text-decoration: none; border-bottom: 1pt dotted }",
    ],
)
def test_a_link_that_only_its_colour_told_is_found(css: str) -> None:
    assert held(sample(css=css)) == ["GREY-002"]


def test_a_link_in_bold_or_in_brackets_is_told() -> None:
    plain = "a { color: #111; text-decoration: none }"
    assert held(sample(css=f"{plain} a {{ font-weight: bold }}")) == []
    assert (
        held(sample('<h1>Care at home</h1><p>Ask <a href="#eating">[4]</a>.</p>', css=plain)) == []
    )


def test_the_edge_of_a_box_must_show() -> None:
    assert held(boxed("#9b1c1c")) == []
    assert held(boxed("#ccd9dd")) == ["GREY-003"]


def test_areas_that_only_their_colours_told_apart_are_found() -> None:
    # Red and green of one lightness: 0.3 r + 0.59 g + 0.11 b is 0.275 in both.
    assert held(sample(BODY + picture("#a02020", "#007700"), css=UNDERLINED)) == ["GREY-004"]
    assert held(sample(BODY + picture("#300000", "#40b070"), css=UNDERLINED)) == []


def test_without_the_print_in_colour_the_edges_are_not_checked() -> None:
    _, tools = verify_pdf(artifact(grey(sample(css=UNDERLINED)), GREY), expected(GREY))
    outcomes = {tool.tool: tool.outcome for tool in tools}
    assert outcomes["booklet: edges in grey"] == "not checked"
    assert outcomes["booklet: shades of grey"] == "passed"


def photo(mode: str) -> str:
    out = io.BytesIO()
    Image.radial_gradient("L").convert(mode).resize((600, 600)).save(out, "PNG")
    data = base64.b64encode(out.getvalue()).decode()
    return f'<img alt="A disc." style="width: 40mm" src="data:image/png;base64,{data}"/>'


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_photos_of_every_kind_become_grey(mode: str) -> None:
    assert held(sample(BODY + photo(mode), css=UNDERLINED)) == []


def test_gradients_and_patterns_become_grey() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><defs>'
        '<linearGradient id="g"><stop offset="0" stop-color="#600000"/>'
        '<stop offset=".5" stop-color="#107838"/><stop offset="1" stop-color="#fff"/>'
        '</linearGradient><pattern id="p" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path fill="#600000" d="M0 0h3v3h-3z"/></pattern></defs>'
        '<path fill="url(#g)" d="M0 0h30v30h-30z"/>'
        '<path fill="url(#p)" d="M30 0h30v30h-30z"/></svg>'
    )
    image = f'<img alt="Two halves." style="width: 60mm" src="{svg_uri(svg)}"/>'
    assert held(sample(BODY + image, css=UNDERLINED)) == []


@pytest.mark.parametrize("operator", [b"0 0 0 1 k", b"/DeviceCMYK cs 0 0 0 1 sc"])
def test_a_colour_of_a_kind_that_is_not_known_is_refused(operator: bytes) -> None:
    def paint(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + operator)

    data = sample(BODY, paint)
    with pytest.raises(MachineError, match="cannot be made grey"):
        grey(data)
