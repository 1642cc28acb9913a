"""The conductor: a Request goes in, files and a Report come out; it knows the order and no more.

read -> check -> clear -> plan -> write and verify, in waves -> publish -> report
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet import (
    checks,
    choices,
    conformance,
    executors,
    manifest,
    output,
    outside,
    readers,
)
from booklet.editions import EDITIONS, Edition, Job, edition
from booklet.errors import UsageError
from booklet.findings import Cleared, Finding, blocks_build, clear
from booklet.manifest import Entry, Manifest
from booklet.model import Booklet
from booklet.plan import Made, make, plan, waves
from booklet.report import BookletResult, NotChecked, Report, Status, count
from booklet.source import SourceTree

Tell = Callable[[str], None]
# What was made, by booklet id and edition id.
Bench = dict[tuple[str, str], Made]


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for. Empty ``booklets`` or ``languages``: all.

    ``jobs`` is the number of processes, None for the usual; ``today`` is the only date known.
    With ``full`` independent programs judge the files too, and what they find blocks.
    """

    source: Path
    out: Path
    today: date
    booklets: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = EDITIONS
    languages: tuple[str, ...] = ()
    clinic: str | None = None
    jobs: int | None = None
    strict: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A booklet as read and checked; ``booklet`` is None when it cannot be read."""

    id: str
    booklet: Booklet | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A cleared booklet with its editions made; ``wanted`` are those that were asked for."""

    id: str
    booklet: Booklet
    findings: tuple[Finding, ...]
    wanted: tuple[Made, ...]
    blocked: bool


# -------------------------------------------------------------- the three stories told here


def check(request: Request) -> Report:
    """Read and check the chosen booklets; make nothing. Raises BookletError."""
    drafts = survey(request)
    results = (_result(draft, blocked=_cleared(draft, request) is None) for draft in drafts)
    return Report("check", tuple(results))


def build(request: Request, tell: Tell) -> Report:
    """Build the chosen booklets, each whole or not at all. ``tell`` hears of every edition made.

    Raises BookletError when the command or the machine is at fault.
    """
    drafts = survey(request)
    cleared = {draft.id: ok for draft in drafts if (ok := _cleared(draft, request))}
    results = {draft.id: _result(draft, blocked=draft.id not in cleared) for draft in drafts}
    entries: Manifest = ()
    finished: tuple[Finished, ...] = ()
    if cleared:
        with output.locked(request.out):
            bench = _make(cleared, request, tell)
            if request.full:
                tell("Asking the outside checkers; this may take a minute.")
                bench = outside.judge(bench, outside.folder(request.source))
            ready = (draft for draft in drafts if draft.id in cleared)
            finished = tuple(_finish(draft, cleared, bench, request) for draft in ready)
            entries = _publish([each for each in finished if not each.blocked], request.out)
    results |= {each.id: _outcome(each) for each in finished}
    return Report(
        "build",
        tuple(results.values()),
        entries,
        _not_checked(finished),
        request.out.as_posix(),
    )


def survey(request: Request) -> tuple[Draft, ...]:
    """Read and check the booklets that the request names.

    Raises UsageError for a booklet, language or clinic that does not exist.
    """
    tree = SourceTree.open(request.source)
    known = tree.booklets()
    if not known:
        hint = "Each folder in it is a booklet; see docs/source-format.md."
        raise UsageError("there is no booklet here", where=str(request.source), hint=hint)
    choices.require("booklet", request.booklets, known)
    if request.clinic is not None:
        choices.require("clinic", [request.clinic], clinics(tree))
    chosen = [name for name in known if not request.booklets or name in request.booklets]
    return _in_languages([_draft(tree, name, request) for name in chosen], request.languages)


