"""How large the catalogue is enters; who does what in which folder, and what it must leave."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import rivals, sample
from benchmarks.bare import KIT
from benchmarks.measure import FailedError, Missing, measured

OURS, ONE_JOB, TWO_JOBS = "booklet", "booklet --jobs 1", "booklet --jobs 2"
BARE, PANDOC, TYPST = "WeasyPrint + EbookLib, bare", "pandoc + WeasyPrint", "pandoc + Typst"
XARGS, MAKE = ", xargs -P2", ", make -j2"
# What their scripts and their files are called.
SCRIPTS = {BARE: "bare", PANDOC: "pandoc", TYPST: "typst"}

ONE, TWENTY = "one booklet", "one of 20 chapters"
LONGER = {"one of 22 chapters": 22, "one of 44 chapters": 44}
COLD, SAME, CHANGED = "cold", "no change", "one change"
BUILD = (sys.executable, "-m", "booklet", "build", "--today", sample.TODAY)
# The others make one print and one e-book; without this ours makes a second print.
BOTH = ("--edition", "large-a4,epub")

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One contender at one task.

    ``before`` makes ready, untimed; ``after`` raises FailedError when the work was not done.
    ``printed`` is where its print lies, a pattern below the folder. An entry with a reason in
    ``missing`` is never run.
    """

    task: str
    who: str
    command: tuple[str, ...]
    folder: Path
    printed: str
    before: Step = lambda: None
    after: Step = lambda: None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many booklets the catalogue has; the other tasks of many follow it."""

    catalogue: int

    @property
    def some(self) -> int:
        """Booklets of the task with two workers."""
        return min(20, self.catalogue)

    @property
    def small(self) -> int:
        """Small booklets of three editions each: beside a catalogue of 100, a thousand editions."""
        return -(-self.catalogue * 10 // 3)

    @property
    def two_workers(self) -> str:
        """The name of the task with two workers."""
        return f"{self.some} booklets, two workers"

    @property
    def unchanged(self) -> str:
        """The name of the task with the small booklets."""
        return f"{3 * self.small:,} small editions, {SAME}"

    def whole(self, what: str) -> str:
        """Name a task of the whole catalogue."""
        return f"catalogue of {self.catalogue}, {what}"


def entries(place: Path, sizes: Sizes, env: Mapping[str, str]) -> Iterator[Entry]:
    """Lay out folders below ``place`` and yield what is to be run there, in this order."""
    for task, chapters in ((ONE, None), (TWENTY, 20)):
        folder = sample.project(place / f"single-{chapters}", 1, chapters)
        yield _cold(task, OURS, folder, *BOTH)
        yield _cold(task, ONE_JOB, folder, *BOTH, "--jobs", "1")
        yield from _others(task, folder, 1, env)
    for task, chapters in LONGER.items():
        folder = sample.project(place / f"long-{chapters}", 1, chapters)
        yield _cold(task, OURS, folder, *BOTH)
    some = sample.project(place / "some", sizes.some)
    yield _cold(sizes.two_workers, TWO_JOBS, some, *BOTH, "--jobs", "2")
    yield _cold(sizes.two_workers, ONE_JOB, some, *BOTH, "--jobs", "1")
    yield from _others(sizes.two_workers, some, sizes.some, env)
    yield from _catalogue(place / "catalogue", sizes, env)
    small = sample.small(place / "small", sizes.small)
    yield _again(sizes.unchanged, SAME, small, env)


def _catalogue(folder: Path, sizes: Sizes, env: Mapping[str, str]) -> Iterator[Entry]:
    sample.project(folder, sizes.catalogue)
    yield _cold(sizes.whole(COLD), OURS, folder, *BOTH)
    others = tuple(_others(sizes.whole(COLD), folder, sizes.catalogue, env))
    yield from others
    for what in (SAME, CHANGED):
        yield _again(sizes.whole(what), what, folder, env, *BOTH)
        for each in others:
            yield _remade(each, sizes.whole(what), what, sizes.catalogue, env)


# ------------------------------------------------------------------------------- our own


def _cold(task: str, who: str, folder: Path, *options: str) -> Entry:
    """Return a build with neither files nor a cache of an earlier one."""

    def before() -> None:
        for name in ("output", ".cache"):
            shutil.rmtree(folder / name, ignore_errors=True)

    return Entry(task, who, (*BUILD, *options), folder, "output/*/*A4.pdf", before)


def _again(task: str, what: str, folder: Path, env: Mapping[str, str], *options: str) -> Entry:
    """Return a build after another one; it may touch the changed booklet's files and no other."""
    command, first = (*BUILD, *options), sample.chapters_of(folder)[0]
    left: dict[Path, int] = {}

    def before() -> None:
        if not (folder / "output").exists():
            measured(command, folder, env)
        if what == CHANGED:
            sample.change(first)
        left.clear()
        left.update(_prints(folder))

    def after() -> None:
        now = _prints(folder)
        touched = {path.parent.name for path in now if now[path] != left.get(path)}
        wanted = {first.parent.name} if what == CHANGED else set()
        if touched != wanted:
            raise FailedError(f"made {len(touched)} booklets anew instead of {len(wanted)}")

    return Entry(task, OURS, command, folder, "output/*/*A4.pdf", before, after)


