"""What a process has made before does not change what it makes: the same bytes as a fresh one."""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from booklet.editions import Job, edition
from booklet.findings import Cleared
from booklet.model import Booklet
from booklet.resources import styles_dir
from booklet.writers import write
from tests import samples

pytestmark = pytest.mark.slow
FRESH = f"from {__name__} import digest, plain; print(digest(plain()))"


def digest(job: Job) -> str:
    """Of the print and of the e-book that is made from it."""
    pages = write(job).artifact
    assert pages is not None
    row = edition("epub")
    book = write(dataclasses.replace(job, edition=row, styles=_styles(row.styles), parent=pages))
    assert book.artifact is not None
    return hashlib.sha256(pages.data + book.artifact.data).hexdigest()


def plain() -> Job:
    return _job(dataclasses.replace(samples.booklet(), clinic=None), "large-a4")


def _styles(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in names)


def _job(booklet: Booklet, name: str) -> Job:
    row = edition(name)
    return Job(Cleared(booklet), row, "sample.pdf", _styles(row.styles))


def test_a_booklet_made_after_others_is_as_if_it_were_the_first() -> None:
    sample = samples.booklet()
    meta = dataclasses.replace(sample.meta, title="مرحبا, a title in another script")
    clinic = dataclasses.replace(samples.clinic(), accent="#7a1fa2")
    other = dataclasses.replace(sample, meta=meta, clinic=clinic)
    for name in ("large-a4", "giant-letter"):
        assert write(_job(other, name)).artifact is not None
    after = digest(plain())
    alone = subprocess.run(
        [sys.executable, "-c", FRESH],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert after == alone.stdout.strip()
