"""A command enters; its seconds, processor seconds and peaks of memory leave."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# It stands between, so that nobody's figure counts the memory of this process.
WAITER = Path(__file__).with_name("waiter.py")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall seconds, processor seconds of all its processes, and MB of memory at its peak.

    ``largest`` is the peak of its largest process. ``together`` is the peak of all its processes at
    one time, seen every 20 ms: memory that they share counts for each, and what lives for a shorter
    time is missed; None where the system does not tell. ``pages`` are those of the print it made.
    """

    wall: float
    cpu: float
    largest: float
    together: float | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that there is not, and why, in one line."""

    reason: str


class FailedError(Exception):
    """The command did not end well; its last words."""


def measured(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Run:
    """Run a command to its end. Raises FailedError; Linux and macOS only."""
    said = cwd / "run.json"
    waiter = (sys.executable, "-I", "-S", str(WAITER), str(said))
    with (cwd / "run.log").open("w+b") as log:
        done = subprocess.run(
            (*waiter, *command),
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        )
        log.seek(0)
        words = log.read().decode(errors="replace")
    if done.returncode:
        raise FailedError(_last(words) or "it failed without a word")
    run = Run(**json.loads(said.read_text("ascii")))
    return replace(run, together=max(run.together, run.largest) if run.together else None)


def _last(words: str) -> str:
    """Return the last line that says something."""
    return next((line.strip()[:160] for line in reversed(words.splitlines()) if line.strip()), "")


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure; the pages are those of the last run."""
    together = [run.together for run in runs if run.together is not None]
    return replace(
        runs[-1],
        wall=statistics.median(run.wall for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
        largest=statistics.median(run.largest for run in runs),
        together=statistics.median(together) if together else None,
    )
