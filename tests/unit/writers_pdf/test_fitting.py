"""What the table offers has room for a disclaimer of 100 words, and what it refuses has not."""

from __future__ import annotations

from dataclasses import astuple, replace
from itertools import pairwise

import pytest

from booklet.editions import (
    EDITIONS,
    PAPERS,
    PRESETS,
    Edition,
    Job,
    Paper,
    Preset,
    edition,
    refusal,
)
from booklet.editions.table import FEWEST_WORDS, _print
from booklet.findings import Cleared
from booklet.model import Booklet, Text
from booklet.resources import styles_dir
from booklet.writers import pdf
from booklet.writers.html import Links, render
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.fitting import cover_sizes, emergency_pages, last_pages
from booklet.writers.pdf.page import document
from booklet.writers.pdf.trial import Trial
from tests import samples

PRINTED = tuple(row for row in EDITIONS if row.format == "pdf")
# Words of the lengths that such texts have, in four paragraphs.
SENTENCE = "This booklet gives general information, and it is no advice from your own care team."
HOME_PRINTER = 6.35


def with_disclaimer(words: int) -> Booklet:
    """The sample with a disclaimer of so many words."""
    text = (SENTENCE.split() * words)[:words]
    quarter = -(-words // 4)
    paragraphs = [" ".join(text[n : n + quarter]) for n in range(0, words, quarter)]
    whole = samples.disclaimer(" ".join(text))
    own = replace(whole, paragraphs=tuple((Text(paragraph),) for paragraph in paragraphs))
    return replace(samples.booklet(), disclaimer=own)


def job(booklet: Booklet, row: Edition) -> Job:
    styles = tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in row.styles)
    return Job(Cleared(booklet), row, "sample.pdf", styles)


def trial(booklet: Booklet, row: Edition) -> Trial:
    parts = render(booklet, Links()).parts
    points = frozenset(map(ord, document(booklet, parts)))
    return Trial(job(booklet, row), parts, Engine(Shelf.of((), points)), points)


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_what_is_offered_has_room_for_a_disclaimer_and_nothing_else(
    preset: Preset, paper: Paper
) -> None:
    row = _print(preset, paper)
    fits = trial(with_disclaimer(FEWEST_WORDS), row).last_page() is not None
    assert fits == (refusal(preset, paper) == "")


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row.id)
def test_leading_gives_way_before_margins_and_neither_falls_below_its_floor(row: Edition) -> None:
    sizes, ways = row.type, last_pages(row)
    assert sizes is not None
    assert row.last is not None
    assert ways[0].leading == sizes.leading
    assert ways[-1].leading == sizes.leading_floor
    assert astuple(ways[-1].margins) == pytest.approx(astuple(row.last))
    for wide, close in pairwise(ways):
        assert close.leading <= wide.leading
        assert close.margins == wide.margins or wide.leading == sizes.leading_floor
        assert close.margins.side <= wide.margins.side
    assert min(row.last.side, row.last.head) > HOME_PRINTER
    # The page number stands below the text, with its gap, and still clear of the edge.
    digits = 0.8 * sizes.body * 25.4 / 72
    assert row.last.foot - row.last.gap - digits > HOME_PRINTER


@pytest.mark.parametrize(("preset", "least"), [("acb", 25.4), ("aph", 25.4)])
def test_a_guideline_keeps_its_inch_on_the_last_page_too(preset: str, least: float) -> None:
    for row in PRINTED:
        if row.family == preset and row.last is not None:
            assert min(row.last.side, row.last.head, row.last.foot) >= least


def test_a_disclaimer_that_fits_some_editions_names_them() -> None:
    booklet = with_disclaimer(185)
    result = pdf.write(job(booklet, edition("giant-a4")))
    (finding,) = result.findings
    assert finding.rule == "DISC-020"
    assert "Giant print, A4" in finding.message
    assert finding.hint.startswith("It fits on large-a4, large-letter, ")
    assert "clear-half-letter" in finding.hint
    assert "giant" not in finding.hint
    assert "lock-disclaimer" in finding.hint


def test_a_disclaimer_that_fits_nowhere_is_to_be_shortened() -> None:
    (finding,) = pdf.write(job(with_disclaimer(700), edition("giant-a4"))).findings
    assert finding.hint.startswith("It fits on no edition. Shorten")


@pytest.mark.parametrize(
    ("row", "title", "size"),
    [
        ("large-a4", "Stem Cell Therapy for Stroke", 44),
        ("large-half-letter", "Stem Cell Therapy for Stroke", 44),
        ("large-half-letter", "Neurorehabilitation", 32),
        ("giant-a4", "Neurorehabilitation", 46),
        # A word that no size can hold is printed like a heading, and broken there.
        ("large-half-letter", "Pneumonoultramicroscopicsilicovolcanoconiosis", 24),
    ],
)
def test_no_word_of_a_title_is_wider_than_the_cover(row: str, title: str, size: float) -> None:
    assert cover_sizes(edition(row), title)[0] == size


def test_a_long_title_is_made_smaller_until_the_cover_is_one_page() -> None:
    sample, row = samples.booklet(), edition("large-half-letter")
    title = "What the long way home after a stroke means for you and all your family and friends"
    meta = replace(sample.meta, title=title)
    tried = trial(replace(sample, meta=meta), row)
    last = last_pages(row)[0]
    sizes = cover_sizes(row, title)
    assert tried.fitted(last).cover in sizes[1:]
    assert trial(sample, row).fitted(last).cover == sizes[0]


def test_the_emergency_box_moves_closer_before_it_goes_on_over_a_page() -> None:
    sample = samples.booklet()
    whole, closer, over = emergency_pages()
    assert (whole.is_whole, closer.is_whole, over.is_whole) == (True, True, False)
    assert closer.leading >= 1.25
    sign = sample.emergency.signs[0]

    def way(signs: int) -> object:
        box = replace(sample.emergency, signs=(sign,) * signs)
        tried = trial(replace(sample, emergency=box), edition("large-a5"))
        return tried.emergency(last_pages(edition("large-a5"))[0])

    found = [way(signs) for signs in (1, 4, 5, 12)]
    assert found[0] == whole
    assert found[-1] == over
    assert found == sorted(found, key=(whole, closer, over).index)
