"""What a command found and made, told to a person (text) or to a program (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from booklet import __version__
from booklet.errors import EXIT_CONTENT, EXIT_OK, BookletError
from booklet.findings import Finding, Severity, in_order
from booklet.manifest import Entry, as_data

SCHEMA = 1
# More names than this would bury the summary.
MOST_CLINICS = 5
Status = Literal["built", "passed", "blocked"]


@dataclass(frozen=True, slots=True)
class BookletResult:
    """How one booklet fared; ``findings`` are all that concern it.

    ``clinic`` is the id of the clinic whose profile was laid over it, or empty.
    """

    id: str
    title: str
    status: Status
    findings: tuple[Finding, ...]
    clinic: str = ""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made of a built file, and why."""

    file: str
    tool: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of ``check`` or ``build``; ``folder`` is the output folder as it is shown."""

    command: Literal["check", "build"]
    booklets: tuple[BookletResult, ...]
    entries: tuple[Entry, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    folder: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all booklets, by place, each once."""
        return in_order(finding for result in self.booklets for finding in result.findings)

    @property
    def blocked(self) -> tuple[BookletResult, ...]:
        """The booklets that may not be built."""
        return tuple(result for result in self.booklets if result.status == "blocked")

    @property
    def exit_code(self) -> int:
        """0, or 1 when a booklet is blocked."""
        return EXIT_CONTENT if self.blocked else EXIT_OK


# ------------------------------------------------------------------------- for a person


@dataclass(frozen=True, slots=True)
class Colours:
    """The marks put around words; all empty where colour is not wanted."""

    error: str = ""
    warning: str = ""
    good: str = ""
    end: str = ""


PLAIN = Colours()
ANSI = Colours("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m", "\x1b[0m")


def to_text(report: Report, *, quiet: bool = False, colours: Colours = PLAIN) -> str:
    """Return the findings, the built files and a summary; with ``quiet`` the findings alone."""
    lines = [finding_line(finding, colours) for finding in report.findings]
    if not quiet:
        lines += [_file_line(report.folder, entry) for entry in report.entries]
        lines += _not_checked_lines(report.not_checked)
        mark = colours.error if report.blocked else colours.good
        lines += [f"{mark}{sentence}{colours.end}" for sentence in summary(report)]
    return "".join(f"{line}\n" for line in lines)


def finding_line(finding: Finding, colours: Colours) -> str:
    """Return a finding as one line, its rule id coloured; control characters are left out."""
    line = printable(finding.line())
    colour = colours.error if finding.severity is Severity.ERROR else colours.warning
    return line.replace(finding.rule, f"{colour}{finding.rule}{colours.end}", 1)


def printable(text: str) -> str:
    """Return text in one line without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _file_line(folder: str, entry: Entry) -> str:
    pages = f"{count(entry.pages, 'page')}, " if entry.pages else ""
    return f"{folder}/{entry.file} ({pages}{_size(entry.size)})"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def _not_checked_lines(missing: Iterable[NotChecked]) -> list[str]:
    """One line a tool, however many files it did not see."""
    details = {item.tool: item.detail for item in missing}
    return [f"NOT CHECKED by {tool}: {printable(why)}" for tool, why in sorted(details.items())]


def summary(report: Report) -> list[str]:
    """Return the closing sentences, in the words of somebody who is not a programmer."""
    sentences: list[str] = []
    made = [result for result in report.booklets if result.status == "built"]
    if made:
        files = count(len(report.entries), "file")
        sentences.append(f"{files} built for {_whose(made)}, in {report.folder}.")
    if report.blocked:
        sentences.append(_blocked_sentence(report))
    elif report.command == "check":
        sentences.append(f"{_whose(report.booklets)} checked: ready to build.")
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    if warnings:
        sentences.append(f"{count(warnings, 'warning')}: please read above.")
    return sentences


def _whose(results: Sequence[BookletResult]) -> str:
    """Return ``1 booklet``, or ``2 booklets with the details of lakeside and riverside``."""
    booklets = count(len({result.id for result in results}), "booklet")
    clinics = sorted({result.clinic for result in results if result.clinic})
    if not clinics:
        return booklets
    if len(clinics) > MOST_CLINICS:
        return f"{booklets} with the details of {len(clinics)} clinics"
    named = " and ".join(filter(None, (", ".join(clinics[:-1]), clinics[-1])))
    return f"{booklets} with the details of {named}"


def _blocked_sentence(report: Report) -> str:
    problems = in_order(f for result in report.blocked for f in result.findings)
    errors = sum(finding.severity is Severity.ERROR for finding in problems)
    # With --strict a warning alone can block, so there may be no error to count.
    total = count(errors or len(problems), "problem")
    where = _whose(report.blocked)
    pronoun = "it" if len({result.id for result in report.blocked}) == 1 else "them"
    if report.command == "check":
        return f"{total} in {where}; nothing can be built for {pronoun} until this is put right."
    return (
        f"{total} in {where}; nothing was built for {pronoun}. "
        "The files built before are unchanged."
    )


def count(number: int, noun: str) -> str:
    """Return ``1 page``, ``2 pages``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# ------------------------------------------------------------------------ for a program


def to_json(report: Report) -> str:
    """Return the report as JSON (``docs/report.schema.json``), in ASCII, safe in any pipe."""
    return _json(
        {
            "command": report.command,
            "exit_code": report.exit_code,
            "fault": None,
            "summary": " ".join(summary(report)),
            "booklets": [_booklet_data(result) for result in report.booklets],
            "findings": [finding_data(finding) for finding in report.findings],
            "artifacts": [as_data(entry) for entry in report.entries],
            "not_checked": [
                {"file": item.file, "tool": item.tool, "detail": item.detail}
                for item in report.not_checked
            ],
        }
    )


def fault_to_json(command: str, fault: BookletError) -> str:
    """Return the report of a command that could not do its work."""
    data = {"message": fault.message, "where": fault.where, "hint": fault.hint}
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
    }
