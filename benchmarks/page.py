"""A run's figures enter; docs/performance.md leaves."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import booklet
from benchmarks.measure import Missing
from benchmarks.split import Split
from benchmarks.table import Figures, table
from benchmarks.targets import Target, rows
from benchmarks.tasks import Sizes

RIVALS = ("weasyprint", "ebooklib", "pypandoc_binary", "typst")
CALM = 0.5
"""The load, in processes that want to run, above which others were at work when it began."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reader must know of a run.

    The most runs of a row and the seconds they may take, the load when it began, and a note.
    """

    runs: int
    seconds: float
    load: float
    note: str


def page(
    figures: Figures,
    split: Split | Missing,
    held: tuple[Target, ...],
    sizes: Sizes,
    told: Circumstances,
) -> str:
    """Return the page in Markdown."""
    return TEXT.format(
        targets=rows(held),
        split=_split(split),
        table=table(figures),
        some=sizes.some,
        machine=_machine(),
        when=datetime.now(UTC).date().isoformat(),
        runs=told.runs,
        seconds=told.seconds,
        load=_load(told),
        versions=", ".join(_versions()),
    )


def _split(split: Split | Missing) -> str:
    if isinstance(split, Missing):
        return f"Where the time of one booklet goes was not measured: {split.reason}."
    parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in split.stages.items())
    return (
        f"Where the {split.run.wall:.2f} s of one booklet in one process go, as `--timings` tells:"
        f" {parts}; {split.unaccounted:.2f} s are the start and the end of the program."
    )


def _load(told: Circumstances) -> str:
    busy = (
        f"**Busy: the load was {told.load:.1f} when it began, so others were at work on this"
        " machine: wall times, and what rests on them below, mean little.**"
    )
    calm = f"The load was {told.load:.1f} when it began."
    return " ".join(filter(None, (busy if told.load > CALM else calm, told.note)))


def _machine() -> str:
    cores = f"{os.cpu_count()} processors{_model()}"
    return f"{cores}, {_memory()}{platform.system()} {platform.machine()}"


def _model() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return f" ({names[0]})" if names else ""


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return ""
    return f"{size / 1024**3:.0f} GB, "


def _versions() -> list[str]:
    return [
        f"Python {platform.python_version()}",
        f"booklet {booklet.__version__}",
        *(f"{name} {_version(name)}" for name in RIVALS),
    ]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


TEXT = """\
# Performance

Written by `python3 -m benchmarks`, which runs all contenders in turn and takes the median of each:

```
python -m pip install -r requirements-bench.lock
python3 -m benchmarks --runs 5 --catalogue 100
```

{when}; {machine}; {versions}.

Runs of each row: {runs}, or as many as end within {seconds:.0f} seconds, and at least one. {load}

## What was to be reached

Wall time, each against another contender of the same run.

{targets}
{split}

## All figures

{table}
"MB, largest" is the peak of the largest process. "MB, together" is the peak of all processes at one
time, seen every 20 ms; memory that processes share is counted for each. "times ours" is wall time
against the first row of the task. "pages" are those of the print.

![Bars of the seconds for each task and contender, the same figures as in the table][plot]

## What each of them does

All get the same words and pictures, make a PDF/UA-1 on A4 in Atkinson Hyperlegible at 18 points and
an e-book, and are timed as whole processes, started anew. The sample is the booklet of this
repository; longer ones repeat its chapters, and catalogues its copies.

- **booklet** is `python -m booklet build --edition large-a4,epub`, with the usual options but for
  the day (`--today`). Without `--edition` it would make a second print, which nobody else does.
  It reads and checks the source, repairs the tags, opens every file again and measures it, and
  puts transcripts and reports beside it. Cold is without files and without cache.
- **WeasyPrint + EbookLib, bare** gets the finished HTML, CSS and e-book parts of our own build in
  one Python process a booklet. It reads no source, repairs no tags, and checks nothing.
- **pandoc + WeasyPrint** and **pandoc + Typst** get our words as Markdown. They have no links from
  one place of the booklet to another, no boxes, no page list in the e-book, no disclaimer that
  stays whole on the last page, and no repaired tags, and they check nothing. Typst also gets the
  descriptions of pictures, which pandoc does not hand on. It sets fewer lines on a contents page
  and closer ones elsewhere, hence fewer pages.
- **no change, one change**: rivals have no cache. Under `xargs` they make everything again, as in
  the cold rows; with a plain rule for `make`, measured here, they compare dates. A rule sees no
  other style, font or program; our cache does.
- **small editions** are three of the smallest booklet that is whole: to make a thousand of the
  sample takes too long for a benchmark.

[plot]: pictures/performance.svg
"""
