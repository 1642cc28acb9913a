"""Findings and measures of a file go in; how each criterion of the standards stands comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from booklet import criteria
from booklet.conformance.report import Conformance, Line, Outcome, Proof, Subject, Table
from booklet.criteria import Criterion, Evidence
from booklet.editions import ToolResult
from booklet.findings import Finding

_ORDER = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the file when its criteria are judged."""

    findings: tuple[Finding, ...]
    tools: dict[str, ToolResult]
    confirmed: frozenset[str]
    unknown: frozenset[str]


def judge(
    subject: Subject,
    findings: Iterable[Finding],
    tools: Iterable[ToolResult],
    unknown: frozenset[str] = frozenset(),
) -> Conformance:
    """Hold a file to the standards for its format, by what was found and measured in it.

    ``unknown`` are the rules that could not be judged, such as those that need the source.
    """
    found, measured = tuple(findings), tuple(tools)
    confirmed = subject.signature.confirmed if subject.signature else ()
    known = _Known(found, {tool.tool: tool for tool in measured}, frozenset(confirmed), unknown)
    tables: tuple[Table, ...] = ()
    for standard in criteria.standards(subject.kind):
        lines = tuple(_line(criterion, known, tables) for criterion in standard.criteria)
        tables += (Table(standard.id, standard.title, lines),)
    return Conformance(subject, tables, found, measured)


def _line(criterion: Criterion, known: _Known, before: tuple[Table, ...]) -> Line:
    proofs = tuple(_proof(evidence, known) for evidence in criterion.evidence)
    outcomes = [proof.outcome for proof in proofs]
    outcomes += [_of_person(point, known) for point in criterion.person]
    outcomes += [_weakest(_lines(before, criterion.follows))] if criterion.follows else []
    outcome = _weakest(outcomes)
    if criterion.because and outcome is Outcome.PROVEN:
        outcome = Outcome.NOT_APPLICABLE
    return Line(
        id=criterion.id,
        level=criterion.level,
        name=criterion.name,
        outcome=outcome,
        proofs=proofs,
        person=criterion.person,
        because=criterion.because,
    )


def _weakest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the weakest of these; what rests on nothing at all is proven by its own words."""
    return min(outcomes, key=_ORDER.index, default=Outcome.PROVEN)


def _lines(tables: tuple[Table, ...], name: str) -> list[Outcome]:
    """Return how the criteria of a standard stand that apply."""
    outcomes = [line.outcome for table in tables if table.id == name for line in table.lines]
    return [outcome for outcome in outcomes if outcome is not Outcome.NOT_APPLICABLE]


def _of_person(point: str, known: _Known) -> Outcome:
    return Outcome.CONFIRMED if point in known.confirmed else Outcome.NEEDS_PERSON


def _proof(evidence: Evidence, known: _Known) -> Proof:
    """Judge by the rules that count; a tool without rules counts as a whole."""
    tool = known.tools.get(evidence.tool)
    hits = [finding for finding in known.findings if finding.rule in evidence.rules]
    if hits:
        detail = " ".join(finding.message for finding in hits)
        return Proof(evidence.tool, evidence.rules, Outcome.FAULTS, detail)
    if tool is None or tool.outcome == "not checked" or known.unknown & {*evidence.rules}:
        detail = tool.detail if tool and tool.outcome == "not checked" else ""
        return Proof(evidence.tool, evidence.rules, Outcome.NOT_CHECKED, detail)
    # A tool that failed for other rules than these has still judged these; one that names no rule
    # at all has proven nothing.
    faulty = tool.outcome == "failed" and not (evidence.rules and known.findings)
    outcome = Outcome.FAULTS if faulty else Outcome.PROVEN
    return Proof(evidence.tool, evidence.rules, outcome, tool.detail)
