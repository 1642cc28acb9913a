"""A report enters; SARIF 2.1.0 (OASIS, with Errata 01) leaves, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from booklet import __version__
from booklet.baseline import fingerprint
from booklet.errors import BookletError
from booklet.findings import Finding, Rule, Severity, catalogue
from booklet.report.places import Places
from booklet.report.result import BookletResult, NotChecked, Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_Data = dict[str, Any]
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def to_sarif(report: Report, places: Places) -> str:
    """Return all findings as results; those that do not count are suppressed, with the reason."""
    notes = [_note("warning", _missing(each)) for each in report.not_checked]
    notes += [_note("error", each.line()) for each in report.faults]
    run = _run(report.exit_code, notes, ran=not report.faults)
    run["results"] = list(_results(report, places))
    return _log(run)


def fault_to_sarif(fault: BookletError) -> str:
    """Return the log of a command that could not do its work."""
    return _log(_run(fault.exit_code, [_note("error", fault.line())], ran=False))


def _log(run: _Data) -> str:
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _run(code: int, notes: list[_Data], *, ran: bool) -> _Data:
    rules = sorted(catalogue().values(), key=lambda rule: rule.id)
    driver = {
        "name": "booklet",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    invocation: _Data = {"executionSuccessful": ran, "exitCode": code}
    if notes:
        invocation["toolExecutionNotifications"] = notes
    return {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [],
    }


def _rule(rule: Rule) -> _Data:
    help_text = f"{rule.why} What to do: {rule.hint} Rests on: {rule.source}."
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "problem.severity": _LEVELS[rule.severity],
            "tags": [rule.id.partition("-")[0]],
        },
    }


def _note(level: str, words: str) -> _Data:
    return {"level": level, "message": {"text": words}}


def _missing(each: NotChecked) -> str:
    return f"{each.file}: not checked by {each.tool}: {each.detail}"


def _results(report: Report, places: Places) -> Iterator[_Data]:
    """Yield each finding once, with the first booklet that has it."""
    told: set[Finding] = set()
    for result in report.booklets:
        for finding, aside in _all(result):
            if finding not in told:
                told.add(finding)
                made = _result(finding, result.id, places)
                yield {**made, **_standing(aside, baseline=report.gone is not None)}


def _all(result: BookletResult) -> Iterator[tuple[Finding, _Data | None]]:
    """Yield findings with why they do not count: None where they do."""
    for finding in result.findings:
        yield finding, None
    for off in result.off:
        for finding in off.findings:
            yield finding, {"kind": "inSource", "justification": off.reason}
    for finding in result.known:
        yield finding, {"kind": "external", "justification": "In the baseline."}


def _standing(aside: _Data | None, *, baseline: bool) -> _Data:
    if aside is None:
        return {"baselineState": "new"} if baseline else {}
    state = {"baselineState": "unchanged"} if aside["kind"] == "external" else {}
    # GitHub shows suppressed results like any other; as notes they cannot fail a check there.
    return {"level": "note", "suppressions": [aside], **state}


def _result(finding: Finding, booklet: str, places: Places) -> _Data:
    said = f"{finding.message} Hint: {finding.hint}" if finding.hint else finding.message
    if not places.in_source(finding):
        said = f"{finding.span}: {said}"
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": _place(finding, booklet, places)}],
        "partialFingerprints": {"bookletWords/v1": fingerprint(finding, places.lines)},
    }


def _place(finding: Finding, booklet: str, places: Places) -> _Data:
    """Name file and place; for a finished file, the settings of its booklet stand in."""
    span = finding.span
    if not places.in_source(finding):
        return {"artifactLocation": _file(places.settings(booklet))}
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + places.length(finding),
    }
    return {"artifactLocation": _file(places.path(span.file)), "region": region}


def _file(path: str) -> _Data:
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}
