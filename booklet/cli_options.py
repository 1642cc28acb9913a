"""A command's parser enters; the options that several commands share leave with it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from booklet import cli_values
from booklet.editions import CALIPER, PAPERS, SHEETS
from booklet.report import FORMATS


def source(command: ArgumentParser) -> None:
    """Where the source is."""
    command.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="the source folder (default: source/ here or in a folder above)",
    )


def common(command: ArgumentParser, formats: tuple[str, ...] = ("text", "json")) -> None:
    """The source, and how to answer."""
    source(command)
    command.add_argument(
        "--format",
        choices=formats,
        default="text",
        help=f"how to answer: text for people, {', '.join(formats[1:])} for programs",
    )


def clinic(command: ArgumentParser) -> None:
    """Whose profile is laid over the booklets."""
    command.add_argument(
        "--clinic",
        action="extend",
        type=cli_values.names,
        default=[],
        metavar="ID",
        help="with this clinic's details; several with commas, or all for each (default: none)",
    )


def today(command: ArgumentParser) -> None:
    """The day to judge by."""
    command.add_argument(
        "--today",
        type=cli_values.day,
        metavar="YYYY-MM-DD",
        help="take this as today's date when review dates are checked (default: today)",
    )


def quiet(command: ArgumentParser) -> None:
    """Findings only."""
    command.add_argument(
        "--quiet",
        action="store_true",
        help="print findings only: no progress, no summary",
    )


def editions(command: ArgumentParser) -> None:
    """Which editions, on which paper."""
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


def folding(command: ArgumentParser) -> None:
    """Sheets to print and fold."""
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


def press(command: ArgumentParser) -> None:
    """Files for a print shop."""
    command.add_argument(
        "--press",
        action="store_true",
        help="make files for a print shop (PDF/X-4, one ink, bleed and crop marks), and the pages"
        " they are made of",
    )


def choosing(command: ArgumentParser) -> None:
    """Which booklets, for whom, how strictly."""
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
    clinic(command)
    command.add_argument(
        "--strict", action="store_true", help="let warnings stop the build as errors do"
    )
    today(command)
    quiet(command)


def reports(command: ArgumentParser) -> None:
    """Reports and a baseline beside the answer."""
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
    common(command, FORMATS)


def built(command: ArgumentParser) -> None:
    """Where the built files are."""
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the built files are (default: output/ beside the source folder)",
    )
