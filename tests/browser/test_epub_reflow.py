"""The e-book in a real browser: it reflows, stands out on any page colour, loses no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import pytest

from booklet.model import Direction, Paragraph
from booklet.verify.external import Checked, check_in_browser
from tests import samples
from tests.epub_samples import job, made
from tests.needs import need_validator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG_WORD = "Gesundheitsversorgungsstrukturverbesserungsmassnahmen " * 3


def sample(direction: Direction) -> bytes:
    """Every page of the sample, with a word longer than any screen."""
    booklet = samples.booklet()
    chapter = booklet.chapters[0]
    long = Paragraph(samples.words(LONG_WORD), samples.SPAN)
    return made(
        job(
            replace(
                booklet,
                meta=replace(booklet.meta, direction=direction),
                clinic=samples.clinic(),
                chapters=(replace(chapter, blocks=(long, *chapter.blocks)),),
            )
        )
    )


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Checked]:
    need_validator("Browser (Chromium)")
    folder = tmp_path_factory.mktemp("books")
    places = {direction: folder / f"{direction}.epub" for direction in get_args(Direction)}
    for direction, place in places.items():
        place.write_bytes(sample(direction))
    results = check_in_browser(list(places.values()))
    return {direction: results[place] for direction, place in places.items()}


@pytest.mark.parametrize("direction", get_args(Direction))
def test_a_browser_finds_nothing_wrong(checked: Mapping[str, Checked], direction: str) -> None:
    assert [finding.line() for finding in checked[direction].findings] == []
    (result,) = checked[direction].tools
    assert result.outcome == "passed"


@pytest.mark.parametrize("direction", get_args(Direction))
def test_the_browser_looked_at_everything(checked: Mapping[str, Checked], direction: str) -> None:
    (result,) = checked[direction].tools
    _, _, told = result.detail.partition(": ")
    pages, lines, pictures, links = (int(part.split()[0]) for part in told.split(", "))
    assert (pages, pictures) == (15, 4)
    assert lines > 150
    assert links > 20
