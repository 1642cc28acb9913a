"""The drawing of the cover gives way to its words: on small pages and under a tall logo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet.editions import edition
from booklet.findings import Cleared
from booklet.model import Booklet
from booklet.plan import make, plan
from tests import samples


def tall_logo(booklet: Booklet) -> Booklet:
    tower = samples.asset("tower.svg")
    data = tower.data.replace(b"0 0 640 320", b"0 0 320 640")
    logo = replace(tower, data=data)
    clinic = replace(samples.clinic(), logo=logo, logo_description="A tower.")
    return replace(booklet, clinic=clinic, assets=(*booklet.assets, logo))


@pytest.mark.slow
@pytest.mark.parametrize("row", ["giant-letter", "large-half-letter"])
def test_no_word_of_a_full_cover_stands_on_the_drawing(row: str) -> None:
    job = plan(Cleared(tall_logo(samples.booklet())), edition(row), None)
    assert job is not None
    made = make(job)
    assert made.verdict is not None
    about_the_cover = {each.rule for each in made.findings if "Page 1:" in each.message}
    assert not {"PDF-002", "PDF-007"} & about_the_cover
    assert "booklet: contrast" in {tool.tool for tool in made.verdict.tools}
