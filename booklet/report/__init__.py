"""What a command found and made, told to a person or to one of many kinds of program."""

from __future__ import annotations

from booklet.errors import BookletError
from booklet.report.data import SCHEMA, data_to_json, fault_to_json, finding_data, to_json
from booklet.report.places import Places
from booklet.report.result import (
    BookletResult,
    Fault,
    NotChecked,
    Report,
    Status,
    count,
    printable,
    summary,
)
from booklet.report.text import (
    ANSI,
    PLAIN,
    Colours,
    Screen,
    finding_line,
    finding_lines,
    to_text,
)
from booklet.report.timings import Times, Took

__all__ = [
    "ANSI",
    "ENDINGS",
    "FORMATS",
    "PLAIN",
    "SCHEMA",
    "BookletResult",
    "Colours",
    "Fault",
    "NotChecked",
    "Places",
    "Report",
    "Screen",
    "Status",
    "Times",
    "Took",
    "count",
    "data_to_json",
    "fault_to_json",
    "finding_data",
    "finding_line",
    "finding_lines",
    "printable",
    "render",
    "render_fault",
    "summary",
    "to_json",
    "to_text",
]

FORMATS = ("text", "json", "sarif", "junit", "github")
ENDINGS = {".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit"}
"""What is written into a file, by the ending of its name."""


def render(report: Report, kind: str, places: Places) -> str:
    """Return the report in one of ``FORMATS``; as text it is for a file, without colours."""
    # Imported one by one: a fault must be told even where a package is missing.
    match kind:
        case "json":
            return to_json(report)
        case "sarif":
            from booklet.report.sarif import to_sarif

            return to_sarif(report, places)
        case "junit":
            from booklet.report.junit import to_junit

            return to_junit(report, places)
        case "github":
            from booklet.report.github import to_github

            return to_github(report, places)
        case _:
            return to_text(report, places=places)


def render_fault(command: str, fault: BookletError, kind: str) -> str:
    """Return the report of a command that could not do its work, in one of ``FORMATS``."""
    match kind:
        case "json":
            return fault_to_json(command, fault)
        case "sarif":
            from booklet.report.sarif import fault_to_sarif

            return fault_to_sarif(fault)
        case "junit":
            from booklet.report.junit import fault_to_junit

            return fault_to_junit(command, fault)
        case "github":
            from booklet.report.github import fault_to_github

            return fault_to_github(fault)
        case _:
            return f"{printable(fault.line())}\n"
