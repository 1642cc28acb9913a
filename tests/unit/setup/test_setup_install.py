"""A first start, with fakes in the place of apt-get, venv and pip."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from booklet import environment, install, machine
from booklet.environment import RUNTIME, TESTS, UNFINISHED
from booklet.errors import MachineError
from booklet.shell import Talk, last_word, logged

LOCK = "attrs==26.1.0 \\\n    --hash=sha256:00\nsix==1.17.0 \\\n    --hash=sha256:01\n"


class Machine:
    """Stands for all outside programs: notes every command, and fails where told to."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.commands: list[tuple[str, ...]] = []
        self.fails: dict[str, tuple[int, str]] = {}
        self.pip_says: list[str] = ["Collecting attrs", "Installing collected packages: attrs"]
        self.unfinished_during_pip = False

    def __call__(
        self,
        command: Sequence[str],
        log: Path,
        *,
        watch: Callable[[str], None] | None = None,
        extra: Any = None,
        cwd: Path | None = None,
    ) -> tuple[int, str]:
        self.commands.append(tuple(command))
        words = " ".join(command)
        if "-m venv" in words:
            python = environment.environment_python(self.project)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        if "-m pip" in words:
            self.unfinished_during_pip = (self.project / ".venv" / UNFINISHED).exists()
            assert extra == {"PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
            for line in self.pip_says if watch else ():
                assert watch is not None
                watch(line + "\n")
        return next((end for part, end in self.fails.items() if part in words), (0, "done"))

    def ran(self, part: str) -> list[str]:
        return [" ".join(command) for command in self.commands if part in " ".join(command)]


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    for need in (RUNTIME, TESTS):
        (tmp_path / need.lock).write_text(LOCK)
    fake = Machine(tmp_path)
    monkeypatch.setattr(install, "logged", fake)
    monkeypatch.setattr(environment, "missing_libraries", lambda: ())
    monkeypatch.setattr(machine, "missing_libraries", lambda: ())
    monkeypatch.setattr(machine, "apt_prefix", lambda: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    return fake


def set_up(fake: Machine, need: environment.Need = RUNTIME) -> str:
    stream = io.StringIO()
    install.set_up(fake.project, need, Talk(stream))
    return stream.getvalue()


def test_a_first_start_says_what_it_does_and_ends_ready(outside: Machine) -> None:
    said = set_up(outside)

    assert said.splitlines() == [
        "First run: setting up .venv (about a minute; this happens once) ...",
        "  - Python environment",
        "  - 2 Python packages, each checked against requirements.lock",
        "Ready.",
    ]
    assert outside.unfinished_during_pip
    assert environment.is_ready(outside.project, RUNTIME)
    assert len(outside.ran("pip install --require-hashes")) == 1


def test_pip_is_told_no_index_so_that_the_persons_own_settings_hold(outside: Machine) -> None:
    set_up(outside)
    (command,) = outside.ran("-m pip")
    assert "-index" not in command
    assert "--find-links" not in command


def test_a_second_start_does_nothing(outside: Machine) -> None:
    set_up(outside)
    outside.commands.clear()
    assert set_up(outside) == ""
    assert outside.commands == []


def test_the_tests_packages_include_those_of_a_build(outside: Machine) -> None:
    set_up(outside, TESTS)
    assert environment.is_ready(outside.project, TESTS)
    assert environment.is_ready(outside.project, RUNTIME)


def test_a_new_lock_is_installed_into_the_same_environment(outside: Machine) -> None:
    set_up(outside)
    (outside.project / RUNTIME.lock).write_text(LOCK + "segno==1.6.6\n")
    outside.commands.clear()
    assert set_up(outside).startswith("Bringing .venv up to date")
    assert outside.ran("-m venv") == []
    assert environment.is_ready(outside.project, RUNTIME)


def test_without_a_network_one_line_says_so_and_nothing_is_trusted(outside: Machine) -> None:
    outside.pip_says = []
    outside.fails = {"-m pip": (1, "ERROR: no route")}
    with pytest.raises(MachineError) as caught:
        set_up(outside)
    line = caught.value.line()
    assert "ERROR: no route" in line
    assert "internet connection" in line
    assert "\n" not in line
    assert not environment.is_ready(outside.project, RUNTIME)


def test_a_failed_update_leaves_the_old_environment_usable(outside: Machine) -> None:
    set_up(outside)
    outside.pip_says = ["Collecting pytest"]
    outside.fails = {"-m pip": (1, "ERROR: no route")}
    with pytest.raises(MachineError):
        set_up(outside, TESTS)
    assert environment.is_ready(outside.project, RUNTIME)
    assert not environment.is_ready(outside.project, TESTS)


def test_an_update_that_broke_off_while_unpacking_is_begun_anew(outside: Machine) -> None:
    set_up(outside)
    outside.fails = {"-m pip": (1, "ERROR: disk full")}
    with pytest.raises(MachineError):
        set_up(outside, TESTS)
    assert not environment.is_ready(outside.project, RUNTIME)

    outside.fails = {}
    outside.commands.clear()
    leftover = outside.project / ".venv" / "leftover"
    leftover.touch()
    assert "was not finished" in set_up(outside)
    assert not leftover.exists()
    assert len(outside.ran("-m venv")) == 1


def test_an_environment_of_another_python_is_made_anew(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(outside)
    stamp = environment.stamp_file(outside.project, RUNTIME)
    stamp.write_text(stamp.read_text().replace(str(sys.implementation.cache_tag), "cpython-310"))
    outside.commands.clear()
    set_up(outside)
    assert len(outside.ran("-m venv")) == 1


def test_an_environment_of_somebody_else_is_never_deleted(outside: Machine) -> None:
    home = outside.project / ".venv"
    home.mkdir()
    (home / "pyvenv.cfg").write_text("version = 3.9.1\n")
    outside.fails = {"import sys, pip": (1, "ModuleNotFoundError: pip")}
    with pytest.raises(MachineError, match="not made by the project") as caught:
        set_up(outside)
    assert "Move the folder away" in caught.value.line()
    assert (home / "pyvenv.cfg").exists()


def test_a_fitting_environment_of_somebody_else_is_used(outside: Machine) -> None:
    home = outside.project / ".venv"
    python = environment.environment_python(outside.project)
    python.parent.mkdir(parents=True)
    python.touch()
    (home / "pyvenv.cfg").write_text("")
    outside.fails = {"import sys, pip": (0, str(sys.implementation.cache_tag))}
    set_up(outside)
    assert outside.ran("-m venv") == []
    assert environment.is_ready(outside.project, RUNTIME)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(outside.project / ".setup.lock"))

    monkeypatch.setattr(install, "alone", refuse)
    with pytest.raises(MachineError) as caught:
        set_up(outside)
    line = caught.value.line()
    assert ".setup.lock: cannot set up the project here: Permission denied" in line
    assert "a folder that you may write to" in line


# ------------------------------------------------------------------ system packages


def test_missing_libraries_are_installed_where_that_is_allowed(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "missing_libraries", lambda: ("pango-1.0",))
    monkeypatch.setattr(machine, "apt_prefix", lambda: ("sudo", "-n"))
    set_up(outside)
    update, installation = outside.ran("apt-get")
    assert update.startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get")
    assert update.endswith("update")
    assert installation.endswith(
        "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_missing_libraries_are_one_line_with_the_command_elsewhere(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "missing_libraries", lambda: ("pango-1.0",))
    monkeypatch.setattr(machine, "library_command", lambda: "brew install pango")
    with pytest.raises(MachineError, match=r"pango-1\.0") as caught:
        set_up(outside)
    assert "Run: brew install pango" in caught.value.line()
    assert outside.ran("-m pip") == [], "a minute of downloads comes after, not before"


def test_a_python_without_venv_is_completed_where_that_is_allowed(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(machine, "apt_prefix", lambda: ())
    set_up(outside)
    major, minor = sys.version_info[:2]
    assert outside.ran("apt-get")[1].endswith(f" python{major}.{minor}-venv")


def test_a_python_without_venv_is_one_line_elsewhere(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MachineError, match="lacks venv") as caught:
        set_up(outside)
    assert "-venv" in caught.value.line()


def test_apt_that_fails_is_told_with_its_own_word(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "missing_libraries", lambda: ("pango-1.0",))
    monkeypatch.setattr(machine, "apt_prefix", lambda: ())
    outside.fails = {"apt-get -q -y install": (100, "E: Unable to locate package")}
    with pytest.raises(MachineError, match="Unable to locate package"):
        set_up(outside)


def test_an_update_of_apt_that_fails_in_part_does_not_decide(
    outside: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "missing_libraries", lambda: ("pango-1.0",))
    monkeypatch.setattr(machine, "apt_prefix", lambda: ())
    outside.fails = {"apt-get -q -y update": (100, "E: a stale source")}
    set_up(outside)
    assert environment.is_ready(outside.project, RUNTIME)


# ------------------------------------------------------------------ two at once, and talk


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    stream = io.StringIO()
    with install.alone(tmp_path, Talk(stream)), open(tmp_path / ".setup.lock", "ab") as other:
        assert not install._try_lock(other.fileno(), wait=False)
    with open(tmp_path / ".setup.lock", "ab") as other:
        assert install._try_lock(other.fileno(), wait=False)


def test_progress_shows_only_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    piped, terminal = io.StringIO(), Terminal()
    Talk(piped).progress("3 of 9")
    Talk(terminal).progress("3 of 9")
    assert piped.getvalue() == ""
    assert "3 of 9" in terminal.getvalue()


def test_the_best_word_of_a_failure_is_its_last_error() -> None:
    assert last_word(["ERROR: one", "ERROR: two", "hint: see above", ""]) == "ERROR: two"
    assert last_word(["a", "b", " "]) == "b"
    assert last_word([]) == "it said nothing"
    assert len(last_word(["x" * 900])) == 200


def test_an_outside_program_is_logged_and_watched(tmp_path: Path) -> None:
    seen: list[str] = []
    script = "import sys; print('one'); print('two', file=sys.stderr); sys.exit(7)"
    log = tmp_path / "log"
    code, word = logged((sys.executable, "-uc", script), log, watch=seen.append)
    assert (code, word) == (7, "two")
    assert seen == ["one\n", "two\n"]
    assert log.read_text().endswith("one\ntwo\n")


def test_a_program_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    code, word = logged(("no-such-program-here",), tmp_path / "log")
    assert code == 127
    assert "no-such-program-here was not found" in word
