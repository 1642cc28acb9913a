"""Letters and signs that broke a build once: each is printed, or told at its place."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from booklet import checks
from booklet.decoding import hidden
from booklet.model import Asset, Booklet
from booklet.verify.reading_order import tidy
from booklet.writers.pdf.glyphs import drawn_points, missing
from tests.samples import booklet
from tests.unit.readers_markdown.markdown_dump import read

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
  <text x="1"
    y="2">Words <tspan>{}</tspan>
    and more</text>
</svg>"""


def _with(drawing: str) -> Booklet:
    asset = Asset("a.svg", "source/x/images/a.svg", "image/svg+xml", drawing.encode(), "0" * 64)
    return dataclasses.replace(booklet(), assets=(asset,))


def test_a_letter_in_a_drawing_that_no_font_has_is_told_at_the_drawing() -> None:
    (finding,) = missing(_with(DRAWING.format("yes ✓")))
    assert str(finding.span) == "source/x/images/a.svg:3:24"
    assert finding.rule == "GLYPH-001"
    assert "“✓” (U+2713)" in finding.message
    assert "paths" in finding.hint


def test_a_letter_written_as_a_number_is_told_at_its_element() -> None:
    (finding,) = missing(_with(DRAWING.format("&#x2713;")))
    assert str(finding.span) in ("source/x/images/a.svg:2:1", "source/x/images/a.svg:3:1")


@pytest.mark.parametrize("words", ["αβγ", "мир", "سلام", "a\tb", ""])
def test_letters_of_every_font_are_taken_into_drawings(words: str) -> None:
    drawn = _with(DRAWING.format(words))
    assert missing(drawn) == ()
    assert set(map(ord, words)) <= drawn_points(drawn)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\u2063", "\u206a", "\ufff9"])
def test_signs_without_width_that_split_a_word_are_hidden(sign: str) -> None:
    ((at, message),) = hidden(f"re{sign}habilitation")
    assert at == 2
    assert f"U+{ord(sign):04X}" in message


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u200e", "\u200f", "\u00a0", "\u2011"])
def test_signs_that_scripts_need_are_not_hidden(sign: str) -> None:
    assert list(hidden(f"a{sign}b")) == []


def test_joined_letters_are_compared_as_they_are_read() -> None:
    assert tidy("o\ufb03ce\u2026") == "office..."


def test_a_short_form_glued_to_a_word_is_still_measured() -> None:
    chapter = read("# A chapter\n\nA word of a cellU.S. The end is near.\n").section
    assert chapter is not None
    glued = dataclasses.replace(booklet(), chapters=(chapter,))
    found = checks.run(glued, checks.Policy(), date(2027, 1, 1))
    assert all(finding.message for finding in found)
