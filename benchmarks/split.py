"""A booklet enters, built in one process; where its time went, as ``--timings`` tells, leaves."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import FailedError, Run, measured, middle

WRITING, VERIFYING = "write", "verify"


@dataclass(frozen=True, slots=True)
class Split:
    """A whole process, and wall seconds of its stages, in the order of ``--timings``."""

    run: Run
    stages: Mapping[str, float]

    @property
    def writing(self) -> float:
        """Seconds of writing."""
        return self.stages.get(WRITING, 0.0)

    @property
    def verifying(self) -> float:
        """Seconds of verifying."""
        return self.stages.get(VERIFYING, 0.0)

    @property
    def unaccounted(self) -> float:
        """Seconds that no stage had: Python's start, arguments, the end."""
        return max(0.0, self.run.wall - sum(self.stages.values()))


def timed(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Split:
    """Build in one fresh process. Raises FailedError."""
    run = measured((*command, "--jobs", "1", "--timings", "--format", "json"), folder, env)
    return Split(run, stages((folder / "run.log").read_text("utf-8")))


def stages(said: str) -> dict[str, float]:
    """Return the seconds of each stage from a build's answer. Raises FailedError."""
    try:
        rows = json.loads(said[said.index("{") :])["timings"]["stages"]
        return {row["stage"]: row["seconds"] for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise FailedError("the build did not tell where its time went") from error


def middle_of(splits: Sequence[Split]) -> Split:
    """Return the median of each figure."""
    names = splits[-1].stages
    each = {name: statistics.median(one.stages.get(name, 0.0) for one in splits) for name in names}
    return Split(middle([one.run for one in splits]), each)
