"""The work of a first start: a project folder goes in, its finished ``.venv`` comes out.

Standard library only. One set-up runs at a time; its stamp is written last, so a set-up that was
interrupted is never trusted and the next start begins it anew.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from booklet import environment, machine
from booklet.environment import AGAIN, UNFINISHED, Need
from booklet.errors import MachineError
from booklet.shell import Talk, logged


def set_up(project: Path, need: Need, talk: Talk | None = None) -> None:
    """Make ``.venv`` hold what ``need`` asks for, with the C libraries beside it.

    Raises MachineError when it cannot: no permission, no network, no way to add a system package.
    """
    talk = talk or Talk()
    try:
        with alone(project, talk):
            if not environment.is_ready(project, need):
                _set_up(project, need, talk)
    except OSError as error:
        raise MachineError(
            f"cannot set up the project here: {error.strerror or error}",
            where=str(error.filename or project),
            hint="Copy the project to a folder that you may write to and run it from there.",
        ) from error


def _set_up(project: Path, need: Need, talk: Talk) -> None:
    home = project / ".venv"
    if not home.exists():
        talk.say("First run: setting up .venv (about a minute; this happens once) ...")
    elif (home / UNFINISHED).exists():
        talk.say("The last set-up was not finished; setting up .venv anew ...")
    else:
        talk.say("Bringing .venv up to date ...")
    _discard_unusable(project)
    home.mkdir(exist_ok=True)
    log = home / "set-up.log"
    log.write_bytes(b"")
    _add_system_packages(log, talk)
    _make_environment(project, log, talk)
    _install_packages(project, need, log, talk)
    _write_stamps(project, need)
    (home / UNFINISHED).unlink(missing_ok=True)
    talk.say("Ready.")


def _discard_unusable(project: Path) -> None:
    """Remove half a set-up, or one of another Python: it is made anew, never mended.

    Raises MachineError for an environment that something else made and that does not serve.
    """
    home = project / ".venv"
    stamps = [stamp.read_text(encoding="ascii").split() for stamp in home.glob("ready-*")]
    ours = bool(stamps) or (home / UNFINISHED).exists()
    this = [sys.implementation.cache_tag, sys.platform]
    python = environment.environment_python(project)
    if ours and (
        (home / UNFINISHED).exists()
        or not python.exists()
        or any(words[:2] != this for words in stamps)
    ):
        shutil.rmtree(home)
    elif not ours and (home / "pyvenv.cfg").exists():
        _refuse_unless_fit(home, python)


def _refuse_unless_fit(home: Path, python: Path) -> None:
    """Accept an environment that something else made if it has pip and is of this Python."""
    question = "import sys, pip; print(sys.implementation.cache_tag)"
    code, answer = logged((str(python), "-c", question), home / "set-up.log")
    if code or answer != sys.implementation.cache_tag:
        raise MachineError(
            "this environment was not made by the project and does not fit"
            " (it is of another Python, or has no pip).",
            where=str(home),
            hint=f"Move the folder away, {AGAIN}",
        )


# ------------------------------------------------------------------ system packages


def _add_system_packages(log: Path, talk: Talk) -> None:
    """Add the C libraries and what ``python -m venv`` needs, or raise MachineError with the way."""
    no_venv = not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"))
    missing = machine.missing_libraries()
    if not no_venv and not missing:
        return
    venv_package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    packages = ((venv_package,) if no_venv else ()) + (machine.DEBIAN_LIBRARIES if missing else ())
    if add_debian_packages(packages, log, talk):
        return
    if no_venv:
        command = f"sudo apt-get install {' '.join(packages)}"
        raise MachineError(
            "this Python cannot make environments (it lacks venv or ensurepip).",
            hint=f"Run: {command} ; {AGAIN}",
        )
    raise MachineError(
        f"these C libraries, which lay out the pages, are missing: {', '.join(missing)}.",
        hint=f"Run: {machine.library_command()} ; {AGAIN}",
    )


def add_debian_packages(packages: Sequence[str], log: Path, talk: Talk) -> bool:
    """Install system packages with apt-get and return True; False where this may not be done.

    Raises MachineError when apt-get was let to and failed.
    """
    prefix = machine.apt_prefix()
    if prefix is None:
        return False
    talk.step(f"system packages, with apt-get: {' '.join(packages)}")
    apt = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y")
    # An update may fail in part (one stale source) and the packages still be there: only the
    # installation decides.
    logged((*apt, "update"), log)
    options = ("-o", "DPkg::Lock::Timeout=300", "--no-install-recommends")
    code, last = logged((*apt, "install", *options, *packages), log)
    if code:
        raise MachineError(
            f"apt-get could not install {' '.join(packages)}: {last}",
            hint=f"Details are in {log}. Check the internet connection, {AGAIN}",
        )
    return True


# ------------------------------------------------------------------ Python packages


def _make_environment(project: Path, log: Path, talk: Talk) -> None:
    if environment.environment_python(project).exists():
        return
    (project / ".venv" / UNFINISHED).touch()
    talk.step("Python environment")
    # Of the Python below, never of an environment that this process happens to run in.
    base = getattr(sys, "_base_executable", None) or sys.executable
    code, last = logged((base, "-m", "venv", str(project / ".venv")), log)
    if code:
        raise MachineError(
            f"the Python environment could not be made: {last}", hint=f"Details are in {log}"
        )


def _install_packages(project: Path, need: Need, log: Path, talk: Talk) -> None:
    """Install what the lock lists; a failure before anything is unpacked leaves all as it was."""
    lock = project / need.lock
    total = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    talk.step(f"{total} Python packages, each checked against {need.lock}")
    progress = _PipProgress(total, talk)
    marker = project / ".venv" / UNFINISHED
    was_whole = not marker.exists()
    marker.touch()
    try:
        _pip_install(environment.environment_python(project), lock, log, progress)
    finally:
        talk.progress("")
        if was_whole and not progress.unpacking:
            marker.unlink()


class _PipProgress:
    """Counts packages in what pip prints, line by line."""

    def __init__(self, total: int, talk: Talk) -> None:
        self._total, self._talk, self._seen = total, talk, 0
        self.unpacking = False

    def __call__(self, line: str) -> None:
        if line.startswith(("Collecting ", "Requirement already ")):
            self._seen = min(self._seen + 1, self._total)
            self._talk.progress(f"{self._seen} of {self._total}")
        elif line.startswith("Installing collected"):
            self.unpacking = True
            self._talk.progress("unpacking")


def _pip_install(python: Path, lock: Path, log: Path, progress: _PipProgress) -> None:
    options = ("--require-hashes", "--disable-pip-version-check", "--no-input")
    code, last = logged(
        (str(python), "-m", "pip", "install", *options, "-r", str(lock)),
        log,
        watch=progress,
        # A user-wide default of "install for the user" is refused inside an environment, and
        # lines held back would make the progress and the guard of half a set-up late.
        extra={"PIP_USER": "0", "PYTHONUNBUFFERED": "1"},
    )
    if code:
        raise MachineError(
            f"the Python packages could not be installed: {last}",
            hint=f"Details are in {log}. Check the internet connection, {AGAIN}",
        )


def _write_stamps(project: Path, need: Need) -> None:
    """Write the stamp, whole or not at all; the packages for the tests include all others."""
    for done in (environment.RUNTIME, need) if need == environment.TESTS else (need,):
        stamp = environment.stamp_file(project, done)
        draft = stamp.with_name(stamp.name + ".new")
        draft.write_text(environment.stamp_text(project, done), encoding="ascii")
        os.replace(draft, stamp)


# ------------------------------------------------------------------ one at a time


@contextmanager
def alone(project: Path, talk: Talk) -> Iterator[None]:
    """Hold the project's set-up lock; the system frees it even when this process is killed."""
    with open(project / ".setup.lock", "ab") as handle:
        if not _try_lock(handle.fileno(), wait=False):
            talk.say("Another set-up of this folder is running; waiting for it ...")
            while not _try_lock(handle.fileno(), wait=True):
                pass
        yield


def _try_lock(descriptor: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt  # Windows only

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # LK_LOCK gives up after 10 s
        try:
            msvcrt.locking(descriptor, mode, 1)
        except OSError:
            return False
        return True
    import fcntl  # POSIX only

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
