"""``build`` and ``check``: options go in, findings, files and a summary come out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from booklet import build, cache, choices
from booklet.baseline import Known, dump, load
from booklet.cli_commands import COMMANDS
from booklet.cli_progress import Progress
from booklet.cli_project import (
    booklets_named,
    narrator,
    output_folder,
    places,
    save,
    screen,
    show,
    shown,
    source_folder,
)
from booklet.editions import CALIPER, DEFAULTS, Edition
from booklet.errors import DEBUG, UsageError
from booklet.findings import in_order
from booklet.report import ENDINGS, Places, Report, render, to_text
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Check or build, print the report and return the exit code. Raises BookletError."""
    request = _request(arguments)
    if arguments.command == "check" and arguments.online and arguments.write_baseline:
        hint = "A baseline is about the source; ask the network without it."
        raise UsageError("--online and --write-baseline do not go together", hint=hint)
    if arguments.implied:
        _is_it_a_command(request.booklets, request.source)
    if arguments.command == "build":
        report = build.build(request, _progress(arguments))
        if request.cache:
            cache.Store(request.cache).prune(time.time() - cache.DAYS * 86_400)
    elif arguments.write_baseline:
        report = _adopted(request, arguments.write_baseline)
    elif arguments.online:
        report = build.check(request, _asking(narrator(quiet=arguments.quiet)))
    else:
        report = build.check(request, tell=_progress(arguments))
    where = places(request.source, Path.cwd())
    for path in arguments.report:
        save(path, render(report, ENDINGS[path.suffix], where))
    show(_text(report, arguments, where))
    if os.environ.get(DEBUG):
        sys.stderr.write("".join(fault.trace for fault in report.faults))
    return report.exit_code


def _progress(arguments: argparse.Namespace) -> Progress:
    return Progress(narrator(quiet=arguments.quiet), time.monotonic)


def _asking(tell: build.Tell) -> build.More:
    """Return what adds the findings of the network to the drafts that could be read."""

    def ask(drafts: tuple[build.Draft, ...]) -> tuple[build.Draft, ...]:
        # Imported here, so that a build cannot reach the network even by mistake.
        from booklet import online

        tell("Asking whether the links still work; this may take a minute.")
        told = online.look([each.booklet for each in drafts if each.booklet], online.Asker())
        return tuple(
            replace(each, findings=in_order((*each.findings, *told.get(each.id, ()))))
            for each in drafts
        )

    return ask


def _adopted(request: build.Request, path: Path) -> Report:
    """Check and write the baseline, keeping the rows that this check had no look at."""
    old = _baseline(path) if path.exists() else ()
    rows, report = build.adopt(request, old)
    save(path, dump(rows))
    return report


def _baseline(path: Path) -> tuple[Known, ...]:
    try:
        return load(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError:
        return load("", str(path))
    except OSError as error:
        message = f"the baseline cannot be read: {error.strerror or error}"
        hint = "Write one with: make_booklet.py check --write-baseline FILE"
        raise UsageError(message, where=str(path), hint=hint) from error


def _request(arguments: argparse.Namespace) -> build.Request:
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    making = arguments.command == "build"
    out = output_folder(arguments.out if making else None, source)
    if making and arguments.executor and arguments.jobs:
        hint = "A cluster has as many workers as were started for it; leave out --jobs."
        raise UsageError("--jobs and --executor do not go together", hint=hint)
    if making and out.resolve().is_relative_to(source.resolve()):
        hint = "Choose a folder outside the source folder with --out."
        raise UsageError("finished files cannot go among the source", where=str(out), hint=hint)
    return build.Request(
        source=source,
        out=shown(out, here),
        # The one place where a clock is read.
        today=arguments.today or date.today(),
        booklets=booklets_named(arguments.booklets, source, here),
        editions=_editions(arguments) if making else DEFAULTS,
        languages=tuple(arguments.lang),
        clinics=tuple(arguments.clinic),
        jobs=arguments.jobs if making else None,
        strict=arguments.strict,
        full=making and arguments.full,
        baseline=_baseline(arguments.baseline) if arguments.baseline else None,
        caliper=arguments.caliper if making and arguments.caliper else CALIPER,
        cache=cache.beside(out.resolve()) if making and not arguments.no_cache else None,
        executor=(arguments.executor or "") if making else "",
        fail_fast=making and arguments.fail_fast,
        timings=making and arguments.timings,
    )


def _editions(arguments: argparse.Namespace) -> tuple[Edition, ...]:
    if arguments.impose and arguments.press:
        hint = "Give one of them. A print shop folds by itself."
        raise UsageError("--impose and --press do not go together.", hint=hint)
    if arguments.press:
        return choices.press(arguments.edition, arguments.paper)
    if arguments.impose:
        return choices.sheets(arguments.edition, arguments.paper, arguments.sheet)
    for option in ("sheet", "caliper"):
        if getattr(arguments, option) is not None:
            hint = f"Add --impose, or leave out --{option}."
            raise UsageError(f"--{option} is for sheets to fold.", hint=hint)
    return choices.editions(arguments.edition, arguments.paper)


def _is_it_a_command(names: tuple[str, ...], source: Path) -> None:
    """Without a command, a name that is no booklet may be a command misspelt."""
    known = SourceTree.open(source).booklets()
    choices.require("command or booklet", names, (*COMMANDS, *known))


def _text(report: Report, arguments: argparse.Namespace, where: Places) -> str:
    if arguments.format == "text":
        return to_text(report, quiet=arguments.quiet, screen=screen(sys.stdout), places=where)
    return render(report, arguments.format, where)
