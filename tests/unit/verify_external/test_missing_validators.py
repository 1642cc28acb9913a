"""A missing validator is loud: skipped tests are listed at the end, and with CI=true they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.needs import PROJECT, in_ci, need_validator

TEST = """
from tests import needs

def test_needs_one():
    needs._missing = lambda: {"EPUBCheck": "go and get it"}
    needs.need_validator("EPUBCheck")
"""


def run_tests(folder: Path, *options: str, ci: str) -> subprocess.CompletedProcess[str]:
    """Run one test that needs a validator, in a pytest of its own."""
    (folder / "test_it.py").write_text(TEST, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *options, str(folder)],
        env={**os.environ, "CI": ci, "PYTHONPATH": str(PROJECT)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_missing_validator_is_listed_at_the_end(tmp_path: Path) -> None:
    # Golden files may be written anew here, and only here.
    done = run_tests(tmp_path, "--update-goldens", ci="")
    assert done.returncode == 0
    _, _, end = done.stdout.partition("NOT CHECKED: validators are missing")
    assert "1 tests were skipped: EPUBCheck: go and get it" in end
    assert "test_it.py::test_needs_one" in end


@pytest.mark.slow
def test_a_missing_validator_fails_in_ci(tmp_path: Path) -> None:
    done = run_tests(tmp_path, ci="true")
    assert done.returncode == 1
    assert "validator missing: EPUBCheck: go and get it" in done.stdout


@pytest.mark.slow
def test_golden_files_are_not_changed_in_ci(tmp_path: Path) -> None:
    done = run_tests(tmp_path, "--update-goldens", ci="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused with CI=true" in done.stderr


def test_a_validator_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_missing", lambda: {"veraPDF": ""})
    need_validator("veraPDF")
    with pytest.raises(KeyError):
        need_validator("something else")


def test_only_true_means_ci() -> None:
    assert in_ci({"CI": "true"})
    assert in_ci({"CI": "True"})
    assert not in_ci({"CI": ""})
    assert not in_ci({})
