"""Run the command as a person does: a small project of its own, a process, its answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "tests" / "cases" / "_base"
TODAY = "2027-01-01"
# What would make the answer depend on who runs the tests.
UNWANTED = ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "BOOKLET_DEBUG", "COLUMNS")


def project(folder: Path) -> Path:
    """Lay out the smallest whole project."""
    shutil.copytree(BASE, folder)
    return folder


def environment(**changes: str) -> dict[str, str]:
    """The tests' own environment, with the product importable and nothing unwanted."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


def command(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m booklet``; stdout and stderr are pipes, so no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "booklet", *arguments],
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@dataclass(frozen=True)
class Answer:
    """What a command said: its exit code and its two streams."""

    returncode: int
    stdout: str
    stderr: str


def inside(*arguments: str, cwd: Path) -> Answer:
    """Run the command in this process: no terminal, and none of the seconds that a start takes."""
    from booklet.cli import main

    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = main(list(arguments))
    return Answer(code, out.getvalue(), err.getvalue())


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, by POSIX path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
