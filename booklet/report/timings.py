"""What a build's stopwatches say enters; a table of where the time went, or its JSON, leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from booklet.stopwatch import Lap, Laps, Watch

STAGES = (
    *("read", "check", "load", "write", "verify", "transcript", "cache"),
    *("outside", "report", "put out"),
)
"""In the order in which a booklet goes through them."""
MOST = 10
"""Editions that are named: the slowest."""


@dataclass(frozen=True, slots=True)
class Took:
    """How long an edition of a booklet took. One that came from the cache has no laps."""

    booklet: str
    clinic: str
    edition: str
    laps: Laps

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(lap.seconds for lap in self.laps)

    @property
    def cpu(self) -> float:
        """All stages together."""
        return sum(lap.cpu for lap in self.laps)


@dataclass(frozen=True, slots=True)
class Times:
    """Where the time of a build went: by stage, in all its processes, and by edition.

    ``whole`` is the time from the first to the last of it, as the process that conducts saw it.
    """

    whole: Lap
    stages: Laps
    editions: tuple[Took, ...]

    @classmethod
    def of(cls, whole: Lap, laps: Iterable[Lap], editions: Iterable[Took]) -> Times:
        """Add up the laps of all processes; those of the editions are among the stages."""
        took = tuple(sorted(editions, key=lambda each: (each.booklet, each.clinic, each.edition)))
        watch = Watch()
        watch.add(laps)
        for each in took:
            watch.add(each.laps)
        known = {name: number for number, name in enumerate(STAGES)}
        order = sorted(watch.laps, key=lambda lap: known.get(lap.stage, len(known)))
        return cls(whole, tuple(order), took)


def table(times: Times) -> list[str]:
    """Return the lines of a table for a person."""
    stages = [*times.stages, times.whole]
    width = max(len(lap.stage) for lap in stages)
    lines = [
        "Where the time went, in seconds: of all processes, and last of the one that conducts.",
        f"  {'':{width}}  {'seconds':>9}  {'processor':>9}",
    ]
    lines += [f"  {lap.stage:{width}}  {lap.seconds:9.2f}  {lap.cpu:9.2f}" for lap in stages]
    made = [each for each in times.editions if each.laps]
    cached = len(times.editions) - len(made)
    if cached:
        lines.append(f"From the cache: {cached}.")
    if made:
        lines.append("The slowest editions:")
    for each in sorted(made, key=lambda each: -each.seconds)[:MOST]:
        whose = f" for {each.clinic}" if each.clinic else ""
        parts = ", ".join(f"{lap.stage} {lap.seconds:.2f}" for lap in each.laps)
        lines.append(f"  {each.seconds:.2f}  {each.booklet}{whose}, {each.edition} ({parts})")
    return lines


def timings_data(times: Times) -> dict[str, Any]:
    """Return the same, of all editions, as JSON objects."""
    return {
        "whole": _lap(times.whole),
        "stages": [_lap(lap) for lap in times.stages],
        "editions": [
            {
                "booklet": each.booklet,
                "clinic": each.clinic,
                "edition": each.edition,
                "cached": not each.laps,
                "stages": [_lap(lap) for lap in each.laps],
            }
            for each in times.editions
        ],
    }


def _lap(lap: Lap) -> dict[str, Any]:
    return {"stage": lap.stage, "seconds": round(lap.seconds, 4), "cpu": round(lap.cpu, 4)}
