"""The two launchers and ``python -m booklet``, as processes."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from booklet import environment, machine

PROJECT = Path(__file__).resolve().parents[3]
LAUNCHERS = (PROJECT / "make_booklet.py", PROJECT / "tests" / "__main__.py")


class Version(NamedTuple):
    major: int
    minor: int
    micro: int


@pytest.mark.parametrize("launcher", LAUNCHERS, ids=lambda path: path.name)
def test_an_old_python_can_read_a_launcher(launcher: Path) -> None:
    text = launcher.read_text(encoding="ascii")
    ast.parse(text, feature_version=(3, 4))
    assert "f'" not in text
    assert 'f"' not in text
    assert "__future__" not in text


@pytest.mark.parametrize("launcher", LAUNCHERS, ids=lambda path: path.name)
def test_an_old_python_is_told_in_one_line(
    launcher: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(str(launcher), run_name="__main__")
    said = capsys.readouterr().err
    assert caught.value.code == 3
    assert said.count("\n") == 1
    assert "Python 3.11 or newer is needed, and this is Python 3.9." in said


def test_nothing_before_the_environment_is_of_a_third_party(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules);"
        "import booklet.bootstrap, booklet.install, tests.validators.install;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-I", "-c", script, str(PROJECT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
    assert done.stdout.strip() == "['booklet', 'tests']"


def run(*command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **variables},
    )


def test_switched_off_the_launcher_runs_where_everything_is_there(tmp_path: Path) -> None:
    done = run(
        sys.executable,
        str(LAUNCHERS[0]),
        "--version",
        cwd=tmp_path,
        BOOKLET_NO_SETUP="1",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("booklet ")


def test_switched_off_an_empty_python_gets_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    for name in ("make_booklet.py", "booklet", "requirements.lock"):
        (folder / name).symlink_to(PROJECT / name)
    copy = folder / "start.py"
    copy.write_text(LAUNCHERS[0].read_text(encoding="ascii"), encoding="ascii")
    # -S leaves the packages of this environment out; -E and -s leave out those of the person.
    done = run(sys.executable, "-SEs", str(copy), cwd=tmp_path, BOOKLET_NO_SETUP="1")
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("missing: attrs, ")
    assert done.stderr.count("\n") == 1


def test_python_m_booklet_without_packages_gets_one_line(tmp_path: Path) -> None:
    done = run(sys.executable, "-SEs", "-m", "booklet", "list", cwd=PROJECT)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_python_m_booklet_runs_the_command() -> None:
    done = run(sys.executable, "-m", "booklet", "--version", cwd=PROJECT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(
    bool(machine.missing_libraries()), reason="the C libraries are missing on this machine"
)
def test_a_ready_project_hands_the_arguments_and_the_exit_code_on(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    for name in ("booklet", "requirements.lock"):
        (folder / name).symlink_to(PROJECT / name)
    launcher = folder / "make_booklet.py"
    launcher.write_text(LAUNCHERS[0].read_text(encoding="ascii"), encoding="ascii")
    python = environment.environment_python(folder)
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"\nexit 7\n')
    python.chmod(0o755)
    stamp = environment.stamp_file(folder, environment.RUNTIME)
    stamp.write_text(environment.stamp_text(folder, environment.RUNTIME))

    done = run(sys.executable, str(launcher), "build", "--out", "my folder", cwd=tmp_path)

    assert done.returncode == 7, done.stderr
    assert done.stdout == f"{launcher}|build|--out|my folder|"
