"""The pixels of rendered pages: what is asked of their bytes is what their pictures show."""

from __future__ import annotations

from collections import Counter

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.verify.pdf_codes import may_hold_code
from booklet.verify.pdf_objects import objects_of
from booklet.verify.pdf_read import FINE, FINEST, MOST_PIXELS, bounded
from booklet.verify.pdf_sheet import Sheet, colour, pairs_of
from tests.unit.verify_pdf.pdf_samples import document, printed

WIDTH, HEIGHT = 5, 4
RED, NEARLY = (255, 0, 0), (0, 255, 0)
colours = st.sampled_from([RED, NEARLY, (255, 255, 0), (255, 255, 255), (0, 0, 0), (0, 0, 255)])
pages = st.lists(colours, min_size=WIDTH * HEIGHT, max_size=WIDTH * HEIGHT)


def sheet(pixels: list[tuple[int, int, int]]) -> Sheet:
    made = Sheet()
    made._bitmap(WIDTH, HEIGHT, format=pdfium.raw.FPDFBitmap_BGRx, rev_byteorder=True)
    made.pixels[:] = b"".join(bytes((*pixel, 255)) for pixel in pixels)
    return made


def seen(made: Sheet, edges: tuple[int, int, int, int]) -> list[tuple[int, ...]]:
    """The colours of a part, as its picture has them."""
    channels = iter(made.cut(edges).convert("RGB").tobytes())
    return list(zip(channels, channels, channels, strict=True))


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    left, upper = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    return left, upper, draw(st.integers(left + 1, WIDTH)), draw(st.integers(upper + 1, HEIGHT))


@given(pages, parts())
def test_the_bytes_say_what_the_picture_shows(
    pixels: list[tuple[int, int, int]], edges: tuple[int, int, int, int]
) -> None:
    made = sheet(pixels)
    shown = seen(made, edges)
    one = shown[0] if len(set(shown)) == 1 else None
    assert made.colour_of(edges) == one
    for each in (RED, NEARLY, (0, 0, 255)):
        assert made.holds(each, edges) == (each in shown)


@given(pages, pages, parts())
def test_pairs_of_two_pages_are_those_of_their_pictures(
    one: list[tuple[int, int, int]],
    other: list[tuple[int, int, int]],
    edges: tuple[int, int, int, int],
) -> None:
    page, ground = sheet(one), sheet(other)
    shown = seen(page, edges), seen(ground, edges)
    pairs = pairs_of(page, ground, edges)
    told = Counter({(colour(a), colour(b)): count for (a, b), count in pairs.items()})
    assert told == Counter(zip(*shown, strict=True))


def test_what_is_cut_out_stays_when_the_next_page_is_drawn() -> None:
    made = sheet([RED] * (WIDTH * HEIGHT))
    part = made.cut(made.whole)
    made.pixels[:] = bytes(len(made.pixels))
    assert part.getpixel((0, 0)) == (*RED, 255)


@pytest.mark.parametrize(
    ("body", "may"),
    [
        ("<p>Words alone.</p>", False),
        ("<p style='border: 1px solid'>Words in a frame.</p>", False),
        ("<table>" + "<tr><td style='border: 1px solid'>x</td></tr>" * 20 + "</table>", True),
    ],
)
def test_a_page_with_next_to_nothing_drawn_holds_no_code(body: str, may: bool) -> None:
    page = pdfium.PdfDocument(printed(document(body)))[0]
    assert may_hold_code(objects_of(page)) is may


def test_a_giant_page_is_drawn_small_enough_to_be_held() -> None:
    widest = 14_400.0  # points: as wide as a page can be (ISO 32000-1, annex C)
    scale = bounded(FINEST, widest, widest)
    assert 0 < scale < FINE
    assert scale**2 * widest**2 == pytest.approx(MOST_PIXELS)


def test_pages_of_paper_are_drawn_as_finely_as_ever() -> None:
    assert bounded(FINE, 1190.6, 1683.8) == FINE  # A2
    assert bounded(FINEST, 841.9, 1190.6) == FINEST  # A3, with letters of 4 points
