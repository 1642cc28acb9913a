"""The second story: finished files go in, what is proven of each comes out; nothing is built.

find the files -> find their source -> open each as a stranger -> ask the outside programs -> report
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from booklet import conformance, output, outside
from booklet.conformance import Conformance
from booklet.editions import Artifact, ToolResult, Verdict
from booklet.errors import UsageError
from booklet.findings import Finding, blocks_build, found, in_order
from booklet.manifest import Entry
from booklet.model import Span
from booklet.proof.basis import CLAIMED, FACTS, FALSE_FACTS, Basis, Shelf, basis_of
from booklet.proof.files import Candidate, built, named
from booklet.source import SourceTree

Tell = Callable[[str], None]
Outcome = Literal["passed", "failed", "not checked"]


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for. Without ``files``: every file in the list of ``out``.

    ``full`` asks the outside programs too; ``write`` puts a report beside each listed file.
    """

    source: Path
    out: Path
    files: tuple[Path, ...] = ()
    full: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What is proven of one file; ``reports`` are the files that were written beside it."""

    file: str
    sha256: str
    entry: Entry | None
    findings: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]
    report: Conformance | None = None
    reports: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Failed when there is an error; "not checked" when something could not be looked at.

        What failed a measure may be a warning; without any finding it is taken for an error.
        """
        outcomes = {tool.outcome for tool in self.tools}
        if blocks_build(self.findings) or ("failed" in outcomes and not self.findings):
            return "failed"
        return "not checked" if "not checked" in outcomes else "passed"


@dataclass(frozen=True, slots=True)
class _Case:
    """One file on its way: what it is held to and what was found so far."""

    candidate: Candidate
    basis: Basis
    artifact: Artifact
    findings: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]


def prove(request: Request, tell: Tell) -> tuple[Result, ...]:
    """Verify finished files, each as a stranger would. ``tell`` hears of every file.

    Raises UsageError for what is no such file, MachineError when the machine is at fault.
    """
    candidates = tuple(named(request.files, request.out) if request.files else built(request.out))
    shelf = Shelf(_tree(request.source))
    cases = []
    for number, candidate in enumerate(candidates, start=1):
        if candidate.data is not None:
            cases.append(_opened(candidate, candidate.data, basis_of(candidate, shelf)))
        tell(f"{number} of {len(candidates)}: {candidate.name}")
    if request.full:
        tell("Asking the outside checkers; this may take a minute.")
        cases = _asked(cases, request)
    results = [_result(case) for case in cases]
    results += [_gone(candidate) for candidate in candidates if candidate.data is None]
    if request.write:
        results = _filed(results, {case.candidate.name: case.candidate for case in cases})
    return tuple(sorted(results, key=lambda result: result.file))


def _tree(source: Path) -> SourceTree | None:
    try:
        return SourceTree.open(source)
    except UsageError:  # finished files can be verified where there is no source
        return None


# --------------------------------------------------------------- one file after another


def _opened(candidate: Candidate, data: bytes, held_to: Basis) -> _Case:
    row = held_to.expectation.edition
    artifact = Artifact(row, candidate.label, row.media_type, data, candidate.sha256, row.made_from)
    verdict = _verified(artifact, held_to)
    same, sameness = _same(candidate)
    known = [finding for finding in verdict.findings if finding.rule not in held_to.dropped]
    told = frozenset(finding.rule for finding in verdict.findings)
    tools = (_silenced(tool, held_to, told) for tool in verdict.tools)
    return _Case(
        candidate,
        held_to,
        artifact,
        in_order((*held_to.findings, *same, *known)),
        (*sameness, *held_to.tools, *tools),
    )


def _verified(artifact: Artifact, held_to: Basis) -> Verdict:
    """Open a file that may be anything; a check that breaks off is a finding, not a traceback."""
    # Imported here, for reading and checking must work where no engine is installed.
    from booklet.verify import verify

    try:
        return verify(artifact, held_to.expectation)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a stranger's file can break any of our checks
        message = f"The check broke off: {type(error).__name__}: {error}."
        finding = found("FILE-003", Span(artifact.name), message)
        return Verdict(artifact, (finding,), (ToolResult("booklet: file", "failed", str(error)),))


def _same(candidate: Candidate) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    """Compare a listed file with what was built."""
    entry = candidate.entry
    if entry is None:
        return (), ()
    if entry.sha256 == candidate.sha256:
        return (), (ToolResult("booklet: built file", "passed", "byte for byte what was built"),)
    message = "The file is not byte for byte the one that was built."
    finding = found("FILE-002", Span(candidate.label), message)
    return (finding,), (ToolResult("booklet: built file", "failed", "it was changed"),)


def _silenced(tool: ToolResult, held_to: Basis, told: frozenset[str]) -> ToolResult:
    """Take back what a measure says where it knew too little to say it."""
    reason = dict(held_to.silent).get(tool.tool)
    if tool.tool == FACTS and told & held_to.dropped & {CLAIMED} and not told & FALSE_FACTS:
        reason = "the book claims a standard, and whether a person has signed is not known"
    return replace(tool, outcome="not checked", detail=reason) if reason else tool


def _asked(cases: list[_Case], request: Request) -> list[_Case]:
    files = {number: (case.candidate.label, case.artifact) for number, case in enumerate(cases)}
    said = outside.ask(files, outside.folder(request.source))
    return [
        replace(
            case,
            findings=in_order((*case.findings, *said[number].findings)),
            tools=(*case.tools, *said[number].tools),
        )
        if number in said
        else case
        for number, case in enumerate(cases)
    ]


# ------------------------------------------------------------------------------ results


def _result(case: _Case) -> Result:
    candidate, held_to = case.candidate, case.basis
    about = conformance.subject(
        candidate.label, candidate.sha256, held_to.expectation.edition, held_to.booklet
    )
    report = None
    if conformance.applies(held_to.expectation.edition):
        report = conformance.judge(about, case.findings, case.tools, held_to.unknown)
    return Result(
        candidate.name, candidate.sha256, candidate.entry, case.findings, case.tools, report
    )


def _gone(candidate: Candidate) -> Result:
    finding = found("FILE-004", Span(candidate.label), "The file is listed, but it is gone.")
    return Result(candidate.name, "", candidate.entry, (finding,), ())


def _filed(results: Iterable[Result], candidates: dict[str, Candidate]) -> list[Result]:
    """Put each report beside its file, where that stands in an output folder."""
    done = []
    for result in results:
        candidate = candidates.get(result.file)
        if candidate is None or candidate.root is None or candidate.entry is None:
            done.append(result)
            continue
        if result.report is None:  # it claims nothing
            done.append(result)
            continue
        files = conformance.beside(candidate.entry.file, result.report)
        with output.locked(candidate.root):
            output.publish(candidate.root, files)
        beside = Path(result.file).parent
        written = tuple((beside / Path(name).name).as_posix() for name in files)
        done.append(replace(result, reports=written))
    return done