def clinics(tree: SourceTree) -> tuple[str, ...]:
    """Return the ids of the clinic profiles."""
    names = tree.listing("clinics")
    return tuple(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


# -------------------------------------------------------------------- read, check, clear


def _draft(tree: SourceTree, booklet_id: str, request: Request) -> Draft:
    read = readers.read(tree, booklet_id, clinic=request.clinic)
    findings = read.findings
    if read.booklet is not None:
        findings += checks.run(read.booklet, checks.Policy(), request.today)
    return Draft(booklet_id, read.booklet, findings)


def _in_languages(drafts: list[Draft], asked: tuple[str, ...]) -> tuple[Draft, ...]:
    """Keep the drafts in these languages, and those too broken to tell."""
    spoken = sorted({draft.booklet.meta.language for draft in drafts if draft.booklet})
    for wish in asked:
        if spoken and not any(choices.speaks(language, [wish]) for language in spoken):
            raise choices.refuse("booklet in the language", wish, spoken)
    return tuple(
        draft
        for draft in drafts
        if draft.booklet is None or choices.speaks(draft.booklet.meta.language, asked)
    )


def _cleared(draft: Draft, request: Request) -> Cleared | None:
    return clear(draft.booklet, draft.findings, strict=request.strict)


def _result(draft: Draft, *, blocked: bool) -> BookletResult:
    title = draft.booklet.meta.title if draft.booklet else ""
    return BookletResult(draft.id, title, "blocked" if blocked else "passed", draft.findings)


# ------------------------------------------------------ plan, write and verify, in waves


def _make(cleared: Mapping[str, Cleared], request: Request, tell: Tell) -> Bench:
    rows = waves(request.editions)
    total = len(cleared) * sum(len(wave) for wave in rows)
    bench: Bench = {}
    with executors.executor(executors.workers_for(total, request.jobs)) as pool:
        for wave in rows:
            jobs = tuple(_jobs(cleared, wave, bench))
            done = _progress(jobs, len(bench), total, tell)
            results = executors.run(pool, make, jobs, done)
            bench |= {_key(job): result for job, result in zip(jobs, results, strict=True)}
    return bench


def _jobs(cleared: Mapping[str, Cleared], wave: tuple[Edition, ...], bench: Bench) -> Iterator[Job]:
    for name, ok in cleared.items():
        for row in wave:
            parent = bench.get((name, row.made_from))
            job = plan(ok, row, parent.artifact if parent else None)
            if job is not None:
                yield job


def _key(job: Job) -> tuple[str, str]:
    return job.cleared.booklet.meta.id, job.edition.id


def _progress(
    jobs: tuple[Job, ...], before: int, total: int, tell: Tell
) -> Callable[[int, Made], None]:
    finished: list[int] = []

    def done(index: int, made: Made) -> None:
        finished.append(index)
        name, row = _key(jobs[index])
        pages = made.artifact.pages if made.artifact else 0
        length = f", {count(pages, 'page')}" if pages else ""
        tell(f"{before + len(finished)} of {total}: {name}, {edition(row).name}{length}")

    return done


# --------------------------------------------------------------------- publish, report


def _finish(
    draft: Draft, cleared: Mapping[str, Cleared], bench: Bench, request: Request
) -> Finished:
    mine = {row: made for (name, row), made in bench.items() if name == draft.id}
    findings = tuple(finding for made in mine.values() for finding in made.findings)
    wanted = tuple(mine[row.id] for row in request.editions if row.id in mine)
    whole = len(wanted) == len(request.editions) and all(made.artifact for made in wanted)
    return Finished(
        id=draft.id,
        booklet=cleared[draft.id].booklet,
        findings=(*draft.findings, *findings),
        wanted=wanted,
        blocked=not whole or blocks_build(findings, strict=request.strict),
    )


def _publish(finished: Iterable[Finished], out: Path) -> Manifest:
    """Put out each booklet's files with the manifest that names them; return the new entries."""
    listed = _still_listed(out)
    entries: Manifest = ()
    for each in finished:
        filed = tuple(_filed(each))
        new = tuple(entry for entry, _ in filed)
        listed = manifest.merge(listed, new)
        files = {name: data for _, named in filed for name, data in named.items()}
        output.publish(out, {**files, manifest.NAME: manifest.dump(listed)})
        entries += new
    return entries


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


def _still_listed(out: Path) -> Manifest:
    """Return the old manifest's entries whose files are still as they were."""
    return tuple(
        entry
        for entry in manifest.load(output.read(out, manifest.NAME))
        if all(
            hashlib.sha256(output.read(out, name)).hexdigest() == digest
            for name, digest in entry.files()
        )
    )


def _not_checked(finished: Iterable[Finished]) -> tuple[NotChecked, ...]:
    return tuple(
        NotChecked(output.place(each.id, made.verdict.artifact.name), tool.tool, tool.detail)
        for each in finished
        if not each.blocked
        for made in each.wanted
        if made.verdict
        for tool in made.verdict.tools
        if tool.outcome == "not checked"
    )


def _outcome(finished: Finished) -> BookletResult:
    status: Status = "blocked" if finished.blocked else "built"
    return BookletResult(finished.id, finished.booklet.meta.title, status, finished.findings)
