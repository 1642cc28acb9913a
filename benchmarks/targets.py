"""Figures enter; what was to be reached leaves, with what was measured and the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.measure import Missing, Run
from benchmarks.split import Split
from benchmarks.table import Figures
from benchmarks.tasks import (
    BARE,
    CHANGED,
    LONGER,
    ONE,
    ONE_JOB,
    OURS,
    PANDOC,
    TWO_JOBS,
    TYPST,
    XARGS,
    Sizes,
)

YES, NO, UNKNOWN = "reached", "**not reached**", "not measured"


class MissingError(Exception):
    """A figure on which a target rests was not measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target, the figure it was held against in this run, and ``YES``, ``NO`` or ``UNKNOWN``."""

    words: str
    measured: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A target: what it asks, and what measures it: (words with the figure, reached?)."""

    words: str
    measure: Callable[[], tuple[str, bool]]


def targets(figures: Figures, split: Split | Missing, sizes: Sizes) -> tuple[Target, ...]:
    """Hold a run against every target, all of them in wall time unless they say otherwise."""
    return tuple(_held(rule) for rule in _Rules(figures, split, sizes).all())


def _held(rule: Rule) -> Target:
    try:
        measured, reached = rule.measure()
    except MissingError as error:
        return Target(rule.words, str(error), UNKNOWN)
    return Target(rule.words, measured, YES if reached else NO)


class _Rules:
    """The targets, over the figures of one run."""

    def __init__(self, figures: Figures, split: Split | Missing, sizes: Sizes) -> None:
        self._figures, self._split, self._sizes = figures, split, sizes

    def all(self) -> Iterator[Rule]:
        some = self._sizes.two_workers
        yield Rule("One booklet: overhead over the bare engines under 15 %", self._overhead)
        yield Rule("Verification takes no more than the build", self._verification)
        yield Rule("One booklet, cold: no slower than pandoc + WeasyPrint", self._speed)
        yield Rule("Peak memory of a process no higher than pandoc + WeasyPrint's", self._memory)
        yield Rule(
            "Twenty booklets, two workers: at most half of pandoc + WeasyPrint's time",
            lambda: self._times(some, TWO_JOBS, PANDOC + XARGS, 0.5, self._sizes.some, 20),
        )
        yield Rule(
            "Twenty booklets, two workers: within 1.5 x of pandoc + Typst's time",
            lambda: self._times(some, TWO_JOBS, TYPST + XARGS, 1.5, self._sizes.some, 20),
        )
        yield Rule("Two processes 1.8 x as fast as one", self._speed_up)
        yield Rule("1,000 editions, nothing changed: under 2 s", self._unchanged)
        yield Rule("One chapter changed: only its booklet is made anew", self._changed)
        yield Rule("Memory grows no faster than pages", self._growth)

    def _run(self, task: str, who: str) -> Run:
        run = self._figures.get(task, {}).get(who, Missing(f"no run of {who}"))
        if isinstance(run, Missing):
            raise MissingError(run.reason)
        return run

    def _overhead(self) -> tuple[str, bool]:
        bare = self._run(ONE, BARE)
        if isinstance(self._split, Missing):
            raise MissingError(self._split.reason)
        ours = self._split.run.wall - self._split.verifying
        more = ours / bare.wall - 1
        words = f"{100 * more:+.0f} % ({ours:.2f} s without verifying, bare {bare.wall:.2f} s)"
        return words, more < 0.15

    def _verification(self) -> tuple[str, bool]:
        if isinstance(self._split, Missing):
            raise MissingError(self._split.reason)
        writing, verifying = self._split.writing, self._split.verifying
        return f"{verifying:.2f} s to {writing:.2f} s of writing", verifying <= writing

    def _speed(self) -> tuple[str, bool]:
        return self._times(ONE, OURS, PANDOC, 1.0)

    def _times(
        self, task: str, who: str, other: str, most: float, size: int = 0, asked: int = 0
    ) -> tuple[str, bool]:
        self._large_enough(size, asked)
        ours, theirs = self._run(task, who), self._run(task, other)
        times = ours.wall / theirs.wall
        return f"{times:.2f} x ({ours.wall:.2f} s to {theirs.wall:.2f} s)", times <= most

    def _memory(self) -> tuple[str, bool]:
        # The target was set from the largest process, as time(1) tells it; the sum is told beside.
        ours, theirs = self._run(ONE, OURS), self._run(ONE, PANDOC)
        words = f"largest process {ours.largest:.0f} MB to {theirs.largest:.0f} MB"
        if ours.together is not None and theirs.together is not None:
            words += f"; all together {ours.together:.0f} MB to {theirs.together:.0f} MB"
        return words, ours.largest <= theirs.largest

    def _speed_up(self) -> tuple[str, bool]:
        task = self._sizes.two_workers
        self._large_enough(self._sizes.some, 20)
        times = self._run(task, ONE_JOB).wall / self._run(task, TWO_JOBS).wall
        return f"{times:.2f} x", times >= 1.8

    def _unchanged(self) -> tuple[str, bool]:
        editions = 3 * self._sizes.small
        self._large_enough(editions, 1000)
        run = self._run(self._sizes.unchanged, OURS)
        return f"{run.wall:.2f} s for {editions:,} editions", run.wall < 2

    def _changed(self) -> tuple[str, bool]:
        # The run fails, and is not measured, when any other booklet's file was touched.
        run = self._run(self._sizes.whole(CHANGED), OURS)
        return f"so it was, in {run.wall:.2f} s", True

    def _growth(self) -> tuple[str, bool]:
        runs = [self._run(task, OURS) for task in (ONE, *LONGER)]
        each = [run.largest / run.pages for run in runs]
        words = "; ".join(
            f"{run.pages} pages {run.largest:.0f} MB, {one:.2f} MB a page"
            for run, one in zip(runs, each, strict=True)
        )
        return words, each == sorted(each, reverse=True)

    @staticmethod
    def _large_enough(size: int, asked: int) -> None:
        if size < asked:
            raise MissingError(f"this run had {size}")


def rows(held: tuple[Target, ...]) -> str:
    """Return the targets as a table in Markdown."""
    lines = ["| target | measured | |", "|---|---|---|"]
    lines += [f"| {each.words} | {each.measured} | {each.outcome} |" for each in held]
    return "\n".join(lines) + "\n"
