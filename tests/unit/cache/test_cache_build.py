"""A build with a cache: the same files, without doing again what was done."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from booklet.editions import Artifact, Job, Made, Verdict, edition
from booklet.executors import InProcess
from booklet.findings import Cleared, Finding, Severity
from booklet.kept import Shelf, run
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
    told: list[int] = field(default_factory=list)

    def __call__(self, job: Job) -> Made:
        self.calls.append(job.edition.id)
        data = f"{job.name} {self.text}".encode()
        row, digest = job.edition, hashlib.sha256(data).hexdigest()
        artifact = Artifact(row, job.name, row.media_type, data, digest)
        findings = (ERROR,) if row.id in self.failing else ()
        return Made(findings, Verdict(artifact, findings, ()))

    def run(self, shelf: Shelf | None, jobs: Sequence[Job]) -> tuple[Made, ...]:
        return run(shelf, InProcess(), self, jobs, lambda index, _: self.told.append(index))


def jobs() -> tuple[Job, ...]:
    cleared = Cleared(samples.booklet())
    return tuple(Job(cleared, edition(row), f"{row}.pdf", ()) for row in EDITIONS)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf.open(tmp_path / "cache")


def test_without_a_cache_all_is_made_each_time() -> None:
    work = Work()
    assert work.run(None, jobs()) == work.run(None, jobs())
    assert work.calls == [*EDITIONS, *EDITIONS]


def test_the_second_time_nothing_is_made_and_all_is_equal(shelf: Shelf) -> None:
    first, second = Work(), Work("never written")
    made = first.run(shelf, jobs())
    assert first.calls == list(EDITIONS)
    assert second.run(shelf, jobs()) == made
    assert second.calls == []
    assert second.told == [0, 1, 2]


def test_only_what_is_missing_is_made_and_the_order_is_kept(shelf: Shelf) -> None:
    Work().run(shelf, jobs()[1:2])
    work = Work()
    assert work.run(shelf, jobs()) == Work().run(None, jobs())
    assert work.calls == ["large-a4", "giant-a4"]
    assert sorted(work.told) == [0, 1, 2]


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
    assert work.run(shelf, jobs()) == Work().run(None, jobs())
    assert work.calls == ["large-a4"]


def test_what_is_finished_before_a_fault_is_kept(shelf: Shelf) -> None:
    def broken(job: Job) -> Made:
        if job.edition.id == "giant-a4":
            raise MemoryError
        return Work()(job)

    with pytest.raises(MemoryError):
        run(shelf, InProcess(), broken, jobs(), lambda index, made: None)
    work = Work()
    work.run(shelf, jobs())
    assert work.calls == ["giant-a4"]
