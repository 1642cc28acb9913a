"""The command: argv goes in, words and an exit code come out; never a traceback for bad input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import TextIO

from booklet import cli_arguments, scratch
from booklet.cli_interrupt import interrupts
from booklet.errors import (
    DEBUG,
    EXIT_INTERRUPTED,
    EXIT_OK,
    BookletError,
    explained,
    was_interrupted,
)
from booklet.garbage import looked_for_rarely

# Where each command lives: loaded only when it is called, so that ``--help`` and ``doctor``
# work on a machine where the rest cannot.
_HOMES = {
    "build": "booklet.cli_build",
    "check": "booklet.cli_build",
    "preview": "booklet.cli_preview",
    "import": "booklet.cli_import",
    "verify": "booklet.cli_verify",
    "checklist": "booklet.cli_checklist",
    "worksheet": "booklet.cli_worksheet",
    "list": "booklet.cli_list",
    "new": "booklet.cli_new",
    "rules": "booklet.cli_rules",
    "which": "booklet.cli_which",
    "cache": "booklet.cli_cache",
    "lock-disclaimer": "booklet.cli_lock",
    "doctor": "booklet.cli_doctor",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit code (see ``errors``)."""
    _forgiving(sys.stdout)
    _forgiving(sys.stderr)
    try:
        with interrupts():
            return _guarded(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        # Once one came through exec(), Python would end by SIGINT itself; this makes it forget.
        exec("")  # noqa: S102 - nothing is run
        _say("Stopped. No file was left half written.")
        return EXIT_INTERRUPTED


def _guarded(argv: list[str]) -> int:
    """Run a command; turn every fault into one line and its exit code."""
    arguments = argparse.Namespace(command="", format="text")
    try:
        arguments = cli_arguments.parse(argv, _program())
        # A preview stays for hours: what it no longer needs must go.
        rarely = nullcontext() if arguments.command == "preview" else looked_for_rarely()
        with rarely, scratch.own_folder():
            home = import_module(_HOMES[arguments.command])
            command: Callable[[argparse.Namespace], int] = home.run
            return command(arguments)
    except SystemExit as leaving:  # argparse, after --help or --version
        return leaving.code if isinstance(leaving.code, int) else EXIT_OK
    except BookletError as fault:
        return _report(fault, arguments)
    except Exception as error:  # a nurse gets one line, whatever went wrong
        if was_interrupted(error):
            raise KeyboardInterrupt from error
        if os.environ.get(DEBUG):
            raise
        return _report(explained(error), arguments)


def _report(fault: BookletError, arguments: argparse.Namespace) -> int:
    """Tell of a fault: one line to stderr and, for a program, JSON to stdout."""
    from booklet.cli_project import save, show
    from booklet.report import ENDINGS, printable, render_fault

    _say(printable(fault.line()))
    if arguments.format != "text":
        with suppress(BookletError):  # stdout itself may be the fault
            show(render_fault(arguments.command, fault, arguments.format))
    for path in getattr(arguments, "report", ()):
        with suppress(BookletError):  # the file itself may be the fault
            save(path, render_fault(arguments.command, fault, ENDINGS[path.suffix]))
    return fault.exit_code


def _program() -> str:
    """Return the name that the person called, for the examples in the help."""
    name = Path(sys.argv[0]).name
    if name == "__main__.py":
        return "python -m booklet"
    return name if "booklet" in name else "make_booklet.py"


def _forgiving(stream: TextIO | None) -> None:
    """Let a terminal that lacks a character print a question mark instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _say(line: str) -> None:
    """Print a line to stderr, if there is one and somebody holds its other end."""
    with suppress(OSError):
        print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
