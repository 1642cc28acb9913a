"""The whole tree passes ruff, its formatter and mypy --strict, and every exception is explained."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
FOLDERS = ("booklet", "benchmarks", "tests", "scripts")
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|fmt:\s*off)(?P<rest>.*)")
EXPLAINED = re.compile(r"(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w-]+(,\s*[\w-]+)*\])\s*(#|-)\s*\S.{3,}")


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_ruff_would_format_nothing() -> None:
    run("ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.slow
def test_mypy_finds_nothing() -> None:
    run("mypy")


def unexplained(text: str) -> list[str]:
    return [
        match.group(0)
        for match in EXCEPTION.finditer(text)
        if not EXPLAINED.match(match.group("rest"))
    ]


def test_every_exception_names_its_rule_and_its_reason() -> None:
    files = [PROJECT / "make_booklet.py"]
    files += [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py")]
    assert len(files) > 20
    bare = [
        f"{path.relative_to(PROJECT)}: {found}"
        for path in files
        if path != Path(__file__)
        for found in unexplained(path.read_text(encoding="utf-8"))
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("x = 1  # noqa", 1),
        ("x = 1  # noqa: E501", 1),
        ("x = 1  # type: ignore", 1),
        ("x = 1  # type: ignore[misc]", 1),
        ("x = 1  # noqa: E501 - a table reads best in rows", 0),
        ("x = 1  # type: ignore[misc]  # the library has no types", 0),
        ("x = 1  # type of thing", 0),
    ],
)
def test_what_counts_as_explained(line: str, count: int) -> None:
    assert len(unexplained(line)) == count


def test_nothing_is_left_for_later() -> None:
    words = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error"))
    )
    left = [
        f"{path.relative_to(PROJECT)}: {found.group(0)}"
        for folder in FOLDERS
        for path in (PROJECT / folder).rglob("*.py")
        for found in [words.search(path.read_text(encoding="utf-8"))]
        if found
    ]
    assert left == []
