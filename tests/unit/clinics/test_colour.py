"""The arithmetic of a clinic's colour: what passes, what is offered instead, and its tints."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.colour import (
    HOUSE,
    WHITE,
    Colour,
    contrast,
    darkened,
    palette,
    parsed,
    written,
)
from booklet.verify.pdf_picture import contrast as measured
from tests.needs import PROJECT

AAA = 7.0
CHANNEL = st.integers(0, 255)
COLOURS = st.tuples(CHANNEL, CHANNEL, CHANNEL)
INK = parsed("#111111")


def test_colours_are_read_and_written() -> None:
    assert parsed("#0B4F5E") == (11, 79, 94)
    assert parsed("#2a7") == parsed("#22aa77")
    assert written((11, 79, 94)) == "#0b4f5e"
    for text in ("0b4f5e", "#0b4f5", "", "#"):
        with pytest.raises(ValueError, match="no colour"):
            parsed(text)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0)) == pytest.approx(21)
    assert contrast(WHITE) == pytest.approx(1)
    # A well-known pair: this grey only just passes AA on white.
    assert contrast(parsed("#767676")) == pytest.approx(4.54, abs=0.01)


@given(COLOURS, COLOURS)
def test_it_agrees_with_what_the_verifier_measures(one: Colour, other: Colour) -> None:
    assert contrast(one, other) == pytest.approx(measured(one, other))


@given(COLOURS)
def test_the_colour_that_is_offered_passes_and_is_the_nearest(colour: Colour) -> None:
    offered = darkened(colour, AAA)
    assert contrast(offered) >= AAA
    if contrast(colour) >= AAA:
        assert offered == colour
        return
    assert all(new <= old for new, old in zip(offered, colour, strict=True))
    # One step lighter in each channel would not pass: nothing was darkened without need.
    lighter = tuple(min(255, channel + 1) for channel in offered)
    assert contrast((lighter[0], lighter[1], lighter[2])) < AAA


@given(COLOURS)
def test_words_keep_their_contrast_on_every_tint(colour: Colour) -> None:
    accent = darkened(colour, AAA)
    own = palette(accent, AAA)
    band = parsed(own.band)
    assert own.accent == written(accent)
    assert contrast(accent, band) >= AAA
    assert contrast(INK, band) >= AAA
    assert contrast(accent, WHITE) >= AAA
    assert contrast(parsed(own.rule)) >= 3


def test_a_dark_accent_has_a_tint_and_a_bare_one_has_none() -> None:
    assert palette(parsed(HOUSE), AAA).band not in ("#ffffff", HOUSE)
    bare = darkened((255, 136, 0), AAA)
    assert contrast(bare) < 7.2
    assert contrast(bare, parsed(palette(bare, AAA).band)) >= AAA


def test_the_house_colour_is_the_one_of_styles_and_icons() -> None:
    base = (PROJECT / "styles" / "base.css").read_text(encoding="utf-8")
    assert f"--accent: {HOUSE};" in base
    icons = [path.read_text(encoding="utf-8") for path in (PROJECT / "styles/icons").glob("*.svg")]
    fills = {name for icon in icons for name in re.findall(r"#[0-9A-Fa-f]{6}", icon)}
    # Any other spelling of the accent would keep its colour under a profile.
    assert HOUSE.upper() in fills
    assert HOUSE not in fills


def test_no_style_names_the_accent_but_through_its_property() -> None:
    for path in (PROJECT / "styles").glob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert len(re.findall(HOUSE, css, flags=re.IGNORECASE)) == (path.name == "base.css")
