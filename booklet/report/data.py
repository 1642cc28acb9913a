"""A report, or another command's answer, enters; JSON (``docs/report.schema.json``) leaves.

It is ASCII, so that no pipe can spoil it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from booklet import __version__
from booklet.errors import BookletError
from booklet.findings import Finding, Severity
from booklet.manifest import as_data
from booklet.report.result import BookletResult, Fault, Report, summary
from booklet.report.timings import timings_data

SCHEMA = 1


def to_json(report: Report) -> str:
    """Return the report as JSON."""
    return _json(
        {
            "command": report.command,
            "exit_code": report.exit_code,
            "fault": None,
            "summary": " ".join(summary(report)),
            "booklets": [_booklet_data(result) for result in report.booklets],
            "findings": [finding_data(finding) for finding in report.findings],
            "switched_off": [row for result in report.booklets for row in _off_data(result)],
            "baseline": _baseline_data(report),
            "artifacts": [as_data(entry) for entry in report.entries],
            "not_checked": [
                {"file": item.file, "tool": item.tool, "detail": item.detail}
                for item in report.not_checked
            ],
            **({"timings": timings_data(report.times)} if report.times else {}),
        }
    )


def fault_to_json(command: str, fault: BookletError) -> str:
    """Return the report of a command that could not do its work."""
    data = _fault_data(fault)
    return _json(
        {
            "command": command,
            "exit_code": fault.exit_code,
            "fault": data,
            "summary": fault.line(),
            "booklets": [],
            "findings": [],
            "artifacts": [],
            "not_checked": [],
        }
    )


def data_to_json(command: str, exit_code: int, **data: Any) -> str:
    """Return another command's answer in the same frame."""
    return _json({"command": command, "exit_code": exit_code, "fault": None, **data})


def _json(data: dict[str, Any]) -> str:
    head = {"schema": SCHEMA, "program": "booklet", "version": __version__}
    return json.dumps({**head, **data}, indent=2) + "\n"


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as a JSON object."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "file": finding.span.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def _booklet_data(result: BookletResult) -> dict[str, Any]:
    severities = [finding.severity for finding in result.findings]
    return {
        "id": result.id,
        "title": result.title,
        "clinic": result.clinic,
        "status": result.status,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "fault": _fault_data(result.fault) if result.fault else None,
        "hardest": [
            {
                "file": hard.span.file,
                "line": hard.span.line,
                "column": hard.span.column,
                "words": hard.words,
                "score": hard.score,
                "sentence": hard.text,
                "advice": hard.advice,
            }
            for hard in result.hardest
        ],
    }


def _fault_data(fault: BookletError | Fault) -> dict[str, Any]:
    return {"message": fault.message, "where": fault.where, "hint": fault.hint}


def _off_data(result: BookletResult) -> list[dict[str, Any]]:
    return [
        {
            "booklet": result.id,
            "clinic": result.clinic,
            "rule": off.rule,
            "reason": off.reason,
            "findings": [finding_data(finding) for finding in off.findings],
        }
        for off in result.off
    ]


def _baseline_data(report: Report) -> dict[str, Any] | None:
    if report.gone is None:
        return None
    return {
        "known": [finding_data(finding) for finding in report.known],
        "gone": [asdict(row) for row in report.gone],
    }
