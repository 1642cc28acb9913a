"""The tests' own machinery: what is made once a run, and the order of the files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEAREST, TESTS
from tests.processes import ROOT
from tests.shared import once


def test_what_is_shared_is_made_once_and_again_after_a_failure(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    calls: list[Path] = []

    def make(folder: Path) -> str:
        calls.append(folder)
        assert list(folder.iterdir()) == []
        (folder / "half").touch()
        if len(calls) == 1:
            raise ValueError("not this time")
        return "made"

    name = "once-in-the-tests"
    with pytest.raises(ValueError, match="not this time"):
        once(tmp_path_factory, name, make)
    assert [once(tmp_path_factory, name, make) for _ in range(2)] == ["made", "made"]
    assert len(calls) == 2


def test_the_dearest_files_are_there_and_each_is_named_once() -> None:
    assert [name for name in DEAREST if not (TESTS / name).is_file()] == []
    assert len(set(DEAREST)) == len(DEAREST)


def test_benchmarks_without_their_packages_are_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "benchmarks"],
        cwd=ROOT,
        env={},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("the package ")
    assert done.stderr.count("\n") == 1
