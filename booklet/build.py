"""The conductor: a Request goes in, files and a Report come out; it knows the order and no more.

Each booklet goes its own way, several at the same time:
read and check -> clear -> plan -> write and verify, parents first -> judge -> put out
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from booklet import choices, executors, output, toolchain, unchanged
from booklet.adoption import Judged, collect, judged
from booklet.baseline import Known
from booklet.crew import Crew, Hands
from booklet.findings import clear
from booklet.looking import Looked, Step, Tell, look_at_all
from booklet.plain.hardest import hardest
from booklet.plan import load, make, put_out, waves
from booklet.publishing import Desk
from booklet.report import BookletResult, Fault, Report, Times, Took, count
from booklet.source import SourceTree
from booklet.stopwatch import Laps, Watch
from booklet.stream import Coming, Stream, Tools, result_of
from booklet.survey import Copy, Draft, Request, copies, in_languages, survey
from booklet.unchanged import Built, Memory

More = Callable[[tuple[Draft, ...]], tuple[Draft, ...]]

__all__ = ["Draft", "Request", "Step", "Tell", "adopt", "build", "check", "survey"]

FEW = 6
"""Booklets that are read in the time that a process takes to start."""


# -------------------------------------------------------------- the three stories told here


def check(request: Request, more: More | None = None, tell: Tell = lambda _: None) -> Report:
    """Read and check the chosen booklets; make nothing. Raises BookletError.

    ``more`` finds what no check of the source can, such as dead addresses.
    """
    asked = copies(SourceTree.open(request.source), request)
    workers = executors.workers_for(max(1, len(asked) // FEW), request.jobs)
    with Crew(partial(_here, workers)) as crew:
        looked = look_at_all(crew, request, asked, tell)
    drafts = in_languages(_drafts(looked), request.languages)
    held = _judged(more(drafts) if more else drafts, request)
    return _checked(held, request, _faults(looked))


def adopt(request: Request, old: Iterable[Known]) -> tuple[tuple[Known, ...], Report]:
    """Check, and return the new baseline with the report that it leads to.

    Without a baseline in the request all findings that may be become known; with one, only what it
    knows and is still found. Of ``old`` the rows stay that this check had no look at. Raises
    BookletError.
    """
    drafts = survey(request)
    rows = collect(_judged(drafts, request), SourceTree.open(request.source), old)
    return rows, _checked(_judged(drafts, replace(request, baseline=rows)), request)


def build(request: Request, tell: Tell) -> Report:
    """Build the chosen booklets, each whole or not at all. ``tell`` hears of every edition made.

    One that cannot be built never stops the others. Raises BookletError when the command is at
    fault, or the machine in a way that all booklets would suffer from.
    """
    watch = Watch()
    with watch.on("whole build"):
        report, laps, took = _built(request, tell)
    if not request.timings:
        return report
    (whole,) = watch.laps
    return replace(report, times=Times.of(whole, laps, took))


def _built(request: Request, tell: Tell) -> tuple[Report, Laps, list[Took]]:
    """Build, and say how long it took: all but the editions by stage, and those one by one."""
    request = replace(request, editions=put_out(request.editions))
    output.put_back(request.out)
    memory = unchanged.recall(request)
    left = [c for c in copies(SourceTree.open(request.source), request) if c not in memory.built]
    built, gone, not_begun = _in_languages(memory, request, left), None, 0
    results = {copy: each.result for copy, each in built.items()}
    laps: Laps = ()
    took: list[Took] = []
    if built:
        tell(f"{count(len(built), 'booklet')}: nothing has changed.")
    if left:
        with _crew(request, len(left), tell) as crew, Desk(memory) as desk:
            spoken = {each.language for each in memory.built.values()}
            coming, gone = _coming(crew, request, left, spoken, tell)
            stream = Stream(request, Tools(crew, desk, memory.shelf, make, tell))
            stream.run(_let_go(coming), len(coming))
        _tell_of_cache(memory, tell)
        not_begun, took = len(coming), stream.took
        laps = (*stream.watch.laps, *desk.watch.laps)
        results |= stream.results
        built |= desk.built
    report = Report(
        "build",
        tuple(results[copy] for copy in sorted(results)),
        tuple(entry for copy in sorted(built) for entry in built[copy].entries),
        tuple(lack for copy in sorted(built) for lack in built[copy].not_checked),
        request.out.as_posix(),
        request.strict,
        gone,
        left=not_begun,
    )
    return report, laps, took


def _tell_of_cache(memory: unchanged.Memory, tell: Tell) -> None:
    """Tell once that nothing could be kept: it stops nothing, but the next build takes longer."""
    for why in memory.shelf.store.refused if memory.shelf else ():
        tell(
            f"The cache cannot be written ({why}): {memory.request.cache}."
            " All the same, every file is built; the next build will take longer."
        )


# ------------------------------------------------------------------- who does the work


def _crew(request: Request, booklets: int, tell: Tell) -> Crew:
    """Return who makes so many booklets: this computer's processors, or a cluster.

    For a single booklet this process works, too, instead of waiting for one more to start.
    """
    if request.executor:
        return Crew(partial(_elsewhere, request, booklets, tell))
    # An e-book waits for its print: of one booklet they never go on at the same time.
    beside = len(request.editions) if booklets > 1 else max(map(len, waves(request.editions)))
    workers = executors.workers_for(booklets * beside, request.jobs)
    if booklets > 1 or workers == 1:
        return Crew(partial(_here, workers, _formats(request)))
    return Crew(partial(_here, workers - 1, _formats(request), spawn=True), lends_a_hand=True)


def _formats(request: Request) -> frozenset[str]:
    return frozenset(row.format for row in request.editions)


@contextmanager
def _here(workers: int, formats: Iterable[str] = (), *, spawn: bool = False) -> Iterator[Hands]:
    """Offer workers of this computer, which load at once what they will need."""
    offered = executors.spawned(workers) if spawn else executors.executor(workers)
    with offered as pool:
        if formats and (spawn or workers > 1):
            for _ in range(workers):
                pool.submit(load, frozenset(formats))
        yield Hands(pool, pool)


@contextmanager
def _elsewhere(request: Request, booklets: int, tell: Tell) -> Iterator[Hands]:
    """Offer the workers of a cluster; the source is read here."""
    near = executors.executor(executors.workers_for(max(1, booklets // FEW), None))
    far = executors.offered(request.executor, 1, toolchain.here, tell)
    with near as readers, far as pool:
        yield Hands(pool, readers)


# ------------------------------------------------------------------ what is read and found


def _coming(
    crew: Crew, request: Request, left: list[Copy], spoken: set[str], tell: Tell
) -> tuple[deque[tuple[Copy, Looked | None]], tuple[Known, ...] | None]:
    """Return the booklets to be made, and what of the baseline is gone.

    They are read as their turn comes; all before the first is made where all of them have a say:
    about the rows of a baseline, and whether anything is in a language.
    """
    if request.baseline is None and not request.languages:
        return deque((copy, None) for copy in left), None
    looked = look_at_all(crew, request, left, tell)
    held = _judged(in_languages(_drafts(looked), request.languages, spoken), request)
    coming: dict[Copy, Looked] = {draft.copy: draft for draft in held.drafts}
    coming |= {copy: each for copy, each in looked.items() if isinstance(each, Fault)}
    return deque((copy, coming[copy]) for copy in left if copy in coming), held.gone


def _in_languages(memory: Memory, request: Request, left: list[Copy]) -> dict[Copy, Built]:
    """Return what stands in the languages that are asked for. Raises UsageError as reading does."""
    if not left:
        choices.spoken(request.languages, {each.language for each in memory.built.values()})
    return {
        copy: each
        for copy, each in memory.built.items()
        if choices.speaks(each.language, request.languages)
    }


def _let_go(line: deque[tuple[Copy, Looked | None]]) -> Coming:
    """Yield from a line without holding on to what has left it."""
    while line:
        yield line.popleft()


def _drafts(looked: dict[Copy, Looked]) -> tuple[Draft, ...]:
    return tuple(each for each in looked.values() if isinstance(each, Draft))


def _faults(looked: dict[Copy, Looked]) -> tuple[BookletResult, ...]:
    return tuple(
        BookletResult(name, "", "failed", (), clinic, whole=False, fault=each)
        for (name, clinic), each in looked.items()
        if isinstance(each, Fault)
    )


def _judged(drafts: tuple[Draft, ...], request: Request) -> Judged:
    return judged(drafts, SourceTree.open(request.source), request.baseline)


def _checked(held: Judged, request: Request, faults: tuple[BookletResult, ...] = ()) -> Report:
    results = [
        replace(
            result_of(draft, "passed" if _is_clear(draft, request) else "blocked"),
            hardest=hardest(draft.booklet) if draft.booklet else (),
        )
        for draft in held.drafts
    ]
    by_copy = sorted((*results, *faults), key=lambda result: (result.id, result.clinic))
    return Report("check", tuple(by_copy), strict=request.strict, gone=held.gone)


def _is_clear(draft: Draft, request: Request) -> bool:
    return clear(draft.booklet, draft.findings, strict=request.strict) is not None