def _prints(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (folder / "output").glob("*/*.*")}


# -------------------------------------------------------------------------------- the others


def _others(task: str, folder: Path, books: int, env: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the others with our words: one book, or so many, two at a time."""
    place, lacking = folder / "others", _laid_out(folder, books, env)
    for who, script in SCRIPTS.items():
        command = ("sh", f"{script}.sh", "1")
        if books > 1:
            every = f"seq {books} | xargs -P2 -I@ sh {script}.sh @"
            command = ("sh", "-c", every)
        name = who if books == 1 else who + XARGS
        before, after = _made_anew(place, script, books)
        missing = lacking.get(who)
        yield Entry(task, name, command, place, f"{script}-1.pdf", before, after, missing)


def _laid_out(folder: Path, books: int, env: Mapping[str, str]) -> dict[str, Missing]:
    """Prepare the folder of the others; return who cannot take part, and why."""
    place = folder / "others"
    try:
        measured((sys.executable, "-m", "benchmarks.bare", "prepare"), folder, env)
    except FailedError as error:
        return dict.fromkeys(SCRIPTS, Missing(f"our own build: {error}"))
    try:
        rivals.export(folder / KIT, place, books, env)
    except FailedError as error:
        return dict.fromkeys((PANDOC, TYPST), Missing(str(error)))
    finally:
        place.mkdir(exist_ok=True)
        for name in (KIT, "kit.epub"):
            shutil.move(folder / name, place / name)
    return {}


def _made_anew(place: Path, script: str, books: int) -> tuple[Step, Step]:
    """Return what takes away the files of a contender, and what asks for them."""
    names = [f"{script}-{n}.{kind}" for n in range(1, books + 1) for kind in ("pdf", "epub")]

    def before() -> None:
        for name in names:
            (place / name).unlink(missing_ok=True)

    def after() -> None:
        lacking = [name for name in names if not (place / name).exists()]
        if lacking:
            raise FailedError(f"{len(lacking)} files were not made, such as {lacking[0]}")

    return before, after


def _remade(cold: Entry, task: str, what: str, books: int, env: Mapping[str, str]) -> Entry:
    """Return how a rival makes its books again: by a plain rule of make, which compares dates."""
    who = cold.who.removesuffix(XARGS)
    script, place = SCRIPTS[who], cold.folder
    command = ("make", "-j2", f"WHO={script}", "BOOKS=" + " ".join(map(str, range(1, books + 1))))
    missing = cold.missing
    if who == BARE:
        # It has no source whose date could be compared.
        missing = Missing("has no source, and makes all of them again: see cold")

    def before() -> None:
        if not (place / f"{script}-{books}.pdf").exists():
            measured(cold.command, place, env)
        # All share the words: what another contender was given to change is made first, untimed.
        measured(command, place, env)
        if what == CHANGED:
            sample.change(place / "book-1.md")

    return Entry(task, who + MAKE, command, place, cold.printed, before, missing=missing)
