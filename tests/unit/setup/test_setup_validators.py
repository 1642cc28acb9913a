"""How the validators come onto a machine, with fakes in the place of apt-get and npm."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from booklet.errors import MachineError
from booklet.shell import Talk
from booklet.verify.external.machine import JAXB
from tests.validators import install

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tests" / "validators"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "package-lock.json").write_text('{"lockfileVersion": 3}')
    (tmp_path / ".venv").mkdir()
    monkeypatch.delenv("BOOKLET_NO_SETUP", raising=False)
    monkeypatch.setattr(install, "JAVA_FOLDER", tmp_path / "java")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    for row in install.PROGRAMS:
        if row.jar:
            (tmp_path / "java").mkdir(exist_ok=True)
            (tmp_path / "java" / row.jar).touch()
    return tmp_path


class Npm:
    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.commands: list[tuple[tuple[str, ...], Path]] = []

    def __call__(
        self, command: Sequence[str], log: Path, *, cwd: Path, **_: Any
    ) -> tuple[int, str]:
        self.commands.append((tuple(command), cwd))
        return self.code, "npm error network"


def provide(project: Path) -> tuple[tuple[str, ...], str]:
    stream = io.StringIO()
    return install.provide(project, Talk(stream)), stream.getvalue()


def test_ace_is_installed_once_and_by_its_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = Npm()
    monkeypatch.setattr(install, "logged", npm)
    assert provide(project)[0] == ()
    ((command, folder),) = npm.commands
    assert command[1:3] == ("ci", "--ignore-scripts")
    assert folder == project / ".validators"
    assert (folder / "package-lock.json").read_text() == '{"lockfileVersion": 3}'

    assert provide(project) == ((), "")
    assert len(npm.commands) == 1

    (project / "tests" / "validators" / "package-lock.json").write_text("{}")
    provide(project)
    assert len(npm.commands) == 2


def test_without_the_registry_the_tests_go_on_and_ace_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "logged", Npm(code=1))
    missing, said = provide(project)
    assert missing == ("Ace by DAISY (needs the npm registry)",)
    assert "npm error network" in said
    assert not (project / ".validators" / "ready").exists()


def test_missing_programs_are_asked_of_apt_in_one_go(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []

    def note(names: Sequence[str], *_: object) -> bool:
        asked.append(names)
        return True

    monkeypatch.setattr(install, "logged", Npm())
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/npm" if name == "npm" else None)
    monkeypatch.setattr(install, "add_debian_packages", note)
    missing, _ = provide(project)
    assert asked == [["default-jre-headless", "chromium", "poppler-utils"]]
    assert [line.partition(" (")[2] for line in missing] == [
        "Debian: sudo apt-get install default-jre-headless)",
        "Debian: sudo apt-get install chromium)",
        "Debian: sudo apt-get install poppler-utils)",
    ]


def test_an_apt_that_fails_does_not_keep_ace_from_coming(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise MachineError("apt-get could not install chromium")

    npm = Npm()
    monkeypatch.setattr(install, "logged", npm)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/npm" if name == "npm" else None)
    monkeypatch.setattr(install, "add_debian_packages", fail)
    missing, said = provide(project)
    assert len(npm.commands) == 1
    assert len(missing) == 3
    assert "apt-get could not install chromium" in said


def test_switched_off_nothing_is_installed_but_all_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = Npm()
    monkeypatch.setenv("BOOKLET_NO_SETUP", "1")
    monkeypatch.setattr(install, "logged", npm)
    missing, said = provide(project)
    assert npm.commands == []
    assert missing == ("Ace by DAISY (needs the npm registry)",)
    assert said == ""


def test_the_java_libraries_are_those_the_verifier_asks_for() -> None:
    packages = {row.debian for row in install.PROGRAMS if row.jar}
    assert packages == {package for _, package in JAXB}
    assert {row.jar for row in install.PROGRAMS if row.jar} <= {jar for jar, _ in JAXB}


def test_the_tests_get_the_arguments_and_the_programs_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[tuple[Path, Sequence[str]]] = []

    def note(*call: Any) -> int:
        calls.append(call)
        return 5

    python = tmp_path / ".venv" / "bin" / "python"
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setattr("booklet.bootstrap.prepare", lambda project, need: python)
    monkeypatch.setattr("booklet.bootstrap.hand_over", note)
    monkeypatch.setattr(install, "provide", lambda project: ("Java",))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.chdir(tmp_path)
    assert install.run_tests(tmp_path, ["-k", "a or b"]) == 5
    shared = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    assert calls == [(python, ["-m", "pytest", *shared, "-k", "a or b"])]
    assert capsys.readouterr().err == "NOT AVAILABLE: Java\n"


@pytest.mark.parametrize(
    ("cores", "arguments", "expected"),
    [(1, [], ()), (None, [], ()), (2, ["-n0"], ()), (2, ["--pdb"], ()), (64, [], ("4",))],
)
def test_the_tests_are_shared_out_among_the_cores(
    cores: int | None,
    arguments: list[str],
    expected: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert install.workers(arguments)[1:2] == expected


def test_a_fault_of_the_set_up_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise MachineError("no network", hint="plug it in")

    monkeypatch.setattr("booklet.bootstrap.prepare", fail)
    assert install.run_tests(tmp_path, []) == 3
    assert capsys.readouterr().err == "no network Hint: plug it in\n"


def test_continuous_integration_runs_the_readmes_command() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 -m tests </dev/null"
    assert "export CI=true" in commands
