"""The conductor's gate: what is blocked, what is not, and that the old files stay."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from booklet import build, readers
from booklet.build import Request
from booklet.editions import DEFAULTS, Job, Made, edition
from booklet.findings import Severity
from tests import samples
from tests.unit.build.conductor_stage import (
    Stage,
    finding,
    names,
    silence,
    statuses,
)


def test_a_wrong_booklet_never_stops_the_others(stage: Stage, request_: Request) -> None:
    stage.found["a"] = (finding(),)
    report = build.build(request_, silence)
    assert report.exit_code == 1
    assert statuses(report.booklets) == {"a": "blocked", "b": "built"}
    assert {name.split("/")[0] for name in names(request_.out)} == {"b", "manifest.json"}
    assert {job.cleared.booklet.meta.id for job in stage.jobs} == {"b"}


def test_with_nothing_to_build_the_output_is_not_touched(stage: Stage, request_: Request) -> None:
    stage.unreadable = {"a", "b"}
    report = build.build(request_, silence)
    assert report.exit_code == 1
    assert not request_.out.exists()
    assert len(report.findings) == 2


def test_all_findings_are_shown_at_once_in_order(stage: Stage, request_: Request) -> None:
    stage.found = {
        "b": (finding(file="source/b/01.md"), finding(file="source/a/02.md")),
        "a": (finding(file="source/a/09.md"), finding(file="source/a/02.md")),
    }
    report = build.check(request_)
    files = [each.span.file for each in report.findings]
    assert files == ["source/a/02.md", "source/a/09.md", "source/b/01.md"]


@pytest.mark.parametrize("row", DEFAULTS, ids=lambda row: row.id)
def test_a_finding_in_one_finished_file_keeps_all_editions_back(
    row: object, stage: Stage, request_: Request
) -> None:
    build.build(request_, silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    stage.text = "second"

    def wrong(job: Job) -> Made:
        bad = job.edition == row and job.cleared.booklet.meta.id == "a"
        return stage.finished(job, *([finding(file="a/file")] if bad else []))

    stage.make = wrong
    report = build.build(request_, silence)
    after = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    assert statuses(report.booklets) == {"a": "blocked", "b": "built"}
    assert report.exit_code == 1
    assert [entry.booklet for entry in report.entries] == ["b"] * 3
    same = {name for name in before if before[name] == after[name]}
    assert same == {name for name in before if name.startswith("a/")}


def test_a_writer_that_refuses_blocks_the_booklet_and_its_children(
    stage: Stage, request_: Request
) -> None:
    def refuse(job: Job) -> Made:
        if job.edition.id == "large-a4":
            return Made((finding(file="source/disclaimers/en.md"),))
        return stage.finished(job)

    stage.make = refuse
    report = build.build(request_, silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert "epub" not in {job.edition.id for job in stage.jobs}
    assert len(report.findings) == 1
    assert names(request_.out) == []


def test_a_finding_in_a_parent_that_was_not_asked_for_blocks_too(
    stage: Stage, request_: Request
) -> None:
    def wrong(job: Job) -> Made:
        bad = [finding()] if job.edition.format == "pdf" else []
        return stage.finished(job, *bad)

    stage.make = wrong
    report = build.build(replace(request_, editions=(edition("epub"),)), silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert names(request_.out) == []


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
def test_warnings_block_only_when_strict(
    strict: bool, code: int, stage: Stage, request_: Request
) -> None:
    stage.found["a"] = (finding(Severity.WARNING),)
    assert build.check(replace(request_, strict=strict)).exit_code == code
    assert build.build(replace(request_, strict=strict), silence).exit_code == code


def test_a_warning_about_a_finished_file_blocks_only_when_strict(
    stage: Stage, request_: Request
) -> None:
    stage.make = lambda job: stage.finished(job, finding(Severity.WARNING))
    loose = build.build(request_, silence)
    assert loose.exit_code == 0
    assert {entry.findings for entry in loose.entries} == {1}
    assert build.build(replace(request_, strict=True), silence).exit_code == 1


def test_an_altered_disclaimer_reaches_no_writer_even_when_no_check_saw_it(
    stage: Stage, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    booklet = samples.booklet()
    altered = replace(booklet, disclaimer=replace(booklet.disclaimer, sha256="f" * 64))
    read = SimpleNamespace(booklet=altered, findings=(), files=())
    monkeypatch.setattr(readers, "read", lambda *args, **names: read, raising=False)
    with pytest.raises(ValueError, match="not the locked one"):
        build.build(request_, silence)
    assert stage.jobs == []
    assert not request_.out.exists()
