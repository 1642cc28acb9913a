"""A booklet twice as long takes checks and readers twice the work: steps are counted, not time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from booklet import checks, readers
from booklet.plain.grade import stretches
from booklet.plain.hardest import hardest
from booklet.plain.walk import pieces
from booklet.source import SourceTree

BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
TODAY = date(2026, 11, 22)
FEW = 60
LONG = "## Part {n}\n\n" + "Rest now {n}. " * 34
TWICE = 2.25
"""Twice, and something for tables that are sorted."""


def steps(work: Callable[[], object]) -> int:
    """Count the functions that are called, those written in C among them."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def booklet_of(folder: Path, unit: str, count: int) -> SourceTree:
    """A booklet with so many units, in two chapters."""
    shutil.copytree(BASE, folder)
    names = ["02-more.md", "03-again.md"]
    for name in names:
        words = "\n\n".join(unit.format(n=f"{name[3]}{n}") for n in range(count))
        text = f"# Chapter {name[3:-3]}\n\n{words}\n"
        (folder / "tiny" / name).write_text(text, "utf-8")
    settings = folder / "tiny" / "booklet.yaml"
    listed = f"chapters: [{', '.join(['01-first.md', *names])}]"
    settings.write_text(settings.read_text("utf-8").replace("chapters: [01-first.md]", listed))
    return SourceTree.open(folder)


def judged(tree: SourceTree) -> None:
    read = readers.read(tree, "tiny")
    assert read.booklet is not None
    assert not [finding for finding in read.findings if finding.severity.name == "ERROR"]
    checks.run(read.booklet, checks.Policy(), TODAY)
    hardest(read.booklet)


@pytest.mark.parametrize(
    "unit",
    [
        "Go {n} now.",
        "## Part {n}\n\nRest {n} now, and drink a little water.",
        "- Rest {n}.\n- Drink.",
        "See [this page {n}](https://example.org/{n}).",
        "This cure {n} is proven and costs $5. He was treated by them.",
        "**Rest {n}** and drink.",
    ],
)
def test_twice_the_words_are_twice_the_steps(unit: str, tmp_path: Path) -> None:
    judged(booklet_of(tmp_path / "warm", unit, 2))  # what is loaded once is loaded now
    few = booklet_of(tmp_path / "few", unit, FEW)
    many = booklet_of(tmp_path / "many", unit, 2 * FEW)
    assert steps(lambda: judged(many)) <= TWICE * steps(lambda: judged(few))


def test_parts_are_put_together_without_comparing_each_with_each(tmp_path: Path) -> None:
    counts = []
    for number in (FEW, 2 * FEW):
        tree = booklet_of(tmp_path / str(number), LONG, number)
        booklet = readers.read(tree, "tiny").booklet
        assert booklet is not None
        counts.append(steps(partial(stretches, pieces(booklet))))
    assert counts[1] <= 2.1 * counts[0]
