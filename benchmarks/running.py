"""Contenders run in turn; docs/performance.md and its plot are written from the figures."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sample, split
from benchmarks.measure import FailedError, Missing, Run, measured, middle
from benchmarks.page import Circumstances, page
from benchmarks.pages import pages
from benchmarks.plot import plot
from benchmarks.split import Split
from benchmarks.table import Figures, table
from benchmarks.targets import rows, targets
from benchmarks.tasks import BOTH, BUILD, Entry, Sizes, entries

DOCS = sample.PROJECT / "docs"
LONG = 45.0
"""Seconds that one contender may take at one task over all its runs; there is always a first."""


def main() -> int:
    """Measure, print, and write the page and its plot."""
    asked = _arguments()
    sizes, begun = Sizes(asked.catalogue), time.monotonic()
    told = Circumstances(asked.runs, LONG, os.getloadavg()[0], asked.note)
    with TemporaryDirectory() as place:
        env = _environment(Path(place))
        work = tuple(entries(Path(place), sizes, env))
        figures = _figures(work, asked.runs, env)
        inside = _inside(Path(place), asked.runs, env)
    held = targets(figures, inside, sizes)
    sys.stdout.write(f"{rows(held)}\n{table(figures)}")
    out = Path(asked.out)
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    (out / "pictures" / "performance.svg").write_text(plot(figures), "utf-8")
    (out / "performance.md").write_text(page(figures, inside, held, sizes, told), "utf-8")
    _tell(f"{(time.monotonic() - begun) / 60:.0f} minutes\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each (default 3)")
    parser.add_argument("--catalogue", type=int, default=20, metavar="N", help="booklets (20)")
    parser.add_argument("--note", default="", metavar="TEXT", help="a sentence about the machine")
    parser.add_argument("--out", default=str(DOCS), metavar="DIR", help="where to write (docs/)")
    return parser.parse_args()


def _environment(place: Path) -> dict[str, str]:
    """Return ours, with the programs of this Python first, and with pandoc where its package is."""
    tools = place / "tools"
    tools.mkdir()
    try:
        import pypandoc

        (tools / "pandoc").symlink_to(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        pass  # then whoever needs it is "not measured"
    path = os.pathsep.join((str(tools), str(Path(sys.executable).parent), os.environ["PATH"]))
    ours = {"PYTHONPATH": str(sample.PROJECT), "BOOKLET_NO_SETUP": "1"}
    return {**os.environ, "PATH": path, **ours}


# -------------------------------------------------------------------------------- measuring


def _figures(work: tuple[Entry, ...], runs: int, env: Mapping[str, str]) -> Figures:
    """Run all contenders in turn, so that a busy minute falls on all; return their medians."""
    heard: dict[tuple[str, str], list[Run]] = {(each.task, each.who): [] for each in work}
    lost: dict[tuple[str, str], Missing] = {}
    for number in range(runs):
        for each in work:
            key = each.task, each.who
            if key not in lost and _again(heard[key]):
                _tell(f"run {number + 1} of {runs}: {each.task}, {each.who} ... ")
                result = each.missing or _result(each, env)
                _tell(f"{_said(result)}\n")
                if isinstance(result, Missing):
                    lost[key] = result
                else:
                    heard[key].append(result)
    figures: dict[str, dict[str, Run | Missing]] = {}
    for each in work:
        row = figures.setdefault(each.task, {})
        row[each.who] = lost.get((each.task, each.who)) or middle(heard[each.task, each.who])
    return figures


def _again(heard: list[Run]) -> bool:
    """True when another run would not take too long in all."""
    return not heard or sum(run.wall for run in heard) + heard[-1].wall <= LONG


def _result(each: Entry, env: Mapping[str, str]) -> Run | Missing:
    try:
        each.before()
        run = measured(each.command, each.folder, env)
        each.after()
        return replace(run, pages=pages(each.folder, each.printed))
    except (FailedError, OSError) as error:
        return Missing(str(error))


def _inside(place: Path, runs: int, env: Mapping[str, str]) -> Split | Missing:
    """Return where the time of one booklet goes."""
    folder, heard = sample.project(place / "inside", 1), []
    try:
        for _ in range(runs):
            for name in ("output", ".cache"):
                shutil.rmtree(folder / name, ignore_errors=True)
            heard.append(split.timed((*BUILD, *BOTH), folder, env))
    except (FailedError, OSError) as error:
        return Missing(str(error))
    return split.middle_of(heard)


def _tell(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()


def _said(result: Run | Missing) -> str:
    if isinstance(result, Missing):
        return f"not measured: {result.reason}"
    return f"{result.wall:.2f} s"
