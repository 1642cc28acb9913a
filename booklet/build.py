"""The conductor: a Request goes in, files and a Report come out; it knows the order and no more.

read -> check -> clear -> plan -> write and verify, in waves -> publish -> report
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from booklet import conformance, executors, kept, manifest, output, outside, toolchain, unchanged
from booklet.adoption import Judged, collect, judged
from booklet.baseline import Known
from booklet.editions import Edition, Job, Made, edition
from booklet.findings import Cleared, Finding, blocks_build, clear
from booklet.manifest import Entry, Manifest
from booklet.model import Booklet
from booklet.plain.hardest import hardest
from booklet.plan import make, plan, put_out, waves
from booklet.report import BookletResult, NotChecked, Report, Status, count
from booklet.source import SourceTree
from booklet.survey import Copy, Draft, Request, survey
from booklet.unchanged import Built, Memory

Tell = Callable[[str], None]
More = Callable[[tuple[Draft, ...]], tuple[Draft, ...]]
Ready = Mapping[Copy, Cleared]
# What was made, by booklet id, clinic id and edition id.
Bench = dict[tuple[str, str, str], Made]

__all__ = ["Draft", "Request", "adopt", "build", "check", "survey"]


class Step(str):
    """What is told of a finished edition: words, and how many of how many are ``done``."""

    __slots__ = ("done", "total")
    done: int
    total: int

    def __new__(cls, words: str, done: int, total: int) -> Self:
        """Make the words ``done of total: words``."""
        step = super().__new__(cls, f"{done} of {total}: {words}")
        step.done, step.total = done, total
        return step


@dataclass(frozen=True, slots=True)
class Finished:
    """A cleared booklet with its editions made; ``wanted`` are those that were asked for."""

    id: str
    clinic: str
    booklet: Booklet
    findings: tuple[Finding, ...]
    wanted: tuple[Made, ...]
    blocked: bool

    @property
    def copy(self) -> Copy:
        """What tells this booklet from the others."""
        return self.id, self.clinic


# -------------------------------------------------------------- the three stories told here


def check(request: Request, more: More | None = None) -> Report:
    """Read and check the chosen booklets; make nothing. Raises BookletError.

    ``more`` finds what no check of the source can, such as dead addresses.
    """
    drafts = survey(request)
    return _checked(_judged(more(drafts) if more else drafts, request), request)


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

    Raises BookletError when the command or the machine is at fault.
    """
    request = replace(request, editions=put_out(request.editions))
    output.put_back(request.out)
    memory = unchanged.recall(request)
    built = dict(memory.built)
    if built:
        tell(f"{count(len(built), 'booklet')}: nothing has changed.")
    drafts, gone = _judged(survey(request, built), request)
    cleared = {draft.copy: ok for draft in drafts if (ok := _cleared(draft, request))}
    results = {copy: each.result for copy, each in built.items()}
    results |= {draft.copy: _result(draft, blocked=draft.copy not in cleared) for draft in drafts}
    if cleared:
        with output.locked(request.out):
            bench = _make(cleared, request, memory.shelf, tell)
            if request.full:
                tell("Asking the outside checkers; this may take a minute.")
                bench = outside.judge(bench, outside.folder(request.source))
            ready = (draft for draft in drafts if draft.copy in cleared)
            finished = tuple(_finish(draft, cleared, bench, request) for draft in ready)
            results |= {each.copy: _outcome(each, results[each.copy]) for each in finished}
            built |= _publish([each for each in finished if not each.blocked], results, memory)
    return Report(
        "build",
        tuple(results[copy] for copy in sorted(results)),
        tuple(entry for copy in sorted(built) for entry in built[copy].entries),
        tuple(lack for copy in sorted(built) for lack in built[copy].not_checked),
        request.out.as_posix(),
        request.strict,
        gone,
    )


def _judged(drafts: tuple[Draft, ...], request: Request) -> Judged:
    return judged(drafts, SourceTree.open(request.source), request.baseline)


def _checked(held: Judged, request: Request) -> Report:
    drafts = held.drafts
    results = (
        replace(
            _result(draft, blocked=_cleared(draft, request) is None),
            hardest=hardest(draft.booklet) if draft.booklet else (),
        )
        for draft in drafts
    )
    return Report("check", tuple(results), strict=request.strict, gone=held.gone)


def _cleared(draft: Draft, request: Request) -> Cleared | None:
    return clear(draft.booklet, draft.findings, strict=request.strict)


def _result(draft: Draft, *, blocked: bool) -> BookletResult:
    title = draft.booklet.meta.title if draft.booklet else ""
    return BookletResult(
        id=draft.id,
        title=title,
        status="blocked" if blocked else "passed",
        findings=draft.findings,
        clinic=draft.clinic,
        off=draft.off,
        known=draft.known,
        whole=draft.booklet is not None,
    )


# ------------------------------------------------------ plan, write and verify, in waves


