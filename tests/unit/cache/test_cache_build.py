"""What is kept of jobs: the same comes out again, and nothing that is blocked or damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from booklet.editions import Artifact, Job, Made, Verdict, edition
from booklet.findings import Cleared, Finding, Severity
from booklet.kept import Shelf
from booklet.model import Span
from tests import samples

EDITIONS = ("large-a4", "large-letter", "giant-a4")
ERROR = Finding("PDF-1", Severity.ERROR, Span("x/a.pdf"), "Wrong.", "")


@dataclass
class Work:
    """A stand-in for a worker that counts what it does; some editions fail."""

    text: str = "pages"
    failing: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def __call__(self, job: Job) -> Made:
        self.calls.append(job.edition.id)
        data = f"{job.name} {self.text}".encode()
        row, digest = job.edition, hashlib.sha256(data).hexdigest()
        artifact = Artifact(row, job.name, row.media_type, data, digest)
        findings = (ERROR,) if row.id in self.failing else ()
        return Made(findings, Verdict(artifact, findings, ()))

    def run(self, shelf: Shelf, jobs: Sequence[Job]) -> tuple[Made, ...]:
        return tuple(self.one(shelf, job) for job in jobs)

    def one(self, shelf: Shelf, job: Job) -> Made:
        key = shelf.key(job)
        made = shelf.recall(key, job.edition)
        if made is None:
            made = self(job)
            shelf.keep(key, made)
        return made


def jobs() -> tuple[Job, ...]:
    cleared = Cleared(samples.booklet())
    return tuple(Job(cleared, edition(row), f"{row}.pdf", ()) for row in EDITIONS)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf.open(tmp_path / "cache")


def test_the_second_time_nothing_is_made_and_all_is_equal(shelf: Shelf) -> None:
    first, second = Work(), Work("never written")
    made = first.run(shelf, jobs())
    assert first.calls == list(EDITIONS)
    assert second.run(shelf, jobs()) == made
    assert second.calls == []


def test_only_what_is_missing_is_made_and_the_order_is_kept(shelf: Shelf) -> None:
    Work().run(shelf, jobs()[1:2])
    work = Work()
    assert work.run(shelf, jobs()) == tuple(map(Work(), jobs()))
    assert work.calls == ["large-a4", "giant-a4"]


def test_what_is_blocked_is_made_again(shelf: Shelf) -> None:
    Work(failing={"large-letter"}).run(shelf, jobs())
    work = Work()
    assert [made.findings for made in work.run(shelf, jobs())] == [(), (), ()]
    assert work.calls == ["large-letter"]


def test_a_damaged_entry_is_made_again(shelf: Shelf) -> None:
    Work().run(shelf, jobs())
    entry = shelf.store.path(shelf.key(jobs()[0]))
    entry.write_bytes(entry.read_bytes()[:-3])
    work = Work()
    assert work.run(shelf, jobs()) == tuple(map(Work(), jobs()))
    assert work.calls == ["large-a4"]
