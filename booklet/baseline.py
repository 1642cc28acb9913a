"""Findings that an old catalogue already has enter; what is new, known or put right leaves.

A finding is known by its rule, its file and the words of its line, so that it stays known when
lines above it come and go, and is new again when its own words change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from booklet.errors import UsageError
from booklet.findings import Finding, Severity, catalogue, in_order
from booklet.source import Lines

SCHEMA = 1
_KIND = "booklet baseline"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One row: a rule in a file below the source folder, ``count`` times on lines of these words.

    ``words`` are the first 16 hex digits of the SHA-256 of the line's words.
    """

    file: str
    rule: str
    words: str
    count: int = 1


class Parted(NamedTuple):
    """The known findings, and the rows that are known for nothing."""

    known: frozenset[Finding]
    gone: tuple[Known, ...]


def may_be_known(finding: Finding) -> bool:
    """True unless it is an error of a rule that keeps readers safe: that one always counts."""
    rule = catalogue().get(finding.rule)
    return finding.severity is Severity.WARNING or (rule is not None and rule.switch)


def fingerprint(finding: Finding, lines: Lines) -> str:
    """Return 16 hex digits that stand for the words of the finding's line, wherever it stands."""
    words = " ".join(re.findall(r"\w+", lines(finding.span) or ""))
    return hashlib.sha256(words.encode(errors="backslashreplace")).hexdigest()[:16]


def row_of(finding: Finding, lines: Lines) -> Known:
    """Return the row that would make a finding known."""
    _, _, file = finding.span.file.partition("/")
    return Known(file, finding.rule, fingerprint(finding, lines))


def collect(findings: Iterable[Finding], lines: Lines) -> tuple[Known, ...]:
    """Return the rows that make all findings known that may be, sorted."""
    rows = Counter(row_of(each, lines) for each in in_order(findings) if may_be_known(each))
    return tuple(sorted(Known(r.file, r.rule, r.words, n) for r, n in rows.items()))


def part(
    findings: Iterable[Finding],
    rows: Iterable[Known],
    lines: Lines,
    looked_at: Callable[[str], bool],
) -> Parted:
    """Tell known findings from new ones, each row serving as often as it counts.

    Rows that were not used up are gone, where the check has ``looked_at`` their file (its path
    below the source folder).
    """
    left = Counter({Known(row.file, row.rule, row.words): row.count for row in rows})
    known = set()
    for finding in in_order(findings):
        row = row_of(finding, lines)
        if left[row] > 0 and may_be_known(finding):
            left[row] -= 1
            known.add(finding)
    gone = (
        Known(row.file, row.rule, row.words, number)
        for row, number in left.items()
        if number > 0 and looked_at(row.file)
    )
    return Parted(frozenset(known), tuple(sorted(gone)))


def dump(rows: Iterable[Known]) -> str:
    """Write rows as JSON, one a line, so that a change is easy to review."""
    lines = ",\n".join(
        "    " + json.dumps({"file": r.file, "rule": r.rule, "words": r.words, "count": r.count})
        for r in sorted(rows)
    )
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "kind": "{_KIND}",\n  "schema": {SCHEMA},\n  "findings": {body}\n}}\n'


def load(text: str, where: str) -> tuple[Known, ...]:
    """Read what ``dump`` wrote. Raises UsageError for anything else; ``where`` names the file."""
    try:
        data = json.loads(text)
        # The kind first: of another file the rows mean nothing.
        rows = {(_KIND, SCHEMA): data["findings"]}[data["kind"], data["schema"]]
        return tuple(_row(row) for row in rows)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "Write one with: make_booklet.py check --write-baseline FILE"
        raise UsageError("this is not a baseline", where=where, hint=hint) from error


def _row(row: dict[str, Any]) -> Known:
    known = Known(row["file"], row["rule"], row["words"], row["count"])
    texts = (known.file, known.rule, known.words)
    if not all(isinstance(text, str) for text in texts) or type(known.count) is not int:
        raise TypeError
    return known
