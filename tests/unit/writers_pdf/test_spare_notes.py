"""Pages to write on make the number of pages a multiple of four: few, whole, before the back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import plan
from booklet.editions import Edition, Job, edition
from booklet.errors import MachineError
from booklet.findings import Cleared
from booklet.model import BackPart, Booklet
from booklet.verify import verify
from booklet.words import words_for
from booklet.writers import write
from booklet.writers.html import Links, Part, PartKind, render, spare_notes
from booklet.writers.pdf.engine import Engine, Layout
from booklet.writers.pdf.evened import _lines, even
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.page import document
from booklet.writers.pdf.trial import sheets
from tests import samples

BASE = samples.booklet()
PARTS = render(BASE, Links()).parts
WITHOUT_NOTES = tuple(part for part in BackPart if part is not BackPart.NOTES)
SHORTER = replace(BASE, meta=replace(BASE.meta, back_matter=WITHOUT_NOTES))


def job(row: Edition, booklet: Booklet = BASE) -> Job:
    made = plan.plan(Cleared(booklet), row, None)
    assert made is not None
    return made


@dataclass
class Press:
    """A layout engine of its own kind: so many pages, and more when pages are added."""

    pages: int
    growth: int = 0

    def lay_out(self, parts: tuple[Part, ...]) -> Layout:
        spare = [part for part in parts if part.kind is PartKind.SPARE_NOTES]
        if len(spare) == len(parts):  # the page alone, to see how many lines it holds
            lines = str(parts[0].body).count('class="line"')
            return cast("Layout", Counted(1 if lines <= 9 else 2))
        return cast("Layout", Counted(self.pages + len(spare) + self.growth * bool(spare)))


@dataclass
class Counted:
    page_count: int


@given(st.integers(1, 200), st.integers(0, 3))
def test_few_pages_are_added_until_the_number_can_be_folded(pages: int, growth: int) -> None:
    press = Press(pages, growth)
    asked = job(edition("large-a5"))
    if pages % 4 and not any((pages + n + growth) % 4 == 0 for n in (1, 2, 3)):
        with pytest.raises(MachineError, match="multiple of 4"):
            even(asked, PARTS, press.lay_out)
        return
    parts, layout = even(asked, PARTS, press.lay_out)
    spare = [part for part in parts if part.kind is PartKind.SPARE_NOTES]
    assert layout.page_count % 4 == 0
    assert len(spare) < 4
    assert all(str(part.body).count('class="line"') == 9 for part in spare)
    assert bool(spare) == bool(pages % 4)


def test_they_stand_between_the_last_chapter_and_the_back_matter() -> None:
    parts, _ = even(job(edition("large-a5")), PARTS, Press(13).lay_out)
    kinds = [part.kind for part in parts]
    first = kinds.index(PartKind.SPARE_NOTES)
    assert kinds[first - 1] is PartKind.CHAPTER
    assert kinds[first : first + 4] == [PartKind.SPARE_NOTES] * 3 + [PartKind.QUESTIONS]
    assert kinds[-1] is PartKind.DISCLAIMER
    assert len({part.id for part in parts}) == len(parts)


def test_other_editions_get_none() -> None:
    parts, layout = even(job(edition("large-a4")), PARTS, Press(13).lay_out)
    assert parts is PARTS
    assert layout.page_count == 13


@pytest.mark.slow
def test_a_finished_booklet_counts_them_everywhere() -> None:
    """Fidelity holds each page number in the text and in the contents to the finished pages."""
    # One page less than a booklet that needs none takes some.
    for booklet in (BASE, SHORTER):
        asked = job(edition("large-a4-fold"), booklet)
        artifact = write(asked).artifact
        assert artifact is not None
        assert artifact.pages % 4 == 0
        if any(start.part.startswith("spare-notes") for start in artifact.page_map):
            break
    assert artifact is not None
    starts = artifact.page_map
    assert [start.label for start in starts] == [str(n + 1) for n in range(artifact.pages)]
    spare = [start.part for start in starts if start.part.startswith("spare-notes")]
    assert spare == [f"spare-notes-{n + 1}" for n in range(len(spare))]
    assert spare
    verdict = verify(artifact, plan.expectation(asked))
    outcomes = {tool.tool: tool for tool in verdict.tools}
    for name in ("number of pages", "added pages", "structure fidelity", "text fidelity"):
        assert outcomes[f"booklet: {name}"].outcome == "passed", verdict.findings
    assert outcomes["booklet: added pages"].detail == f"{len(spare)} to write on"


@pytest.mark.parametrize("row", ["large-half-letter", "clear-a5", "giant-letter-fold"])
def test_lines_fill_one_page_at_every_size(row: str) -> None:
    asked = job(edition(row))
    words = words_for("en-US")
    assert words is not None
    points = frozenset(map(ord, document(BASE, (spare_notes(words, 1, 1),))))
    engine = Engine(Shelf.of((), points))
    styles = sheets(asked, asked.edition, points)

    def pages(parts: tuple[Part, ...]) -> Layout:
        return engine.lay_out(document(BASE, parts), styles)

    lines = _lines(asked, pages)
    assert lines >= 9
    assert pages((spare_notes(words, 1, lines),)).page_count == 1
    assert pages((spare_notes(words, 1, lines + 1),)).page_count == 2
