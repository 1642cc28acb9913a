"""The conductor and the outside checkers, both played: who is asked, when, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest

from booklet import build, outside
from booklet.build import Request
from booklet.editions import DEFAULTS, ToolResult
from tests.unit.build.conductor_stage import (
    Key,
    Stage,
    finding,
    names,
    silence,
    statuses,
)


@dataclass
class Outside:
    """The outside checkers, played: what they were asked and what they say."""

    asked: list[set[Key]] = field(default_factory=list)
    outcome: Literal["passed", "failed", "not checked"] = "passed"

    def ask(self, files: dict[Key, object], tools: Path) -> dict[Key, outside.Said]:
        self.asked.append(set(files))
        result = ToolResult("EPUBCheck", self.outcome, "as it says")
        bad = (finding(file="a/file"),) if self.outcome == "failed" else ()
        return {key: outside.Said((result,), bad) for key in files}


@pytest.fixture
def checkers(monkeypatch: pytest.MonkeyPatch) -> Outside:
    fake = Outside()
    monkeypatch.setattr(outside, "ask", fake.ask)
    return fake


def test_outside_checkers_are_asked_once_for_all_files_and_only_with_full(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    build.build(request_, silence)
    assert checkers.asked == []
    report = build.build(replace(request_, full=True), silence)
    assert checkers.asked == [{(b, "", row.id) for b in "ab" for row in DEFAULTS}]
    assert report.exit_code == 0
    assert all(("EPUBCheck", "passed") in entry.checks for entry in report.entries)


def test_what_an_outside_checker_finds_keeps_the_old_files(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    build.build(replace(request_, full=True), silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    stage.text, checkers.outcome = "second", "failed"
    report = build.build(replace(request_, full=True), silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert {name: (request_.out / name).read_bytes() for name in names(request_.out)} == before


def test_a_missing_outside_checker_blocks_nothing_and_is_told(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    checkers.outcome = "not checked"
    report = build.build(replace(request_, full=True), silence)
    assert report.exit_code == 0
    assert {item.tool for item in report.not_checked} == {"vera", "EPUBCheck"}
