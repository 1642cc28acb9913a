"""``build`` and ``check``: options go in, findings, files and a summary come out."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from booklet import build, choices
from booklet.cli_arguments import COMMANDS
from booklet.cli_project import (
    colours,
    narrator,
    output_folder,
    show,
    shown,
    source_folder,
)
from booklet.editions import DEFAULTS
from booklet.errors import UsageError
from booklet.report import Report, to_json, to_text
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Check or build, print the report and return the exit code. Raises BookletError."""
    request = _request(arguments)
    if arguments.implied:
        _is_it_a_command(arguments.booklets, request.source)
    if arguments.command == "check":
        report = build.check(request)
    else:
        report = build.build(request, narrator(quiet=arguments.quiet))
    show(_text(report, arguments))
    return report.exit_code


def _request(arguments: argparse.Namespace) -> build.Request:
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    making = arguments.command == "build"
    out = output_folder(arguments.out if making else None, source)
    if making and out.resolve().is_relative_to(source.resolve()):
        hint = "Choose a folder outside the source folder with --out."
        raise UsageError("finished files cannot go among the source", where=str(out), hint=hint)
    return build.Request(
        source=source,
        out=shown(out, here),
        # The one place where a clock is read.
        today=arguments.today or date.today(),
        booklets=tuple(arguments.booklets),
        editions=choices.editions(arguments.edition, arguments.paper) if making else DEFAULTS,
        languages=tuple(arguments.lang),
        clinics=tuple(arguments.clinic),
        jobs=arguments.jobs if making else 1,
        strict=arguments.strict,
        full=making and arguments.full,
    )


def _is_it_a_command(names: list[str], source: Path) -> None:
    """Without a command, a name that is no booklet may be a command misspelt."""
    known = SourceTree.open(source).booklets()
    choices.require("command or booklet", names, (*COMMANDS, *known))


def _text(report: Report, arguments: argparse.Namespace) -> str:
    if arguments.format == "json":
        return to_json(report)
    return to_text(report, quiet=arguments.quiet, colours=colours(sys.stdout))
