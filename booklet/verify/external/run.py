"""Files and a command in, the command's records out, or the reason why there are none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet.editions import ToolResult
from booklet.findings import Finding

SOURCES = Path(__file__).parent / "java"
FIRST_SECONDS = 120.0
SECONDS_A_FILE = 30.0
"""Time allowed: far more than a check needs (1 s to start, 0.1 s a file), for busy machines."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the outside tools say of one file: one result a tool, and what was found where."""

    tools: tuple[ToolResult, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended. ``records`` are the fields of its lines that begin with ``@``."""

    code: int
    records: tuple[tuple[str, ...], ...]
    errors: str

    @property
    def is_whole(self) -> bool:
        """True when the run came to its end: code 0 and the closing record."""
        return self.code == 0 and any(record[0] == "end" for record in self.records)

    def reason(self) -> str:
        """Say why a run is not whole."""
        faults = [record[1] for record in self.records if record[0] == "fault" and len(record) > 1]
        last = self.errors.strip().splitlines()[-1:] or [f"it ended with code {self.code}"]
        return " ".join([*faults, *last][:1])


def seconds_for(files: int) -> float:
    """Return the time that checking so many files may take."""
    return FIRST_SECONDS + SECONDS_A_FILE * files


@contextmanager
def staged(paths: Sequence[Path], suffix: str) -> Iterator[tuple[Path, Mapping[Path, Path]]]:
    """Copy files to a folder under plain names, so that no name or locale can confuse a tool.

    Yields the folder and, by path, the copies of the files that could be read.
    """
    with TemporaryDirectory(prefix="booklet-", ignore_cleanup_errors=True) as name:
        folder, copies = Path(name), {}
        for number, path in enumerate(dict.fromkeys(paths)):
            copy = folder / f"{number}{suffix}"
            try:
                shutil.copyfile(path, copy)
            except OSError:
                continue
            copies[path] = copy
        yield folder, copies


# These programs live for seconds: to compile their code well, and to collect garbage on several
# cores, costs twice the processor time that it saves, with one file as with twenty.
IN_A_HURRY = (
    "-XX:+IgnoreUnrecognizedVMOptions",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
)


def run_java(
    java: Path, source: str, libraries: Sequence[Path], arguments: Sequence[str], seconds: float
) -> Done | str:
    """Run one of our Java sources; returns the reason in words when it could not be run."""
    return run(
        [
            str(java),
            *IN_A_HURRY,
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-cp",
            os.pathsep.join(map(str, libraries)),
            str(SOURCES / source),
            *arguments,
        ],
        seconds,
    )


def run(
    command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None
) -> Done | str:
    """Run a command with all that it starts; returns the reason when it could not be run."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    except OSError as error:
        return f"it could not be started: {error.strerror}"
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
        return f"it was stopped after {seconds:g} seconds"
    except BaseException:
        _stop(process)
        raise
    lines = output.decode("utf-8", "replace").splitlines()
    records = tuple(tuple(line[1:].split("\t")) for line in lines if line.startswith("@"))
    return Done(process.returncode, records, errors.decode("utf-8", "replace"))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop our process and what it started (a browser, for one), and nothing else."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def not_checked(tool: str, paths: Sequence[Path], reason: str) -> dict[Path, ToolResult]:
    """Return "not checked" for every file, with the reason."""
    return {path: ToolResult(tool, "not checked", reason) for path in paths}
