"""The collector of garbage rests while a file is written, and is then as it was before."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from unittest import mock

import pytest

from booklet import writers
from booklet.editions import Job, Written, edition
from booklet.findings import Cleared
from tests import samples

JOB = Job(Cleared(samples.booklet()), edition("large-a4"), "sample.pdf", ())


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    (gc.enable if was_enabled else gc.disable)()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_it_rests_and_is_as_before(*, is_enabled: bool) -> None:
    (gc.enable if is_enabled else gc.disable)()
    seen: list[bool] = []

    def listen(_job: Job) -> Written:
        seen.append(gc.isenabled())
        return Written(None, ())

    with mock.patch("booklet.writers.pdf.write", listen):
        writers.write(JOB)
    assert seen == [False]
    assert gc.isenabled() is is_enabled


def test_it_is_as_before_when_the_file_cannot_be_written() -> None:
    gc.enable()
    with (
        mock.patch("booklet.writers.pdf.write", side_effect=ValueError("no")),
        pytest.raises(ValueError, match="no"),
    ):
        writers.write(JOB)
    assert gc.isenabled()
