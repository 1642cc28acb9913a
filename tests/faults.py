"""A task and the step on files at which a fault strikes go in; what came of it comes out.

Run as a process of its own: it reads a trial a line (JSON), forks, and answers a line. Nothing of
the product is replaced but ``os.fsync``: every other step is heard from Python's audit events.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")
TO = ("os.rename", "os.link")
Kind = Literal["none", "kill", "error", "full", "interrupt", "remove", "write"]


@dataclass(frozen=True)
class Fault:
    """What strikes at step ``at`` (the first is 0) on something below ``below``.

    ``kill`` is SIGKILL, ``interrupt`` SIGINT, ``error`` one OSError with ``number``; ``full`` is a
    disk that is full from then on. With ``on``, the fault strikes just before a path with that end
    is opened, even for reading, for the ``at``-th time, and one step is ``struck``;
    ``remove`` and ``write`` do so to ``target``, with ``text``.
    """

    kind: Kind = "none"
    at: int = 0
    below: str = "/"
    number: int = errno.EIO
    on: str = ""
    target: str = ""
    text: str = ""


@dataclass(frozen=True)
class Came:
    """What came of a trial: the exit code (minus a signal's number), words, and the steps."""

    code: int
    out: str
    err: str
    steps: tuple[str, ...]


class Trials:
    """Sends trials to the process that forks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def command(
        self,
        *arguments: str,
        cwd: Path,
        fault: Fault | None = None,
        powerless: bool = False,
        env: Mapping[str, str] | None = None,
    ) -> Came:
        """Run the command with a fault; ``powerless``: root may do no more than others."""
        what = {"arguments": arguments, "cwd": str(cwd), "powerless": powerless, "env": env or {}}
        return self._ask("command", what, fault or Fault())

    def publish(self, folder: Path, *sets: Mapping[str, str], fault: Fault | None = None) -> Came:
        """Lock a folder, put out sets of files one after the other, and let go of it."""
        fault = fault or Fault(below=str(folder))
        return self._ask("publish", {"folder": str(folder), "sets": sets}, fault)

    def _ask(self, task: str, what: Mapping[str, Any], fault: Fault) -> Came:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"task": task, **what, "fault": asdict(fault)}) + "\n")
        self._process.stdin.flush()
        came = json.loads(self._process.stdout.readline())
        return Came(came["code"], came["out"], came["err"], tuple(came["steps"]))


@contextmanager
def trials(env: Mapping[str, str]) -> Iterator[Trials]:
    """Offer a process that forks for each trial."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults"],
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Trials(process)
        assert process.stdin is not None
        process.stdin.close()


# ------------------------------------------------------------------ in the other process


def _serve() -> None:
    # Loaded here once, so that no trial has to.
    from booklet import cli_build, kept
    from booklet.writers import versions

    assert cli_build
    assert kept
    assert versions
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as folder:
            said = [Path(folder) / name for name in ("out", "err", "steps")]
            trial = json.loads(line)
            child = os.fork()
            if child == 0:
                _child(trial, *said)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out, err, steps = (path.read_text(encoding="utf-8") for path in said)
        answer = {"code": code, "out": out, "err": err, "steps": steps.splitlines()}
        print(json.dumps(answer), flush=True)


def _child(trial: dict[str, Any], out: Path, err: Path, steps: Path) -> None:
    """Do one trial and end this process."""
    code = 99
    try:
        for path, number in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        sys.stdin = open(os.devnull)  # noqa: SIM115 - until this process ends
        with steps.open("w") as log:
            _listen(Fault(**trial["fault"]), log)
            code = TASKS[trial["task"]](trial)
            sys.stdout.flush()
    finally:
        os._exit(code)


def _listen(fault: Fault, log: IO[str]) -> None:
    """Hear of every step on files below the folder, and strike when it is time."""
    seen = 0

    def step(what: str, path: str) -> None:
        nonlocal seen
        path = os.path.abspath(path)
        if not path.startswith(fault.below):
            return
        log.write(f"{what} {path[len(fault.below) :].lstrip('/')}\n")
        log.flush()
        is_due = seen == fault.at or (fault.kind == "full" and seen > fault.at)
        seen += 1
        if is_due:
            _strike(fault, what, path)

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str) and arguments[2] & WRITING:
            step("write", arguments[0])
        elif event in CHANGES:
            step(event.removeprefix("os."), os.fspath(arguments[event in TO]))

    def fsync(fd: Any) -> None:
        number = fd if isinstance(fd, int) else fd.fileno()
        step("fsync", os.readlink(f"/proc/self/fd/{number}"))

    sys.addaudithook(_meddler(fault, log) if fault.on else heard)
    os.fsync = fsync


def _meddler(fault: Fault, log: IO[str]) -> Callable[[str, tuple[Any, ...]], None]:
    """Return what hears of every file that is opened, and does its deed once, with a line."""
    opened, way = 0, ""

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal opened, way
        if event != "open" or isinstance(arguments[0], int):
            return
        # A file of the source is opened part by part, each from the folder before it.
        path = os.fsdecode(arguments[0])
        way = path if os.sep in path else f"{way}/{path}"
        if not way.endswith(fault.on):
            return
        opened += 1
        if opened - 1 != fault.at:
            return
        log.write("struck\n")
        log.flush()
        if fault.kind == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        elif fault.kind == "write":
            Path(fault.target).write_text(fault.text, encoding="utf-8")
        elif Path(fault.target).is_dir():
            shutil.rmtree(fault.target)
        else:
            Path(fault.target).unlink()

    return heard


def _give_up_power() -> None:
    """Give up what root may do beyond others (capset(2)), such as to read what nobody may."""
    version = ctypes.c_uint32 * 2
    sets = ctypes.c_uint32 * 6
    if ctypes.CDLL(None).capset(version(0x20080522, 0), sets()) != 0:
        raise OSError("capset")


def _strike(fault: Fault, what: str, path: str) -> None:
    match fault.kind:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        case "error":
            raise OSError(fault.number, os.strerror(fault.number), path)
        case "full" if what in ("write", "fsync", "link", "mkdir"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


def _command(trial: dict[str, Any]) -> int:
    from booklet.cli import main

    os.environ.update(trial["env"])
    tempfile.tempdir = None
    os.chdir(trial["cwd"])
    if trial["powerless"]:
        _give_up_power()
    return main(trial["arguments"])


def _publish(trial: dict[str, Any]) -> int:
    from booklet import output
    from booklet.errors import BookletError

    try:
        folder = Path(trial["folder"])
        with output.locked(folder):
            for files in trial["sets"]:
                output.publish(folder, {name: text.encode() for name, text in files.items()})
    except BookletError as fault:
        print(fault.line(), file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


TASKS: dict[str, Callable[[dict[str, Any]], int]] = {"command": _command, "publish": _publish}

if __name__ == "__main__":
    _serve()
