"""The arithmetic of the benchmarks: medians, ratios, and nobody missing in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.measure import FailedError, Run, measured, middle
from benchmarks.sample import TODAY, plain_markdown, project
from benchmarks.table import plot, table
from booklet import readers
from booklet.source import SourceTree

MARKED = """# What?

A [cell](term:stem-cell)[](source:trial), [see there](#questions) and ![A disc](images/a.svg).

:::tip Good to know
Ask.
:::
"""
FIGURES = {"one": {"ours": Run(2.0, 1.0, 100), "b & c": Run(1.0, 1.5, 50), "gone": None}}


def test_the_middle_is_that_of_each_figure() -> None:
    runs = (Run(1, 9, 4), Run(3, 7, 6), Run(2, 8, 5))
    assert middle(runs) == Run(2, 8, 5)


def test_ratios_are_to_the_first_and_what_is_missing_is_said() -> None:
    assert table(FIGURES).splitlines()[2:] == [
        "| one | ours | 2.00 | 1.00 | 100 | 1.00 x | 1.00 x |",
        "| one | b & c | 1.00 | 1.50 | 50 | 0.50 x | 1.50 x |",
        "| one | gone | **not measured** | - | - | - | - |",
    ]


def test_without_the_first_there_is_no_ratio() -> None:
    rows = table({"one": {"ours": None, "other": Run(1, 1, 1)}}).splitlines()
    assert rows[3] == "| one | other | 1.00 | 1.00 | 1 | - | - |"


def test_bars_are_as_long_as_the_figures() -> None:
    drawn = etree.fromstring(plot(FIGURES).encode())
    widths = [bar.get("width") for bar in drawn.iter("{*}rect")][1:]
    assert widths == ["266.7", "400.0"]
    assert "one: b & c" in [text.text for text in drawn.iter("{*}text")]


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system as Unix does")
def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such booklet"):
        measured(
            [sys.executable, "-c", "raise SystemExit('no such booklet')"], tmp_path, os.environ
        )
    run = measured([sys.executable, "-c", "x = bytearray(50_000_000)"], tmp_path, os.environ)
    assert run.memory > 47
    assert run.cpu > 0


def test_rivals_get_our_words_without_our_marks() -> None:
    assert plain_markdown(MARKED).strip().split("\n\n") == [
        "# What?",
        "A cell, see there and ![A disc](images/a.svg).",
        "**Good to know**",
        "Ask.",
    ]


def test_the_larger_sample_has_its_twenty_chapters(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", 2, 20)
    tree = SourceTree.open(folder / "source")
    for name in tree.booklets():
        booklet = readers.read(tree, name, clinic=None).booklet
        assert booklet is not None
        assert len(booklet.chapters) == 20
        assert booklet.meta.issued <= TODAY
