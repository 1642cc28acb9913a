"""The table, the plot and the targets of the benchmarks: nobody is missing in silence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml import etree

from benchmarks.measure import FailedError, Missing, Run
from benchmarks.plot import plot
from benchmarks.split import Split, middle_of, stages
from benchmarks.table import Figures, table
from benchmarks.targets import NO, UNKNOWN, YES, rows, targets
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

GONE = Missing("pandoc: No such file or directory")
FIGURES: Figures = {
    "one": {"ours": Run(2.0, 1.0, 100, 150.4, 34), "b & c": Run(1.0, 1.5, 50), "gone": GONE}
}
SIZES = Sizes(100)


def test_ratios_are_to_the_first_and_what_is_missing_is_said() -> None:
    assert table(FIGURES).splitlines()[2:] == [
        "| one | ours | 34 | 2.00 | 1.00 | 100 | 150 | 1.00 x |",
        "| one | b & c | - | 1.00 | 1.50 | 50 | - | 0.50 x |",
        "| one | gone | - | not measured: pandoc: No such file or directory | - | - | - | - |",
    ]


def test_without_the_first_there_is_no_ratio() -> None:
    lines = table({"one": {"ours": Missing("a | b"), "other": Run(1, 1, 1)}}).splitlines()
    assert lines[2:] == [
        "| one | ours | - | not measured: a   b | - | - | - | - |",
        "| one | other | - | 1.00 | 1.00 | 1 | - | - |",
    ]


def test_bars_are_as_long_as_the_figures_and_all_is_told_in_words() -> None:
    drawn = etree.fromstring(plot(FIGURES).encode())
    bars = [(bar.get("class"), bar.get("width")) for bar in drawn.iter("{*}rect")][1:]
    assert bars == [("ours", "360.0"), ("other", "180.0")]
    texts = [text.text for text in drawn.iter("{*}text")]
    assert texts[1:] == ["one", "ours", "2.00 s", "b & c", "1.00 s", "gone", "not measured"]
    (told,) = drawn.iter("{*}desc")
    assert told.text == "one: ours 2.00 seconds, b & c 1.00 seconds, gone not measured"
    named = {node.get("id") for node in drawn if node.tag.endswith(("title", "desc"))}
    assert named == set(str(drawn.get("aria-labelledby")).split())


def figures() -> dict[str, dict[str, Run | Missing]]:
    """A run in which every target is reached, each with nothing to spare."""
    some, mid, long = SIZES.two_workers, *LONGER
    return {
        ONE: {
            OURS: Run(3.0, 3, 150, 200, 30),
            BARE: Run(2.0, 2, 90),
            PANDOC: Run(3.0, 3, 150, 200),
        },
        mid: {OURS: Run(6, 6, 200, 300, 60)},
        long: {OURS: Run(12, 12, 250, 400, 120)},
        some: {
            TWO_JOBS: Run(10, 20, 150),
            ONE_JOB: Run(18, 18, 150),
            PANDOC + XARGS: Run(20, 30, 150),
            TYPST + XARGS: Run(10 / 1.5, 10, 150),
        },
        SIZES.unchanged: {OURS: Run(1.9, 1.9, 80)},
        SIZES.whole(CHANGED): {OURS: Run(3, 3, 150)},
    }


def outcomes(found: dict[str, dict[str, Run | Missing]], split: Split | Missing) -> list[str]:
    return [each.outcome for each in targets(found, split, SIZES)]


def test_each_target_is_held_against_its_own_figure() -> None:
    split = divided(1.0)
    assert outcomes(figures(), split) == [YES] * 10
    worse: list[tuple[str, str, Run]] = [
        (ONE, BARE, Run(1.9, 2, 90)),
        (ONE, PANDOC, Run(2.9, 3, 150, 200)),
        (ONE, PANDOC, Run(3.0, 3, 149, 200)),
        (SIZES.two_workers, PANDOC + XARGS, Run(19.9, 30, 150)),
        (SIZES.two_workers, TYPST + XARGS, Run(6.6, 30, 150)),
        (SIZES.two_workers, ONE_JOB, Run(17.9, 30, 150)),
        (SIZES.unchanged, OURS, Run(2.0, 2, 80)),
        (next(iter(LONGER)), OURS, Run(6, 6, 301, 300, 60)),
    ]
    for number, (task, who, run) in zip((0, 2, 3, 4, 5, 6, 7, 9), worse, strict=True):
        found = figures()
        found[task][who] = run
        assert outcomes(found, split) == [NO if n == number else YES for n in range(10)], who
    assert outcomes(figures(), divided(0.9))[1] == NO


def divided(writing: float) -> Split:
    return Split(Run(3.2, 3, 150), {"read": 0.2, "write": writing, "verify": 1.0})


def test_where_the_time_went_is_read_from_the_build_s_own_answer() -> None:
    rows = [{"stage": "read", "seconds": 0.25, "cpu": 0.2}, {"stage": "write", "seconds": 1.5}]
    said = "One booklet.\n" + json.dumps({"timings": {"stages": rows}})
    split = Split(Run(2.0, 2, 150), stages(said))
    assert (split.writing, split.verifying, split.unaccounted) == (1.5, 0.0, 0.25)
    other = replace(split, stages={"read": 0.75, "write": 0.5})
    assert middle_of([split, other]).stages == {"read": 0.5, "write": 1.0}
    for nothing in ("", "{}", '{"timings": {"stages": [1]}}'):
        with pytest.raises(FailedError, match="did not tell"):
            stages(nothing)


def test_a_target_without_its_figure_is_neither_reached_nor_missed() -> None:
    found = figures()
    found[ONE][PANDOC] = GONE
    held = targets(found, Missing("it failed"), SIZES)
    assert [each.outcome for each in held] == [UNKNOWN] * 4 + [YES] * 6
    assert f"| {GONE.reason} | {UNKNOWN} |" in rows(held)
    small = targets(figures(), Missing("it failed"), Sizes(2))
    assert {each.outcome for each in small[4:9]} == {UNKNOWN}
