"""A fault stops its booklet alone, unless every booklet would meet it; what is finished stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import build, manifest, output, readers
from booklet.build import Request
from booklet.editions import Job, Made
from booklet.errors import HaltError, MachineError
from booklet.report import summary
from booklet.source import SourceTree
from tests.unit.build.conductor_stage import Stage, finding, names, silence, statuses

Raise = Callable[[Job], Made]


def failing(stage: Stage, error: BaseException, *, booklet: str = "a", row: str = "epub") -> Raise:
    def make(job: Job) -> Made:
        if (job.cleared.booklet.meta.id, job.edition.id) == (booklet, row):
            raise error
        return stage.finished(job)

    return make


@pytest.mark.parametrize(
    ("error", "said", "hint"),
    [
        (MachineError("it complains", where="x.svg", hint="Look."), "x.svg: it complains", "Look."),
        (MemoryError(), "the memory is full", "--jobs 1"),
        (ZeroDivisionError("by zero"), "a fault: ZeroDivisionError: by zero", "BOOKLET_DEBUG"),
        (OSError(2, "No such file", "x.ttf"), "x.ttf: No such file", ""),
    ],
)
def test_a_fault_in_one_edition_stops_its_booklet_alone(
    error: Exception, said: str, hint: str, stage: Stage, request_: Request
) -> None:
    build.build(request_, silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    stage.make, stage.text = failing(stage, error), "second"
    report = build.build(request_, silence)
    assert statuses(report.booklets) == {"a": "failed", "b": "built"}
    assert report.exit_code == 3
    (fault,) = report.faults
    assert fault.line().startswith("a, E-book (EPUB): ")
    assert said in fault.line()
    assert hint in fault.hint
    assert type(error).__name__ in fault.trace
    assert "\n" not in fault.line()
    assert summary(report)[1].startswith("1 booklet failed: a fault of the computer")
    after = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    same = {name for name in before if before[name] == after[name]}
    assert same == {name for name in before if name.startswith("a/")}


def test_a_fault_in_a_parent_leaves_its_children_out_and_makes_the_rest(
    stage: Stage, request_: Request
) -> None:
    stage.make = failing(stage, MemoryError(), row="large-a4")
    told: list[str] = []
    report = build.build(replace(request_, booklets=("a",)), told.append)
    assert [job.edition.id for job in stage.jobs] == ["large-a4", "large-letter"]
    assert told == ["1 of 1: a, Large print, Letter, 20 pages"]
    assert [fault.where for fault in report.faults] == ["a, Large print, A4"]
    assert names(request_.out) == []


def test_what_is_wrong_elsewhere_is_told_beside_a_fault(stage: Stage, request_: Request) -> None:
    stage.found["b"] = (finding(),)
    stage.make = failing(stage, MemoryError())
    report = build.build(request_, silence)
    assert statuses(report.booklets) == {"a": "failed", "b": "blocked"}
    assert report.exit_code == 3, "it outranks the findings: not all is known"
    assert len(report.findings) == 1


@pytest.mark.parametrize(
    "error",
    [
        HaltError("the cluster is gone"),
        ModuleNotFoundError("No module named 'weasyprint'"),
        OSError(28, "No space left on device"),
    ],
)
def test_what_every_booklet_would_meet_stops_all_and_what_is_finished_stays(
    error: Exception, stage: Stage, request_: Request
) -> None:
    stage.make = failing(stage, error, booklet="b", row="large-a4")
    with pytest.raises(HaltError):
        build.build(request_, silence)
    assert {name.split("/")[0] for name in names(request_.out)} == {"a", "manifest.json"}
    assert not (request_.out / output.LOCK).exists()


def test_an_interrupt_keeps_what_is_finished(stage: Stage, request_: Request) -> None:
    stage.make = failing(stage, KeyboardInterrupt(), booklet="b")
    with pytest.raises(KeyboardInterrupt):
        build.build(request_, silence)
    assert {name.split("/")[0] for name in names(request_.out)} == {"a", "manifest.json"}
    listed = manifest.load((request_.out / manifest.NAME).read_bytes())
    assert {entry.booklet for entry in listed} == {"a"}
    assert not (request_.out / output.LOCK).exists()


def reading(stage: Stage, error: Exception) -> Callable[..., object]:
    def read(tree: SourceTree, name: str, *, clinic: str | None) -> object:
        if name == "a":
            raise error
        return stage.read(tree, name, clinic=clinic)

    return read


def test_a_booklet_that_the_machine_cannot_read_stops_alone(
    stage: Stage, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = MachineError("cannot be read: Permission denied", where="source/a/01.md")
    monkeypatch.setattr(readers, "read", reading(stage, fault))
    for report in (build.build(request_, silence), build.check(request_)):
        assert report.exit_code == 3
        assert [each.line() for each in report.faults] == [
            "a: source/a/01.md: cannot be read: Permission denied"
        ]
    assert {name.split("/")[0] for name in names(request_.out)} == {"b", "manifest.json"}


def test_what_booklets_share_and_nobody_can_read_stops_all(
    stage: Stage, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = MachineError("cannot be read", where="source/disclaimers")
    monkeypatch.setattr(readers, "read", reading(stage, fault))
    with pytest.raises(MachineError, match="cannot be read"):
        build.build(request_, silence)
    assert not request_.out.exists()


def test_with_fail_fast_none_is_begun_after_the_first_that_fails(
    stage: Stage, request_: Request
) -> None:
    for name in "cdef":
        (request_.source / name).mkdir()
    stage.found["b"] = (finding(),)
    report = build.build(replace(request_, fail_fast=True), silence)
    done = statuses(report.booklets)
    assert (done["a"], done["b"]) == ("built", "blocked")
    assert report.left == 6 - len(done) > 0
    assert f"{report.left} booklets not begun (--fail-fast)." in summary(report)
    assert {entry.booklet for entry in report.entries} == set(done) - {"b"}


# ---------------------------------------------------------------- one after another


def test_a_booklet_is_put_out_before_the_next_but_one_is_made(
    stage: Stage, request_: Request
) -> None:
    for name in "cdef":
        (request_.source / name).mkdir()
    seen: list[tuple[str, int]] = []

    def make(job: Job) -> Made:
        out = request_.out
        seen.append((job.cleared.booklet.meta.id, len(list(out.glob("*/*.epub")))))
        return stage.finished(job)

    stage.make = make
    build.build(request_, silence)
    assert [name for name, _ in seen] == sorted(name for name, _ in seen)
    begun = dict(reversed(seen))
    assert all(there >= number - 2 for number, (_, there) in enumerate(sorted(begun.items())))


def test_a_long_list_is_written_no_more_often_than_files_of_its_size_go_out(
    stage: Stage, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        (request_.source / f"c{number:02}").mkdir()
    written: list[int] = []
    publish = output.publish

    def counting(folder: Path, files: dict[str, bytes]) -> None:
        written.append(len(files[manifest.NAME]))
        publish(folder, files)

    monkeypatch.setattr(output, "publish", counting)
    # Reports are larger than these rows: to be as long as they are, rows need many tools.
    monkeypatch.setattr("booklet.conformance.reports", lambda *given: {})
    report = build.build(request_, silence)
    assert len(report.entries) == 42 * 3
    assert len(written) < 12
    assert sum(written) < 4 * written[-1]
    listed = manifest.load((request_.out / manifest.NAME).read_bytes())
    assert set(listed) == set(report.entries)
