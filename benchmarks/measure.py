"""A command enters; its seconds, processor seconds and peak memory leave."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall seconds, processor seconds of all its processes, MB of its largest process."""

    wall: float
    cpu: float
    memory: float


class FailedError(Exception):
    """The command did not end well; its last words."""


def measured(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Run:
    """Run a command to its end. Raises FailedError; Linux and macOS only."""
    begun = time.perf_counter()
    with (cwd / "run.log").open("w+b") as log:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        words = log.read().decode(errors="replace")
    if process.returncode:
        raise FailedError(words.strip()[-400:])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        statistics.median(run.memory for run in runs),
    )
