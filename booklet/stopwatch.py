"""Stages of a piece of work enter as they are gone through; how long each took leaves.

A stopwatch, not a clock: it knows no date and no time of day, and what it says goes to the report
alone, never into a key, a file or a decision.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lap:
    """How long one stage took: ``seconds`` that went by, and ``cpu`` seconds of this process."""

    stage: str
    seconds: float
    cpu: float


Laps = tuple[Lap, ...]


class Watch:
    """Takes the time of stages; of one that is gone through several times, all together."""

    def __init__(self) -> None:
        self._laps: dict[str, Lap] = {}

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Take the time of what is done within."""
        seconds, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            lap = Lap(stage, time.perf_counter() - seconds, time.process_time() - cpu)
            self.add((lap,))

    def add(self, laps: Iterable[Lap]) -> None:
        """Take in what another watch has taken."""
        for lap in laps:
            old = self._laps.get(lap.stage, Lap(lap.stage, 0.0, 0.0))
            self._laps[lap.stage] = Lap(lap.stage, old.seconds + lap.seconds, old.cpu + lap.cpu)

    @property
    def laps(self) -> Laps:
        """What has been taken, in the order in which the stages were first begun."""
        return tuple(self._laps.values())
