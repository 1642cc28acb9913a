"""``python3 -m benchmarks``: contenders run in turn; docs/performance.md is written from it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sample
from benchmarks.measure import FailedError, Run, measured, middle
from benchmarks.table import plot, table

PAGE = sample.PROJECT / "docs" / "performance.md"
PLOT = sample.PROJECT / "docs" / "pictures" / "performance.svg"
OURS = "booklet"
BUILD = (sys.executable, "-m", "booklet", "build", "--today", sample.TODAY)
PANDOC = (
    "pandoc book.md --metadata title=Sample --metadata lang=en-US --toc --css book.css"
    " --pdf-engine=weasyprint --pdf-engine-opt=--pdf-variant=pdf/ua-1 -o {0}.pdf"
    " && pandoc book.md --metadata title=Sample --metadata lang=en-US --toc -o {0}.epub"
)
TYPST = (
    "pandoc book.md -s -t typst --metadata title=Sample --metadata lang=en-US --toc"
    " -V papersize=a4 -V fontsize=18pt -o book.typ && {0} -c 'import typst;"
    ' typst.compile("book.typ", output="typst.pdf", pdf_standards=["ua-1"])\''
    " && pandoc book.md --metadata title=Sample --metadata lang=en-US --toc -o typst.epub"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One contender at one task; ``before`` makes ready what is not timed."""

    task: str
    who: str
    command: tuple[str, ...]
    folder: Path
    before: Callable[[], None] = lambda: None


def main() -> int:
    """Measure, print, and write the page and its plot."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each (default 3)")
    parser.add_argument("--catalogue", type=int, default=20, metavar="N", help="booklets (20)")
    parser.add_argument("--note", default="", metavar="TEXT", help="a line on the machine's load")
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        env = _environment(Path(place))
        entries = tuple(_entries(Path(place), asked.catalogue, env))
        figures = _figures(entries, asked.runs, env)
    words = table(figures)
    sys.stdout.write(words)
    PLOT.write_text(plot(figures), "utf-8")
    PAGE.write_text(_page(words, asked.runs, asked.note), "utf-8")
    return 0


def _environment(place: Path) -> dict[str, str]:
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


def _entries(place: Path, size: int, env: dict[str, str]) -> Iterator[Entry]:
    both = ("--edition", "large-a4,epub")
    for task, chapters in (("one booklet", None), ("20 chapters", 20)):
        folder = sample.project(place / task.replace(" ", "-"), 1, chapters)
        sample.export(folder)
        yield Entry(task, OURS, (*BUILD, *both, "--no-cache"), folder)
        bare = (sys.executable, "-m", "benchmarks.bare")
        measured((*bare, "prepare"), folder, env)
        yield Entry(task, "WeasyPrint + EbookLib, bare", bare, folder)
        yield Entry(task, "pandoc + WeasyPrint", ("sh", "-c", PANDOC.format("pandoc")), folder)
        yield Entry(task, "pandoc + Typst", ("sh", "-c", TYPST.format(sys.executable)), folder)
    many = sample.project(place / "catalogue", size)
    sample.export(many)
    task = f"catalogue of {size}"
    build = (*BUILD, *both)
    yield Entry(f"{task}, cold", OURS, build, many, lambda: _forget(many))
    work = PANDOC.format("pandoc-{}").replace('"', '\\"')
    rival = f'seq {size} | xargs -P2 -I{{}} sh -c "{work}"'
    yield Entry(f"{task}, cold", "pandoc + WeasyPrint, xargs -P2", ("sh", "-c", rival), many)
    yield Entry(f"{task}, no change", OURS, build, many)
    yield Entry(f"{task}, one change", OURS, build, many, lambda: _change(many))


def _forget(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in ("source", "images"):
            shutil.rmtree(path)


def _change(folder: Path) -> None:
    chapter = min((folder / "source" / sample.SAMPLE).glob("[0-9]*.md"))
    with chapter.open("a", encoding="utf-8") as file:
        file.write("\nAsk your care team.\n")


def _figures(
    entries: tuple[Entry, ...], runs: int, env: dict[str, str]
) -> dict[str, dict[str, Run | None]]:
    """Run all contenders in turn, so that a busy minute falls on all; return their medians."""
    heard: dict[tuple[str, str], list[Run]] = {(each.task, each.who): [] for each in entries}
    for _ in range(runs):
        for each in entries:
            each.before()
            try:
                run = measured(each.command, each.folder, env)
            except (FailedError, OSError) as error:
                sys.stderr.write(f"NOT MEASURED: {each.task}, {each.who}: {error}\n")
                continue
            sys.stderr.write(f"{each.task}, {each.who}: {run.wall:.2f} s\n")
            heard[each.task, each.who].append(run)
    figures: dict[str, dict[str, Run | None]] = {}
    for (task, who), row in heard.items():
        figures.setdefault(task, {})[who] = middle(row) if len(row) == runs else None
    return figures


def _page(words: str, runs: int, note: str) -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in RIVALS)
    machine = f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    when = datetime.now(UTC).date().isoformat()
    return TEXT.format(
        table=words,
        versions=versions,
        python=platform.python_version(),
        machine=machine,
        when=when,
        runs=runs,
        note=note,
    )


RIVALS = ("weasyprint", "ebooklib", "pypandoc_binary", "typst")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


TEXT = """\
# Performance

Written by `python3 -m benchmarks`; the final figures come from a machine with nothing else to do:

```
python -m pip install -r requirements-bench.lock
python3 -m benchmarks --runs 5 --catalogue 100
```

{when}, {machine}, Python {python}, {versions}.
Medians, runs of each: {runs}; the contenders in turn. {note}

{table}
`wall` and `CPU` are times that of our own build, the first of each task; MB is the largest process.

![Bars of processor seconds for each task and contender, the same figures as in the table][plot]

All make a PDF/UA-1 on A4 at 18 points and an EPUB of the same chapters; whole processes are timed.
What the others do not do: bare WeasyPrint and EbookLib read no source, repair no tags and prove
nothing. Pandoc, with WeasyPrint or with Typst, has no page list in the e-book, no disclaimer on the
last page, no repaired tags, no glossary, and proves nothing. Ours reads, checks, writes, opens
every file again, measures it, and writes transcripts and reports beside it.

[plot]: pictures/performance.svg
"""

if __name__ == "__main__":
    sys.exit(main())
