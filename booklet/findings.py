"""Findings: what an author must know, with rule id, place, message and hint; and the safety gate.

Findings are collected, never raised. ``clear`` turns a booklet and its findings into a
``Cleared``, the only thing that a Job may hold.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from booklet.model import Booklet, Span

FINISHED = (
    *("PDF-", "EPUB-", "PRINT-", "GREY-", "SHEET-", "PRESS-"),
    *("GLYPH-", "DISC-02", "FILE-", "TOOL-"),
)
"""Where the ids of rules begin that only a finished file can break."""
NETWORK = ("LINK-10",)
"""Where the ids of rules begin that only the network can answer, when it is asked."""

_TABLE = re.compile(r"^\[([A-Z]+-\d+)\]$.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
MAX_FINDINGS = 1_000
"""Mistakes of one booklet that are shown at once."""


class Severity(IntEnum):
    """How bad a finding is; an error stops the build of its booklet."""

    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the rule catalogue.

    ``why`` says whom it helps; ``source`` names the standard or guideline that it rests on, with
    the place in it, or is "House rule". ``switch`` is true when an author may switch the rule off,
    with a reason: never what keeps a reader safe, and never what is measured in finished files.
    """

    id: str
    severity: Severity
    title: str
    why: str
    source: str
    hint: str
    switch: bool = False

    @property
    def about_network(self) -> bool:
        """True for what nobody knows unless the network is asked."""
        return self.id.startswith(NETWORK)

    @property
    def about_files(self) -> bool:
        """True for what only a finished file can show."""
        return self.id.startswith(FINISHED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place."""

    rule: str
    severity: Severity
    span: Span
    message: str
    hint: str

    def line(self) -> str:
        """The finding as one line of text."""
        label = "warning: " if self.severity is Severity.WARNING else ""
        hint = f" Hint: {self.hint}" if self.hint else ""
        return f"{self.span} {self.rule} {label}{self.message}{hint}"


@cache
def catalogue() -> dict[str, Rule]:
    """Return all rules by id, read from the TOML files beside this module (data, no state)."""
    return {rule_id: rule(rule_id) for rule_id in _tables()}


@cache
def rule(rule_id: str) -> Rule:
    """Return one rule; most runs tell of few, and to read them all takes a while.

    Raises KeyError when the rule is not in the catalogue.
    """
    row = tomllib.loads(_tables()[rule_id])[rule_id]
    return Rule(
        id=rule_id,
        severity=Severity[row["severity"].upper()],
        title=row["title"],
        why=row["why"],
        source=row["source"],
        hint=row["hint"],
        switch=row.get("switch", False),
    )


@cache
def _tables() -> dict[str, str]:
    """Return the table of each rule as it is written, by the rule's id."""
    tables: dict[str, str] = {}
    for entry in sorted(files("booklet").joinpath("catalogue").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for table in _TABLE.finditer(entry.read_text(encoding="utf-8")):
                if table[1] in tables:
                    raise ValueError(f"rule {table[1]} stands twice in the catalogue")
                tables[table[1]] = table[0]
    return tables


def found(rule_id: str, span: Span, message: str, hint: str | None = None) -> Finding:
    """Make a finding of a catalogued rule; without ``hint`` the rule's own hint is used.

    Raises KeyError when the rule is not in the catalogue.
    """
    known = rule(rule_id)
    return Finding(rule_id, known.severity, span, message, known.hint if hint is None else hint)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings sorted by place, then rule, each once."""
    return tuple(sorted(set(findings), key=lambda f: (f.span, f.rule, f.message)))


def bounded(findings: Sequence[Finding], place: Span) -> tuple[Finding, ...]:
    """Keep the first ``MAX_FINDINGS`` findings; one more, at ``place``, tells that there are more.

    Nobody reads a hundred thousand mistakes, and to show them all would take minutes.
    """
    if len(findings) <= MAX_FINDINGS:
        return tuple(findings)
    message = f"{len(findings):,} mistakes were found; the first {MAX_FINDINGS:,} are shown."
    return (*findings[:MAX_FINDINGS], found("SRC-010", place, message))


def blocks_build(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """True when a finding forbids building: any error, or with ``strict`` any finding."""
    floor = Severity.WARNING if strict else Severity.ERROR
    return any(finding.severity >= floor for finding in findings)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A booklet that may be built: read without error and with its locked disclaimer.

    Raises ValueError when the disclaimer is not the locked one, whoever makes it.
    """

    booklet: Booklet

    def __post_init__(self) -> None:
        if not self.booklet.disclaimer.is_locked:
            raise ValueError("the disclaimer is not the locked one")


def clear(
    booklet: Booklet | None, findings: Iterable[Finding], *, strict: bool = False
) -> Cleared | None:
    """Return the booklet cleared for building, or None when a finding blocks it."""
    if booklet is None or blocks_build(findings, strict=strict):
        return None
    return Cleared(booklet)
