"""Where the time of a build went: by stage, by edition, and in no file."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from booklet import build
from booklet.build import Request
from booklet.editions import Job, Made
from booklet.report import Report, Times, Took, to_json, to_text
from booklet.report.timings import MOST, table
from booklet.stopwatch import Lap, Watch
from tests.unit.build.conductor_stage import Stage, names, silence

SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
WHOLE = Lap("whole build", 9.0, 4.0)


def test_a_watch_adds_up_what_is_gone_through_several_times() -> None:
    watch = Watch()
    for _ in range(2):
        with watch.on("wait"):
            time.sleep(0.02)
    watch.add((Lap("wait", 1.0, 0.5), Lap("work", 2.0, 2.0)))
    wait, work = watch.laps
    assert (wait.stage, work) == ("wait", Lap("work", 2.0, 2.0))
    assert wait.seconds >= 1.04
    assert 0.5 <= wait.cpu < wait.seconds


def test_a_watch_takes_the_time_of_what_goes_wrong_too() -> None:
    watch = Watch()
    with pytest.raises(ValueError, match="wrong"), watch.on("work"):
        raise ValueError("wrong")
    assert [lap.stage for lap in watch.laps] == ["work"]


def slow(stage: Stage, job: Job) -> Made:
    laps = (Lap("write", 2.0, 1.5), Lap("verify", 1.0, 1.0))
    return replace(stage.finished(job), took=laps)


def test_a_build_says_where_its_time_went_when_it_is_asked(stage: Stage, request_: Request) -> None:
    stage.make = lambda job: slow(stage, job)
    plain = build.build(request_, silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    assert plain.times is None
    report = build.build(replace(request_, timings=True), silence)
    assert {name: (request_.out / name).read_bytes() for name in names(request_.out)} == before
    assert report.times
    stages = {lap.stage: lap for lap in report.times.stages}
    order = ["read", "check", "write", "verify", "cache", "report", "put out"]
    assert list(stages) == order
    assert stages["write"] == Lap("write", 12.0, 9.0)
    assert {(each.booklet, each.seconds) for each in report.times.editions} == {
        ("a", 3.0),
        ("b", 3.0),
    }
    assert report.times.whole.seconds > 0


def report(editions: list[Took]) -> Report:
    return Report("build", (), times=Times.of(WHOLE, (Lap("read", 0.25, 0.2),), editions))


EDITIONS = [
    Took("b", "", "E-book (EPUB)", ()),
    Took("a", "riverside", "Large print, A4", (Lap("write", 2.5, 2.0), Lap("verify", 1.0, 0.5))),
]


def test_a_person_reads_a_table() -> None:
    assert table(report(EDITIONS).times or Times.of(WHOLE, (), ())) == [
        "Where the time went, in seconds: of all processes, and last of the one that conducts.",
        "                 seconds  processor",
        "  read              0.25       0.20",
        "  write             2.50       2.00",
        "  verify            1.00       0.50",
        "  whole build       9.00       4.00",
        "From the cache: 1.",
        "The slowest editions:",
        "  3.50  a for riverside, Large print, A4 (write 2.50, verify 1.00)",
    ]
    assert "Where the time went" in to_text(report(EDITIONS), quiet=True)


def test_only_the_slowest_are_named() -> None:
    many = [Took(f"b{n:02}", "", "E-book", (Lap("write", float(n), 0.0),)) for n in range(40)]
    lines = to_text(report(many)).splitlines()
    named = lines[lines.index("The slowest editions:") + 1 :]
    assert len(named) == MOST
    assert named[0].startswith("  39.00  b39, E-book")


def test_a_program_is_told_of_every_edition() -> None:
    data = json.loads(to_json(report(EDITIONS)))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    told = data["timings"]
    assert told["whole"] == {"stage": "whole build", "seconds": 9.0, "cpu": 4.0}
    assert [(each["booklet"], each["cached"]) for each in told["editions"]] == [
        ("a", False),
        ("b", True),
    ]
    assert "timings" not in json.loads(to_json(replace(report([]), times=None)))
