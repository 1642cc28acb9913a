"""The command line: argv goes in, a checked namespace comes out; ``--help`` teaches by example."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from booklet import __version__, cli_help, cli_values
from booklet.editions import CALIPER, PAPERS, SHEETS
from booklet.errors import UsageError
from booklet.report import FORMATS

PORT = 8420
# Days in which a review can be done; the checks warn as long before.
DUE_DAYS = 60


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


def _source(command: Parser) -> None:
    command.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="the source folder (default: source/ here or in a folder above)",
    )


def _common(command: Parser, formats: tuple[str, ...] = ("text", "json")) -> None:
    _source(command)
    command.add_argument(
        "--format",
        choices=formats,
        default="text",
        help=f"how to answer: text for people, {', '.join(formats[1:])} for programs",
    )


def _clinic(command: Parser) -> None:
    command.add_argument(
        "--clinic",
        action="extend",
        type=cli_values.names,
        default=[],
        metavar="ID",
        help="with this clinic's details; several with commas, or all for each (default: none)",
    )


def _today(command: Parser) -> None:
    command.add_argument(
        "--today",
        type=cli_values.day,
        metavar="YYYY-MM-DD",
        help="take this as today's date when review dates are checked (default: today)",
    )


def _quiet(command: Parser) -> None:
    command.add_argument(
        "--quiet",
        action="store_true",
        help="print findings only: no progress, no summary",
    )


def _editions(command: Parser) -> None:
    command.add_argument(
        "--edition",
        action="extend",
        type=cli_values.names,
        default=[],
        metavar="ID",
        help="clear, large, giant, aph, acb, grey, epub, or one edition from the list command;"
        " several with commas; all for every one (default: large and epub)",
    )
    command.add_argument(
        "--paper",
        choices=[paper.id for paper in PAPERS],
        help="print on this paper only (default: A4 and Letter)",
    )


def _folding(command: Parser) -> None:
    command.add_argument(
        "--impose",
        action="store_true",
        help="make sheets to print on both sides and fold, and the pages they are made of"
        " (default: large print, A5 on A4 and half-letter on Letter)",
    )
    command.add_argument(
        "--sheet",
        choices=[paper.id for paper in SHEETS],
        help="with --impose: the paper in the printer (default: what two pages fill)",
    )
    command.add_argument(
        "--caliper",
        type=cli_values.caliper,
        metavar="MM",
        help=f"with --impose: the thickness of the paper (default: {CALIPER:g}, office paper)",
    )


def _press(command: Parser) -> None:
    command.add_argument(
        "--press",
        action="store_true",
        help="make files for a print shop (PDF/X-4, one ink, bleed and crop marks), and the pages"
        " they are made of",
    )


def _choosing(command: Parser) -> None:
    command.add_argument(
        "booklets",
        nargs="*",
        metavar="BOOKLET",
        help="a folder's name in source/ (default: all)",
    )
    command.add_argument(
        "--lang",
        action="extend",
        type=cli_values.names,
        default=[],
        metavar="TAG",
        help="only booklets in this language, such as en or es-MX; several with commas",
    )
    _clinic(command)
    command.add_argument(
        "--strict", action="store_true", help="let warnings stop the build as errors do"
    )
    _today(command)
    _quiet(command)


def _reports(command: Parser) -> None:
    command.add_argument(
        "--baseline",
        type=cli_values.json_file,
        metavar="FILE",
        help="findings that are listed in this file do not count (see check --write-baseline)",
    )
    command.add_argument(
        "--report",
        action="append",
        type=cli_values.report_file,
        default=[],
        metavar="FILE",
        help="write the report into a file, too: .sarif, .xml (JUnit), .json or .txt; repeatable",
    )
    _common(command, FORMATS)


def _check(command: Parser) -> None:
    _choosing(command)
    command.add_argument(
        "--write-baseline",
        type=cli_values.json_file,
        metavar="FILE",
        help="list all findings of today in this file; with --baseline only those still found",
    )
    command.add_argument(
        "--online",
        action="store_true",
        help="ask the network whether the links still work (a build never does)",
    )
    _reports(command)


def _build(command: Parser) -> None:
    _choosing(command)
    _editions(command)
    _folding(command)
    _press(command)
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the finished files go (default: output/ beside the source folder)",
    )
    command.add_argument(
        "--jobs",
        type=cli_values.jobs,
        metavar="N",
        help="how many editions to make at the same time (default: as processors and memory allow)",
    )
    command.add_argument(
        "--no-cache",
        action="store_true",
        help="make every file anew, whether it was made before or not",
    )
    command.add_argument(
        "--executor",
        type=cli_values.cluster,
        metavar="ADDRESS",
        help="have a Dask cluster make the editions: dask://HOST:PORT (default: this computer)",
    )
    command.add_argument(
        "--full",
        action="store_true",
        help="ask veraPDF, EPUBCheck, Ace and a browser too; what they find stops the build",
    )
    _reports(command)


def _import(command: Parser) -> None:
    command.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a .docx, .html, .md or .txt file, or a folder of them",
    )
    command.add_argument(
        "--name",
        metavar="ID",
        help="what the booklet is called (default: made of the file's name)",
    )
    command.add_argument("--quiet", action="store_true", help="print a line for each draft only")
    _common(command)


def _verify(command: Parser) -> None:
    command.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="a PDF or an e-book (default: every built file)",
    )
    command.add_argument(
        "--full", action="store_true", help="ask veraPDF, EPUBCheck, Ace and a browser too"
    )
    _built(command)
    command.add_argument(
        "--no-report", action="store_true", help="write no report beside the files"
    )
    _quiet(command)
    _common(command)


def _checklist(command: Parser) -> None:
    command.add_argument("booklet", metavar="BOOKLET", help="a folder's name in source/")
    _editions(command)
    _clinic(command)
    command.add_argument(
        "--write",
        action="store_true",
        help="write it beside the booklet's source, as conformance.yaml, if there is none yet",
    )
    _common(command)


def _worksheet(command: Parser) -> None:
    command.add_argument("booklet", metavar="BOOKLET", help="a folder's name in source/")
    command.add_argument(
        "--kind", choices=("pemat", "cci"), help="write one of the two only (default: both)"
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the worksheets go (default: output/ beside the source folder)",
    )
    _common(command)


def _preview(command: Parser) -> None:
    command.add_argument(
        "booklet",
        nargs="?",
        metavar="BOOKLET",
        help="a folder's name in source/ (default: the only one, or a list to choose from)",
    )
    command.add_argument(
        "--edition",
        metavar="ID",
        help="show the pages of this printed edition (default: large-a4)",
    )
    _clinic(command)
    command.add_argument(
        "--port",
        type=cli_values.port,
        default=PORT,
        metavar="N",
        help=f"listen on this port, 0 for any free one (default: {PORT})",
    )
    command.add_argument("--no-open", action="store_true", help="open no browser")
    _today(command)
    _source(command)
    command.set_defaults(format="text")


def _built(command: Parser) -> None:
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the built files are (default: output/ beside the source folder)",
    )


def _list(command: Parser) -> None:
    command.add_argument(
        "--due",
        nargs="?",
        type=cli_values.days,
        const=DUE_DAYS,
        metavar="DAYS",
        help=f"what must be reviewed and printed again within DAYS days (default: {DUE_DAYS})",
    )
    _today(command)
    _built(command)
    _common(command)


def _new(command: Parser) -> None:
    command.add_argument(
        "name", nargs="?", metavar="NAME", help="the name of its folder in source/"
    )
    for name, (metavar, words) in NEW_OPTIONS.items():
        command.add_argument(f"--{name}", metavar=metavar, help=words)
    command.add_argument(
        "--yes", action="store_true", help="ask nothing: take the usual answer for what is left out"
    )
    _today(command)
    _common(command)


def _rules(command: Parser) -> None:
    command.add_argument(
        "rules",
        nargs="*",
        metavar="RULE",
        help="a rule such as MD-020, or an area such as MD (default: a list of all)",
    )
    _common(command)


def _which(command: Parser) -> None:
    command.add_argument("code", nargs="+", metavar="CODE", help="the code as it is printed")
    _built(command)
    _common(command)


def _cache(command: Parser) -> None:
    command.add_argument(
        "action",
        nargs="?",
        choices=("see", "prune", "verify"),
        default="see",
        help="see what there is, prune it, or verify every entry (default: see)",
    )
    command.add_argument(
        "--days",
        type=cli_values.days,
        metavar="N",
        help="with prune: remove what no build has used for N days (default: 30)",
    )
    command.add_argument(
        "--size",
        type=cli_values.number,
        metavar="MB",
        help="with prune: remove the oldest beyond so many megabytes",
    )
    _built(command)
    _common(command)


# What ``new`` asks, as options: the name of what is given, and the help.
NEW_OPTIONS = {
    "title": ("TEXT", "the title on the cover (default: the name in words)"),
    "audience": ("TEXT", "who it is for"),
    "lang": ("TAG", "its language, such as en-US (default: en-US)"),
    "emergency-number": ("NUMBER", "the number to call (default: that of the country)"),
    "author": ("TEXT", "who writes it"),
    "reviewer": ("TEXT", "the role of its clinical reviewer, such as nurse"),
    "clinic-name": ("TEXT", "write a profile for this clinic, too (default: none)"),
    "clinic-phone": ("NUMBER", "the clinic's phone number"),
    "clinic-address": ("TEXT", "the clinic's address, its lines with semicolons between them"),
}

# name -> what it does, examples, and the function that gives its parser the options.
COMMANDS: dict[str, tuple[str, str, Callable[[Parser], None]]] = {
    "build": ("make the booklets (the default command)", cli_help.BUILD, _build),
    "check": ("look for mistakes and build nothing", cli_help.CHECK, _check),
    "preview": (
        "show a booklet in a browser, up to date while you write",
        cli_help.PREVIEW,
        _preview,
    ),
    "import": ("make drafts of Word files, web pages and texts", cli_help.IMPORT, _import),
    "new": ("begin a booklet", cli_help.NEW, _new),
    "verify": ("prove what finished files are", cli_help.VERIFY, _verify),
    "checklist": (
        "print the points that a person must check and sign",
        cli_help.CHECKLIST,
        _checklist,
    ),
    "worksheet": (
        "write worksheets for judging how clear a booklet is",
        cli_help.WORKSHEET,
        _worksheet,
    ),
    "list": ("show the booklets, editions and clinics", cli_help.LIST, _list),
    "rules": ("say what each rule asks for, and why", cli_help.RULES, _rules),
    "which": ("say which text a booklet code stands for", cli_help.WHICH, _which),
    "cache": ("show, prune or verify what builds have kept", cli_help.CACHE, _cache),
    "lock-disclaimer": ("lock the disclaimers as they now are", cli_help.LOCK, _common),
    "doctor": ("show what is installed and what is missing", cli_help.DOCTOR, _common),
}
