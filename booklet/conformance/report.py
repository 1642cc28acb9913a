"""What a conformance report holds, as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from booklet.editions import Format, ToolResult
from booklet.findings import Finding, blocks_build
from booklet.model import Signature

OWN = "booklet: "
"""How the names of our own measures begin."""


class Outcome(StrEnum):
    """How a criterion stands, the weakest first."""

    FAULTS = "faults found"
    NOT_CHECKED = "not checked"
    NEEDS_PERSON = "needs a person"
    CONFIRMED = "confirmed by a person"
    PROVEN = "proven by machine"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True, slots=True)
class Subject:
    """The file that is reported on, and what it was made of as far as that is known.

    ``signature`` is the one that stands for this content; ``is_whole`` that it leaves nothing open.
    """

    file: str
    sha256: str
    kind: Format
    edition: str
    booklet: str
    title: str
    version: str
    language: str
    source_digest: str
    signature: Signature | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a measure or tool says of one criterion; ``detail`` is its measure, or why not."""

    tool: str
    rules: tuple[str, ...]
    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: how it stands, by which proofs and by which points of the checklist."""

    id: str
    level: str
    name: str
    outcome: Outcome
    proofs: tuple[Proof, ...]
    person: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Table:
    """One standard with its lines."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """The whole report."""

    subject: Subject
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many criteria stand how."""
        found = Counter(line.outcome for table in self.tables for line in table.lines)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def unchecked(self) -> tuple[ToolResult, ...]:
        """The measures and tools that could not be used on this file."""
        return tuple(tool for tool in self.tools if tool.outcome == "not checked")

    @property
    def unasked(self) -> tuple[str, ...]:
        """The outside programs that criteria rest on and that nobody asked about this file."""
        asked = {tool.tool for tool in self.tools}
        wanted = {
            proof.tool for table in self.tables for line in table.lines for proof in line.proofs
        }
        return tuple(sorted(tool for tool in wanted - asked if not tool.startswith(OWN)))

    @property
    def has_faults(self) -> bool:
        """True when there is an error, or an outside program failed the file."""
        others = (tool for tool in self.tools if not tool.tool.startswith(OWN))
        return blocks_build(self.findings) or any(tool.outcome == "failed" for tool in others)
