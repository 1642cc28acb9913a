"""The command line: argv goes in, a checked namespace comes out; ``--help`` teaches by example."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from booklet import __version__, cli_help
from booklet.cli_commands import COMMANDS
from booklet.errors import UsageError


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError where argparse would print and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message, hint=f"See: {self.prog} --help")


def parse(argv: list[str], prog: str) -> argparse.Namespace:
    """Return the command and its options. Raises UsageError; SystemExit(0) after ``--help``.

    Without a command it is ``build``; ``implied`` says so.
    """
    top, commands = parsers(prog)
    if argv and argv[0] in ("-h", "--help", "--version"):
        top.parse_args(argv)
    implied = not argv or argv[0] not in commands
    command, rest = ("build", argv) if implied else (argv[0], argv[1:])
    # Intermixed, so that booklets may stand before and after the options.
    arguments = commands[command].parse_intermixed_args(rest)
    arguments.command, arguments.implied = command, implied
    return arguments


def parsers(prog: str) -> tuple[Parser, dict[str, Parser]]:
    """Return the parser of the whole command line, and that of each command by name."""
    top = Parser(epilog=f"{cli_help.OVERVIEW.format(prog=prog)}\n{cli_help.CODES}", **_frame(prog))
    top.add_argument("--version", action="version", version=f"booklet {__version__}")
    group = top.add_subparsers(metavar="COMMAND", required=True)
    commands: dict[str, Parser] = {}
    for name, (summary, epilog, fill) in COMMANDS.items():
        commands[name] = group.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=epilog.format(prog=prog),
            **_frame(f"{prog} {name}"),
        )
        fill(commands[name])
    return top, commands


def _frame(prog: str) -> dict[str, Any]:
    shape = argparse.RawDescriptionHelpFormatter
    return {"prog": prog, "formatter_class": shape, "allow_abbrev": False}
