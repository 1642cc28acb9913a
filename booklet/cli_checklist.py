"""``checklist``: a booklet goes in; what a person must check and sign for it comes out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any

from booklet import build, choices, criteria
from booklet.cli_project import show, shown, source_folder
from booklet.editions import Edition
from booklet.errors import EXIT_OK, MachineError, UsageError
from booklet.model import Booklet
from booklet.readers.signature import NAME
from booklet.report import data_to_json

_WIDTH = 92
_HEAD = """\
# Checklist for "{title}", version {version}.
#
# 1. Build the booklet, then run: make_booklet.py verify --full
# 2. Look at each point below in the finished file. Is it right? Then change "no" to "yes". If not,
#    put the booklet right and begin with a new checklist.
# 3. When every point says yes, write your name or role behind "signed_by" and the day behind
#    "date", such as 2026-11-22. The e-book prints what you write; a role will do.
# 4. Keep this as {place} and build again.
#
# The number behind "content" stands for the words and pictures you looked at. When they change,
# the signature no longer counts: make a new checklist.
signatures:
"""


def run(arguments: argparse.Namespace) -> int:
    """Print or write a checklist and return 0. Raises BookletError."""
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    booklet = _booklet(source, arguments)
    asked = choices.editions(arguments.edition, arguments.paper)
    rows = [row for row in asked if criteria.points(row.format)]
    place = shown(source, here) / booklet.meta.id / NAME
    text = _text(booklet, rows, place.as_posix())
    if arguments.write:
        _write(place, text)
    if arguments.format == "json":
        show(_json(booklet, rows, place.as_posix() if arguments.write else ""))
    else:
        show(f"{place.as_posix()} is written.\n" if arguments.write else text)
    return EXIT_OK


def _booklet(source: Path, arguments: argparse.Namespace) -> Booklet:
    asked, clinics = (arguments.booklet,), tuple(arguments.clinic)
    request = build.Request(source, source, date.today(), booklets=asked, clinics=clinics)
    draft, *more = build.survey(request)
    if more:
        hint = "Name one with --clinic, or leave it out."
        raise UsageError("a checklist is signed for one clinic at a time.", hint=hint)
    if draft.booklet is None:
        raise UsageError(
            "this booklet has mistakes that must be put right first",
            where=arguments.booklet,
            hint=f"See: make_booklet.py check {arguments.booklet}",
        )
    return draft.booklet


def _write(place: Path, text: str) -> None:
    try:
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(
            "there is a checklist already",
            where=place.as_posix(),
            hint="Rename it or take it away, or leave out --write and copy what you need.",
        ) from error
    except OSError as error:
        raise MachineError(
            f"this cannot be written: {error.strerror or error}", where=place.as_posix()
        ) from error


# ---------------------------------------------------------------------------- the words


def _text(booklet: Booklet, rows: list[Edition], place: str) -> str:
    meta = booklet.meta
    # A title may hold anything; a comment must stay one line.
    title = " ".join(meta.title.split())
    parts = [_HEAD.format(title=title, version=meta.version, place=place)]
    for row in rows:
        parts += [f"{line}\n" for line in _signature(booklet, row)]
    return "".join(parts)


def _signature(booklet: Booklet, row: Edition) -> Iterator[str]:
    yield f"  # ---- {row.name}"
    yield f"  - edition: {row.id}"
    if booklet.clinic:
        yield f"    clinic: {booklet.clinic.id}"
    yield f'    content: "{booklet.digest}"'
    yield '    signed_by: ""'
    yield '    date: ""'
    yield "    points:"
    for point in criteria.points(row.format):
        margin = "      # "
        said = f"{point.name}. {point.how}"
        yield fill(said, _WIDTH, initial_indent=margin, subsequent_indent=margin)
        yield f"      {point.id}: no"


def _json(booklet: Booklet, rows: list[Edition], written: str) -> str:
    editions: list[dict[str, Any]] = [
        {
            "edition": row.id,
            "clinic": booklet.clinic.id if booklet.clinic else "",
            "content": booklet.digest,
            "points": [
                {"id": point.id, "name": point.name, "how": point.how}
                for point in criteria.points(row.format)
            ],
        }
        for row in rows
    ]
    return data_to_json(
        "checklist", EXIT_OK, booklet=booklet.meta.id, written=written, checklists=editions
    )
