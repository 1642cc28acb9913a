"""A build's command enters; how long it wrote and how long it verified leaves.

``python -m benchmarks.split ARGUMENTS`` is ``python -m booklet ARGUMENTS`` with a clock at the
doors of the two rooms; it leaves what the clocks said in ``split.json``. One process only.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.measure import measured

SAID = "split.json"


@dataclass(frozen=True, slots=True)
class Split:
    """Wall seconds of a whole process, and what of them went into writing and into verifying."""

    whole: float
    writing: float
    verifying: float


def timed(arguments: Sequence[str], folder: Path, env: Mapping[str, str]) -> Split:
    """Build in one fresh process. Raises FailedError."""
    command = (sys.executable, "-m", "benchmarks.split", *arguments, "--jobs", "1")
    run = measured(command, folder, env)
    said = json.loads((folder / SAID).read_text("ascii"))
    return Split(run.wall, said["writing"], said["verifying"])


def middle(splits: Sequence[Split]) -> Split:
    """Return the median of each figure."""
    return Split(
        statistics.median(each.whole for each in splits),
        statistics.median(each.writing for each in splits),
        statistics.median(each.verifying for each in splits),
    )


def main(arguments: Sequence[str]) -> int:
    """Build, with clocks."""
    from booklet import build, cli, plan

    spent = {"writing": 0.0, "verifying": 0.0}
    # What a file must hold is read from its parent for the verifier alone.
    expectation = _Clock(plan.expectation, spent, "verifying")
    with (
        patch.object(plan, "expectation", expectation),
        patch.object(build, "make", partial(_make, plan.make, spent)),
    ):
        code = cli.main(list(arguments))
    Path(SAID).write_text(json.dumps(spent), "ascii")
    return code


def _make(make: Callable[[Any], Any], spent: dict[str, float], job: Any) -> Any:
    """Make an edition; the rooms are opened here, as late as without clocks."""
    from booklet import verify, writers

    write = _Clock(writers.write, spent, "writing")
    judge = _Clock(verify.verify, spent, "verifying")
    with patch.object(writers, "write", write), patch.object(verify, "verify", judge):
        return make(job)


class _Clock:
    """A function that adds the seconds it takes to a list."""

    def __init__(self, work: Callable[..., Any], spent: dict[str, float], name: str) -> None:
        self._work, self._spent, self._name = work, spent, name

    def __call__(self, *given: Any) -> Any:
        begun = time.perf_counter()
        try:
            return self._work(*given)
        finally:
            self._spent[self._name] += time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
