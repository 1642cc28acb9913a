"""The stamp, and what happens when the set-up is switched off."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

import pytest

from booklet import bootstrap, environment
from booklet.environment import RUNTIME, TESTS, UNFINISHED
from booklet.errors import MachineError

LOCK = """# Written by a script.
attrs==26.1.0 \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:01
no-such-package-anywhere==1.0 \\
    --hash=sha256:02
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is set up, on a machine with all C libraries."""
    for need in (RUNTIME, TESTS):
        (tmp_path / need.lock).write_text(LOCK)
    python = environment.environment_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    stamp(tmp_path)
    monkeypatch.setattr(environment, "missing_libraries", lambda: ())
    monkeypatch.delenv("BOOKLET_NO_SETUP", raising=False)
    return tmp_path


def stamp(project: Path) -> None:
    text = environment.stamp_text(project, RUNTIME)
    environment.stamp_file(project, RUNTIME).write_text(text)


def test_a_stamped_project_is_ready_for_that_need_alone(project: Path) -> None:
    assert environment.is_ready(project, RUNTIME)
    assert not environment.is_ready(project, TESTS)


def test_a_changed_lock_is_not_ready(project: Path) -> None:
    (project / RUNTIME.lock).write_text(LOCK + "# more\n")
    assert not environment.is_ready(project, RUNTIME)


def test_another_python_is_not_ready(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "sys", FakeSys("cpython-399", sys.platform))
    assert not environment.is_ready(project, RUNTIME)


class FakeSys:
    def __init__(self, tag: str, platform: str) -> None:
        self.implementation = type("Implementation", (), {"cache_tag": tag})
        self.platform = platform


def test_a_set_up_that_was_broken_off_is_not_ready(project: Path) -> None:
    (project / ".venv" / UNFINISHED).touch()
    assert not environment.is_ready(project, RUNTIME)


def test_a_vanished_python_is_not_ready(project: Path) -> None:
    environment.environment_python(project).unlink()
    assert not environment.is_ready(project, RUNTIME)


def test_a_vanished_c_library_is_not_ready(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "missing_libraries", lambda: ("pango-1.0",))
    assert not environment.is_ready(project, RUNTIME)


def test_a_stamp_of_rubbish_is_not_ready(project: Path) -> None:
    environment.stamp_file(project, RUNTIME).write_bytes(b"\xff\xfe\x00")
    assert not environment.is_ready(project, RUNTIME)


def test_a_missing_lock_is_told_in_one_line(project: Path) -> None:
    (project / RUNTIME.lock).unlink()
    with pytest.raises(MachineError) as caught:
        environment.is_ready(project, RUNTIME)
    assert "\n" not in caught.value.line()
    assert RUNTIME.lock in caught.value.line()


def test_a_ready_project_names_its_python_and_sets_nothing_up(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "booklet.install", None)  # importing it would now fail
    assert bootstrap.prepare(project, RUNTIME) == environment.environment_python(project)


def test_inside_the_environment_there_is_nothing_to_hand_over_to(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
    assert bootstrap.prepare(project, RUNTIME) is None
    assert bootstrap.launch(project, RUNTIME, ["x.py"]) is None


# ------------------------------------------------------------------ BOOKLET_NO_SETUP


def test_packages_under_a_condition_are_not_missed(project: Path) -> None:
    missing = environment.missing_packages(project / RUNTIME.lock)
    assert missing == ("no-such-package-anywhere",)


@pytest.mark.parametrize(("value", "off"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_what_switches_the_set_up_off(
    value: str, off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKLET_NO_SETUP", value)
    assert environment.set_up_is_off() is off


def test_switched_off_it_says_in_one_line_what_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOOKLET_NO_SETUP", "1")
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ("pango-1.0",))
    (project / ".venv" / UNFINISHED).touch()

    code = bootstrap.launch(project, RUNTIME, ["x.py"])

    said = capsys.readouterr().err
    assert code == 3
    assert said.count("\n") == 1
    assert "no-such-package-anywhere, pango-1.0" in said
    assert "BOOKLET_NO_SETUP" in said


def test_switched_off_a_complete_python_runs_the_command_itself(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKLET_NO_SETUP", "1")
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ())
    (project / ".venv" / UNFINISHED).touch()
    (project / RUNTIME.lock).write_text("pytest==9.2.0 \\\n    --hash=sha256:00\n")
    assert bootstrap.launch(project, RUNTIME, ["x.py"]) is None


def test_switched_off_a_long_list_is_cut_short(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOOKLET_NO_SETUP", "1")
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ())
    (project / RUNTIME.lock).write_text("".join(f"absent-{n}==1\n" for n in range(9)))
    assert bootstrap.launch(project, RUNTIME, []) == 3
    assert "absent-5 and 3 more;" in capsys.readouterr().err


# ------------------------------------------------------------------ handing over


def test_on_posix_the_new_process_takes_this_ones_place(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    class Replaced(BaseException):
        pass

    def execv(path: Path, arguments: list[str]) -> None:
        calls.append((path, arguments))
        raise Replaced

    monkeypatch.setattr(os, "execv", execv)
    python = environment.environment_python(project)
    with pytest.raises(Replaced):
        bootstrap.launch(project, RUNTIME, ["a b.py", "--today", "2026-01-01"])
    assert calls == [(python, [str(python), "a b.py", "--today", "2026-01-01"])]


def test_on_windows_the_exit_code_is_passed_on_and_ctrl_c_is_left_to_the_child(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = iter((None, 130))

    class Child:
        def __init__(self, arguments: list[str]) -> None:
            self.arguments = arguments

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def wait(self) -> int:
            answer = next(waits)
            if answer is None:
                raise KeyboardInterrupt
            return answer

    monkeypatch.setattr("subprocess.Popen", Child)
    monkeypatch.setattr(bootstrap, "_is_windows", lambda: True)
    assert bootstrap.hand_over(Path("python.exe"), ["x.py"]) == 130
    assert next(waits, None) is None


def test_a_set_up_that_is_stopped_exits_with_130(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("booklet.install.set_up", interrupt)
    (project / ".venv" / UNFINISHED).touch()
    assert bootstrap.launch(project, RUNTIME, []) == 130
    assert capsys.readouterr().err.startswith("Stopped.")


def test_a_set_up_that_leaves_no_stamp_is_a_fault_and_no_endless_loop(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("booklet.install.set_up", lambda *_: None)
    (project / ".venv" / UNFINISHED).touch()
    assert bootstrap.launch(project, RUNTIME, []) == 3
    assert "not found again" in capsys.readouterr().err