def _make(cleared: Ready, request: Request, shelf: kept.Shelf | None, tell: Tell) -> Bench:
    rows = waves(request.editions)
    total = len(cleared) * sum(len(wave) for wave in rows)
    bench: Bench = {}
    workers = executors.workers_for(total, request.jobs)
    with executors.offered(request.executor, workers, toolchain.here) as pool:
        for wave in rows:
            jobs = tuple(_jobs(cleared, wave, bench, request.caliper))
            done = _progress(jobs, len(bench), total, tell)
            results = kept.run(shelf, pool, make, jobs, done)
            bench |= {_key(job): result for job, result in zip(jobs, results, strict=True)}
    return bench


def _jobs(cleared: Ready, wave: tuple[Edition, ...], bench: Bench, caliper: float) -> Iterator[Job]:
    for copy, ok in cleared.items():
        for row in wave:
            parent = bench.get((*copy, row.made_from))
            job = plan(ok, row, parent.artifact if parent else None, caliper)
            if job is not None:
                yield job


def _key(job: Job) -> tuple[str, str, str]:
    booklet = job.cleared.booklet
    return booklet.meta.id, booklet.clinic.id if booklet.clinic else "", job.edition.id


def _progress(
    jobs: tuple[Job, ...], before: int, total: int, tell: Tell
) -> Callable[[int, Made], None]:
    finished: list[int] = []

    def done(index: int, made: Made) -> None:
        finished.append(index)
        name, clinic, row = _key(jobs[index])
        whose = f" for {clinic}" if clinic else ""
        pages = made.artifact.pages if made.artifact else 0
        length = f", {count(pages, 'page')}" if pages else ""
        done_now = before + len(finished)
        tell(Step(f"{name}{whose}, {edition(row).name}{length}", done_now, total))

    return done


# --------------------------------------------------------------------- publish, report


def _finish(draft: Draft, cleared: Ready, bench: Bench, request: Request) -> Finished:
    mine = {row: made for (*copy, row), made in bench.items() if tuple(copy) == draft.copy}
    findings = tuple(finding for made in mine.values() for finding in made.findings)
    wanted = tuple(mine[row.id] for row in request.editions if row.id in mine)
    whole = len(wanted) == len(request.editions) and all(made.artifact for made in wanted)
    return Finished(
        id=draft.id,
        clinic=draft.clinic,
        booklet=cleared[draft.copy].booklet,
        findings=(*draft.findings, *findings),
        wanted=wanted,
        blocked=not whole or blocks_build(findings, strict=request.strict),
    )


def _publish(
    finished: Iterable[Finished], results: Mapping[Copy, BookletResult], memory: Memory
) -> dict[Copy, Built]:
    """Put out each booklet's files with the manifest that names them, and remember them."""
    out = memory.request.out
    listed = _still_listed(out, memory.entries)
    built: dict[Copy, Built] = {}
    for each in finished:
        filed = tuple(_filed(each))
        new = tuple(entry for entry, _ in filed)
        listed = manifest.merge(listed, new)
        files = {name: data for _, named in filed for name, data in named.items()}
        output.publish(out, {**files, manifest.NAME: manifest.dump(listed)})
        stamps = unchanged.stamps(out, files)
        built[each.copy] = Built(results[each.copy], new, tuple(_not_checked(each)), stamps)
    unchanged.remember(memory, built)
    return built


def _filed(finished: Finished) -> Iterator[tuple[Entry, dict[str, bytes]]]:
    """Yield the manifest entry of each edition and its files: names and bytes to be put out."""
    for made in finished.wanted:
        if made.verdict:
            artifact, heard = made.verdict.artifact, made.transcript.encode()
            file = output.place(finished.id, artifact.name)
            heard_at = output.transcript_name(file) if heard else ""
            entry = manifest.record(
                file,
                finished.booklet,
                made.verdict,
                len(made.findings),
                made.made_with,
                (heard_at, heard),
            )
            reports = conformance.reports(file, made.verdict, finished.booklet)
            heard_file = {heard_at: heard} if heard else {}
            yield entry, {file: artifact.data, **heard_file, **reports}


def _still_listed(out: Path, sure: frozenset[Entry]) -> Manifest:
    """Return the old manifest's entries whose files are still as they were; some are ``sure``."""
    return tuple(
        entry
        for entry in manifest.load(output.read(out, manifest.NAME))
        if entry in sure
        or all(
            hashlib.sha256(output.read(out, name)).hexdigest() == digest
            for name, digest in entry.files()
        )
    )


def _not_checked(finished: Finished) -> Iterator[NotChecked]:
    for made in finished.wanted:
        if made.verdict:
            file = output.place(finished.id, made.verdict.artifact.name)
            for tool in made.verdict.tools:
                if tool.outcome == "not checked":
                    yield NotChecked(file, tool.tool, tool.detail, finished.clinic)


def _outcome(finished: Finished, checked: BookletResult) -> BookletResult:
    status: Status = "blocked" if finished.blocked else "built"
    return replace(checked, status=status, findings=finished.findings)
