"""The commands: name, what each does, its examples and the options that only it has."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from booklet import cli_help, cli_options, cli_values

PORT = 8420
# Days in which a review can be done; the checks warn as long before.
DUE_DAYS = 60


def _check(command: ArgumentParser) -> None:
    cli_options.choosing(command)
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
    cli_options.reports(command)


def _build(command: ArgumentParser) -> None:
    cli_options.choosing(command)
    cli_options.editions(command)
    cli_options.folding(command)
    cli_options.press(command)
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
    command.add_argument(
        "--timings",
        action="store_true",
        help="say at the end where the time went, stage by stage, and which editions were slow",
    )
    either = command.add_mutually_exclusive_group()
    either.add_argument(
        "--keep-going",
        action="store_true",
        help="build all other booklets when one cannot be built (this is what happens anyway)",
    )
    either.add_argument(
        "--fail-fast",
        action="store_true",
        help="begin no other booklet after the first that cannot be built",
    )
    cli_options.reports(command)


def _import(command: ArgumentParser) -> None:
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
    cli_options.common(command)


def _verify(command: ArgumentParser) -> None:
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
    cli_options.built(command)
    command.add_argument(
        "--no-report", action="store_true", help="write no report beside the files"
    )
    cli_options.quiet(command)
    cli_options.common(command)


def _checklist(command: ArgumentParser) -> None:
    command.add_argument("booklet", metavar="BOOKLET", help="a folder's name in source/")
    cli_options.editions(command)
    cli_options.clinic(command)
    command.add_argument(
        "--write",
        action="store_true",
        help="write it beside the booklet's source, as conformance.yaml, if there is none yet",
    )
    cli_options.common(command)


def _worksheet(command: ArgumentParser) -> None:
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
    cli_options.common(command)


def _preview(command: ArgumentParser) -> None:
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
    cli_options.clinic(command)
    command.add_argument(
        "--port",
        type=cli_values.port,
        default=PORT,
        metavar="N",
        help=f"listen on this port, 0 for any free one (default: {PORT})",
    )
    command.add_argument("--no-open", action="store_true", help="open no browser")
    cli_options.today(command)
    cli_options.source(command)
    command.set_defaults(format="text")


def _list(command: ArgumentParser) -> None:
    command.add_argument(
        "--due",
        nargs="?",
        type=cli_values.days,
        const=DUE_DAYS,
        metavar="DAYS",
        help=f"what must be reviewed and printed again within DAYS days (default: {DUE_DAYS})",
    )
    cli_options.today(command)
    cli_options.built(command)
    cli_options.common(command)


def _new(command: ArgumentParser) -> None:
    command.add_argument(
        "name", nargs="?", metavar="NAME", help="the name of its folder in source/"
    )
    for name, (metavar, words) in NEW_OPTIONS.items():
        command.add_argument(f"--{name}", metavar=metavar, help=words)
    command.add_argument(
        "--yes", action="store_true", help="ask nothing: take the usual answer for what is left out"
    )
    cli_options.today(command)
    cli_options.common(command)


def _rules(command: ArgumentParser) -> None:
    command.add_argument(
        "rules",
        nargs="*",
        metavar="RULE",
        help="a rule such as MD-020, or an area such as MD (default: a list of all)",
    )
    cli_options.common(command)


def _which(command: ArgumentParser) -> None:
    command.add_argument("code", nargs="+", metavar="CODE", help="the code as it is printed")
    cli_options.built(command)
    cli_options.common(command)


def _cache(command: ArgumentParser) -> None:
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
    cli_options.built(command)
    cli_options.common(command)


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
COMMANDS: dict[str, tuple[str, str, Callable[[ArgumentParser], None]]] = {
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
    "lock-disclaimer": ("lock the disclaimers as they now are", cli_help.LOCK, cli_options.common),
    "doctor": ("show what is installed and what is missing", cli_help.DOCTOR, cli_options.common),
}
