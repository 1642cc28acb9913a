"""A request enters; the booklets that it names leave, read and checked, once for each clinic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from booklet import choices
from booklet.baseline import Known
from booklet.editions import CALIPER, DEFAULTS, Edition
from booklet.errors import UsageError
from booklet.findings import Finding
from booklet.model import Booklet
from booklet.source import SourceTree
from booklet.stopwatch import Laps, Watch
from booklet.switches import Off, switch_off

# A booklet's id and that of the clinic it is made for; without one the clinic's is empty.
Copy = tuple[str, str]
# The name that stands for every clinic there is.
EVERY_CLINIC = "all"


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for. Empty ``booklets`` or ``languages``: all.

    Each booklet is made once for each of ``clinics`` ("all" is every one), or once without any.
    ``jobs`` is the number of processes, None for the usual; ``today`` is the only date known.
    With ``full`` independent programs judge the files too, and what they find blocks. What is in
    the ``baseline`` (None: there is none) does not count. ``caliper`` is the thickness of
    the paper that sheets are folded from, in millimetres. ``cache`` is the folder of what was made
    before, None to make all anew. ``executor`` is the address of a cluster that does the work;
    empty: this computer. With ``fail_fast`` none is begun after the first that cannot be built.
    ``timings`` asks for a report of where the time went.
    """

    source: Path
    out: Path
    today: date
    booklets: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = DEFAULTS
    languages: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    jobs: int | None = None
    strict: bool = False
    full: bool = False
    baseline: tuple[Known, ...] | None = None
    caliper: float = CALIPER
    cache: Path | None = None
    executor: str = ""
    fail_fast: bool = False
    timings: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A booklet as read and checked; ``booklet`` is None when it cannot be read.

    ``clinic`` is the id of the clinic whose profile is laid over it, or empty. ``findings`` are
    those that count, ``off`` those that the author has switched off, ``known`` those in the
    baseline. ``files`` are the paths that were read, ``took`` is how long it took.
    """

    id: str
    clinic: str
    booklet: Booklet | None
    findings: tuple[Finding, ...]
    off: tuple[Off, ...] = ()
    known: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    took: Laps = field(default=(), compare=False)

    @property
    def copy(self) -> Copy:
        """What tells this draft from the others."""
        return self.id, self.clinic


@dataclass(frozen=True, slots=True)
class Errand:
    """One booklet to be read and checked, wherever the source folder can be reached."""

    tree: SourceTree
    copy: Copy
    today: date


def survey(request: Request) -> tuple[Draft, ...]:
    """Read and check the booklets that the request names, one after another.

    Raises UsageError for a booklet, language or clinic that does not exist.
    """
    tree = SourceTree.open(request.source)
    drafts = [look(Errand(tree, copy, request.today)) for copy in copies(tree, request)]
    return in_languages(drafts, request.languages)


def copies(tree: SourceTree, request: Request) -> tuple[Copy, ...]:
    """Return the booklets that the request names, once for each clinic, sorted.

    Raises UsageError for a booklet or clinic that does not exist.
    """
    known = tree.booklets()
    if not known:
        hint = "Each folder in it is a booklet; see docs/source-format.md."
        raise UsageError("there is no booklet here", where=str(request.source), hint=hint)
    choices.require("booklet", request.booklets, known)
    clinics = _clinics(tree, request) or ("",)
    return tuple(
        (name, clinic)
        for name in known
        if not request.booklets or name in request.booklets
        for clinic in clinics
    )


def _clinics(tree: SourceTree, request: Request) -> tuple[str, ...]:
    """Return the clinics asked for, each once, in the order of the alphabet."""
    if not request.clinics:
        return ()
    # Imported here: where nothing has changed nothing is read.
    from booklet import readers

    known = readers.clinics(tree)
    if EVERY_CLINIC not in request.clinics:
        choices.require("clinic", request.clinics, known)
        return tuple(sorted(set(request.clinics)))
    choices.require("clinic", set(request.clinics) - {EVERY_CLINIC}, known)
    if not known:
        hint = "docs/clinics.md shows how to write one."
        raise UsageError("there is no clinic profile", where=f"{tree.name}/clinics", hint=hint)
    return known


def look(errand: Errand) -> Draft:
    """Read and check one booklet: pure work, that a worker can do. Raises MachineError."""
    # Imported here: where nothing has changed nothing is read.
    from booklet import checks, readers

    booklet_id, clinic = errand.copy
    watch = Watch()
    with watch.on("read"):
        read = readers.read(errand.tree, booklet_id, clinic=clinic or None)
    if read.booklet is None:
        return Draft(booklet_id, clinic, None, read.findings, took=watch.laps)
    with watch.on("check"):
        found = checks.run(read.booklet, checks.Policy(), errand.today)
    count, off = switch_off((*read.findings, *found), read.booklet.switches)
    return Draft(booklet_id, clinic, read.booklet, count, off, files=read.files, took=watch.laps)


def in_languages(
    drafts: Iterable[Draft], asked: tuple[str, ...], others: Iterable[str] = ()
) -> tuple[Draft, ...]:
    """Keep the drafts in these languages, and those too broken to tell.

    Raises UsageError for a language that none of them is in, nor among ``others``.
    """
    read = tuple(drafts)
    choices.spoken(asked, {*others, *(d.booklet.meta.language for d in read if d.booklet)})
    return tuple(
        draft
        for draft in read
        if draft.booklet is None or choices.speaks(draft.booklet.meta.language, asked)
    )
