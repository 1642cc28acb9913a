"""A conformance report goes in; its JSON, for programs, comes out: the same report, same bytes."""

from __future__ import annotations

import json
from typing import Any

from booklet import __version__, criteria
from booklet.conformance.report import Conformance, Line, Subject
from booklet.findings import Finding

SCHEMA = 1


def to_json(report: Conformance) -> bytes:
    """Write the report as UTF-8 JSON."""
    data = {"schema": SCHEMA, "program": "booklet", "version": __version__, **as_data(report)}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def as_data(report: Conformance) -> dict[str, Any]:
    """Return the report as JSON objects."""
    subject = report.subject
    return {
        "file": subject.file,
        "sha256": subject.sha256,
        "format": subject.kind,
        "edition": subject.edition,
        "booklet": subject.booklet,
        "title": subject.title,
        "booklet_version": subject.version,
        "language": subject.language,
        "source_digest": subject.source_digest,
        "claim": _claim(report),
        "signature": _signature(subject),
        "counts": {outcome.value: number for outcome, number in report.counts.items()},
        "points": [_point(subject, point) for point in criteria.points(subject.kind)],
        "standards": [
            {"id": table.id, "title": table.title, "criteria": [_line(ln) for ln in table.lines]}
            for table in report.tables
        ],
        "measures": [
            {"tool": tool.tool, "outcome": tool.outcome, "detail": tool.detail}
            for tool in report.tools
        ],
        "findings": [_finding(finding) for finding in report.findings],
    }


def _claim(report: Conformance) -> str | None:
    """Return what is claimed: for an e-book alone, signed as a whole and without faults."""
    subject = report.subject
    stands = subject.kind == "epub" and subject.is_whole and not report.has_faults
    return criteria.CLAIM if stands else None


def _signature(subject: Subject) -> dict[str, Any] | None:
    signature = subject.signature
    if signature is None:
        return None
    return {
        "signed_by": signature.signed_by,
        "date": signature.date,
        "whole": subject.is_whole,
    }


def _point(subject: Subject, point: criteria.Point) -> dict[str, Any]:
    confirmed = subject.signature is not None and point.id in subject.signature.confirmed
    return {"id": point.id, "name": point.name, "how": point.how, "confirmed": confirmed}


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "level": line.level,
        "name": line.name,
        "outcome": line.outcome.value,
        "because": line.because,
        "proofs": [
            {
                "tool": proof.tool,
                "rules": list(proof.rules),
                "outcome": proof.outcome.value,
                "detail": proof.detail,
            }
            for proof in line.proofs
        ],
        "person": list(line.person),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "file": finding.span.file,
        "line": finding.span.line,
        "message": finding.message,
        "hint": finding.hint,
    }
