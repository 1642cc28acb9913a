"""``verify``: finished files go in; what is proven of each, and what is not, comes out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from booklet import proof
from booklet.cli_project import colours, narrator, output_folder, show, shown, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK
from booklet.proof import Result
from booklet.report import Colours, count, data_to_json, finding_data, finding_line, printable

OUTSIDE = "veraPDF, EPUBCheck, Ace and the browser were not asked. With --full they are."


def run(arguments: argparse.Namespace) -> int:
    """Verify, print what came of it and return the exit code. Raises BookletError."""
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    request = proof.Request(
        source=source,
        out=shown(output_folder(arguments.out, source), here),
        files=tuple(arguments.files),
        full=arguments.full,
        write=not arguments.no_report,
    )
    results = proof.prove(request, narrator(quiet=arguments.quiet))
    code = EXIT_CONTENT if any(result.outcome == "failed" for result in results) else EXIT_OK
    if arguments.format == "json":
        show(_json(results, code))
    else:
        show(_text(results, arguments, colours(sys.stdout)))
    return code


# ------------------------------------------------------------------------- for a person


def _text(results: Sequence[Result], arguments: argparse.Namespace, colours: Colours) -> str:
    lines: list[str] = []
    for result in results:
        lines += _of_file(result, colours, quiet=arguments.quiet)
    lines += _not_checked(results)
    if not arguments.quiet:
        lines += [] if arguments.full else [OUTSIDE]
        lines.append(_summary(results, colours))
    return "".join(f"{line}\n" for line in lines)


def _of_file(result: Result, colours: Colours, *, quiet: bool) -> list[str]:
    """The findings of a file and, unless quiet, each measure."""
    if quiet:
        return [finding_line(finding, colours) for finding in result.findings]
    lines = [f"{printable(result.file)}: {_marked(result.outcome, colours)}"]
    lines += [f"  {finding_line(finding, colours)}" for finding in result.findings]
    for tool in result.tools:
        warned = tool.outcome == "failed" and result.outcome != "failed"
        outcome = "warning" if warned else tool.outcome
        said = printable(f"{tool.tool}: {tool.detail}")
        lines.append(f"  {_marked(outcome, colours)}: {said}")
    lines += [f"  report: {printable(name)}" for name in result.reports if name.endswith(".html")]
    return [*lines, ""]


def _marked(outcome: str, colours: Colours) -> str:
    """The word for an outcome; what is not checked stands out as much as what failed."""
    word = "NOT CHECKED" if outcome == "not checked" else outcome
    mark = {"passed": colours.good, "failed": colours.error}.get(outcome, colours.warning)
    return f"{mark}{word}{colours.end}"


def _not_checked(results: Sequence[Result]) -> list[str]:
    """One line for each thing that was not checked, with all files it concerns."""
    files: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for tool in result.tools:
            if tool.outcome == "not checked":
                files.setdefault((tool.tool, tool.detail), []).append(result.file)
    return [
        printable(f"NOT CHECKED by {tool}: {detail} ({count(len(names), 'file')})")
        for (tool, detail), names in sorted(files.items())
    ]


def _summary(results: Sequence[Result], colours: Colours) -> str:
    failed = sum(result.outcome == "failed" for result in results)
    total = count(len(results), "file")
    if failed:
        return f"{colours.error}{total} verified: {failed} failed.{colours.end}"
    open_ones = sum(result.outcome == "not checked" for result in results)
    if open_ones:
        said = f"{total} verified: nothing failed, but {open_ones} could not be checked in full."
        return f"{colours.warning}{said}{colours.end}"
    return f"{colours.good}{total} verified: nothing failed.{colours.end}"


# ------------------------------------------------------------------------ for a program


def _json(results: Sequence[Result], code: int) -> str:
    return data_to_json(
        "verify",
        code,
        summary=_summary(results, Colours()),
        files=[_data(result) for result in results],
        findings=[finding_data(f) for result in results for f in result.findings],
        not_checked=[
            {"file": result.file, "tool": tool.tool, "detail": tool.detail}
            for result in results
            for tool in result.tools
            if tool.outcome == "not checked"
        ],
    )


def _data(result: Result) -> dict[str, Any]:
    entry = result.entry
    return {
        "file": result.file,
        "sha256": result.sha256,
        "outcome": result.outcome,
        "booklet": entry.booklet if entry else "",
        "edition": entry.edition if entry else "",
        "findings": [finding_data(finding) for finding in result.findings],
        "measures": [
            {"tool": tool.tool, "outcome": tool.outcome, "detail": tool.detail}
            for tool in result.tools
        ],
        "reports": list(result.reports),
    }
