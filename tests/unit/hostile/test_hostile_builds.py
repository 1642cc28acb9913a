"""Small booklets of chance, odd and allowed: each is built, or told why not; never a fault.

A few are built every time. ``--fuzz 10000`` builds 400; a failure names the number that brings
the booklet back: ``odd_source(Random(number), ...)``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.processes import BASE, TODAY, Answer, files, inside
from tests.unit.hostile.clock import clock
from tests.unit.hostile.oddities import odd_source

LONGEST = 120
"""Seconds that one booklet may take; most take two or three of the processor."""
DEAR = 25
"""A build takes as long as the checks of some dozens of sources."""
SETTINGS = BASE / "source" / "tiny" / "booklet.yaml"


def _lay_out(project: Path, number: int) -> None:
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(BASE, project)
    for path, data in odd_source(Random(number), SETTINGS.read_text(encoding="utf-8")).items():
        file = project / "source" / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def _wrong(project: Path, answer: Answer) -> str:
    """Say what is wrong with an answer: another code than 0 or 1, or other files than it says."""
    if answer.returncode not in (0, 1):
        return answer.stderr or answer.stdout
    if not {path.name for path in project.iterdir()} <= {"source", "output"}:
        return "a file outside output"
    made = [name for name in files(project) if name.endswith(".pdf")]
    return "" if len(made) == (answer.returncode == 0) else f"{len(made)} files: {answer.stdout}"


@pytest.mark.slow
def test_an_odd_booklet_is_built_or_told_why_not(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A fault that nobody foresaw is raised, not put into a line.
    monkeypatch.setenv("BOOKLET_DEBUG", "1")
    project = tmp_path / "project"
    built, failed = 0, []
    for number in range(max(1, request.config.getoption("--fuzz") // DEAR)):
        _lay_out(project, number)
        try:
            with clock(LONGEST):
                answer = inside(
                    "build", "--no-cache", "--jobs", "1", "--edition", "large-a4", "--today", TODAY,
                    cwd=project,
                )  # fmt: skip
            wrong = _wrong(project, answer)
            built += answer.returncode == 0
        except Exception as error:  # noqa: BLE001 - whatever it is, the number must be told
            wrong = repr(error)
        if wrong:
            failed.append(f"booklet {number}: {wrong}")
    assert failed == []
    assert built
    assert {path.name for path in tmp_path.iterdir()} == {"project"}
