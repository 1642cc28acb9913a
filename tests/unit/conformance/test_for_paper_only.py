"""What is for paper alone claims nothing: no report, no signature, no transcript, no checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import conformance, criteria, outside
from booklet.editions import EDITIONS, Artifact, Edition, Verdict
from booklet.output import file_name
from booklet.transcript import TRANSCRIBERS
from tests import samples

ROWS = [row for row in EDITIONS if row.is_for_paper]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_nothing_is_claimed_of_it(row: Edition, tmp_path: Path) -> None:
    artifact = Artifact(row, "sample.pdf", row.media_type, b"%PDF", "0" * 64, row.made_from)
    verdict = Verdict(artifact, (), ())
    assert conformance.reports("sample/sample.pdf", verdict, samples.booklet()) == {}
    assert criteria.points(row.format) == ()
    assert row.format not in TRANSCRIBERS
    # No program is started, and no file is laid out for one.
    assert outside.ask({1: ("sample/sample.pdf", artifact)}, tmp_path) == {}


def test_other_editions_have_their_reports() -> None:
    for row in EDITIONS:
        assert conformance.applies(row) != row.is_for_paper


def test_the_mark_is_the_last_word_of_a_name_after_the_clinic() -> None:
    names = {
        file_name("care", "en-US", row.suffix, "riverside", row.ending, row.mark) for row in ROWS
    }
    assert "care_en-US_large-print-A5-on-A4_riverside_PRINT-ONLY.pdf" in names
    assert "care_en-US_large-print-A5_riverside_PRESS.pdf" in names
    assert len(names) == len(ROWS)
    assert all(name.endswith(("_PRINT-ONLY.pdf", "_PRESS.pdf")) for name in names)
