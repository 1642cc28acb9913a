"""``list``: a source folder goes in; its booklets, the editions and the clinics come out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from booklet import build, due, manifest, output, readers
from booklet.cli_project import output_folder, show, shown, source_folder
from booklet.editions import EDITIONS, PAPERS, PRESETS, refusal
from booklet.errors import EXIT_CONTENT, EXIT_OK
from booklet.report import count, data_to_json, printable
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Print what there is and return 0; with ``--due`` 1 when something is. Raises BookletError."""
    source = source_folder(arguments.source, Path.cwd())
    today = arguments.today or date.today()
    drafts = build.survey(build.Request(source, source, today))
    if arguments.due is not None:
        return _due(arguments, source, drafts, today)
    booklets = [_booklet(draft) for draft in drafts]
    editions = [{"id": row.id, "family": row.family, "name": row.name} for row in EDITIONS]
    tree = SourceTree.open(source)
    clinics = [_clinic(tree, name) for name in readers.clinics(tree)]
    if arguments.format == "json":
        show(
            data_to_json(
                "list",
                EXIT_OK,
                booklets=booklets,
                editions=editions,
                not_offered=_refused(),
                clinics=clinics,
            )
        )
    else:
        show(_text(booklets, editions, clinics))
    return EXIT_OK


def _due(
    arguments: argparse.Namespace, source: Path, drafts: tuple[build.Draft, ...], today: date
) -> int:
    """Print what is due, and return 1 if anything is."""
    out = shown(output_folder(arguments.out, source), Path.cwd())
    built = manifest.load(output.read(out, manifest.NAME))
    rows = due.due(SourceTree.open(source), drafts, built, today)
    now = due.within(rows, arguments.due)
    code = EXIT_CONTENT if now else EXIT_OK
    if arguments.format == "json":
        said = {"today": today.isoformat(), "days": arguments.due}
        show(data_to_json("list", code, **said, due=[asdict(row) for row in now]))
    else:
        later = next((row for row in rows if row not in now), None)
        lines = [line for row in now for line in _due_lines(row, out)]
        lines.append(_due_summary(len(now), arguments.due, later))
        show("".join(f"{printable(line)}\n" for line in lines))
    return code


def _due_lines(row: due.Due, out: Path) -> Iterator[str]:
    """Yield what is to be done for a booklet, and with which files."""
    whose = f'{row.booklet} ("{row.title}", version {row.version})'
    if row.reason == "unreadable":
        yield f"{row.date}  {row.booklet}: has mistakes, so its review date is not known."
        yield "  Put them right first; see the check command."
    elif row.reason == "reprint":
        yield f"{row.date}  {whose}: changed since these files were built."
        yield "  Build it again and print again:"
    else:
        yield f"{row.date}  {whose}: {_when(row.days)}."
        yield "  Have it reviewed, set a new review_by and build it again" + (
            ". Then print again:" if row.files else "."
        )
    if row.reason != "unreadable":
        yield from (f"    {(out / file).as_posix()}" for file in row.files)


def _when(days: int) -> str:
    if days < 0:
        return f"the review is overdue by {count(-days, 'day')}; hand out no more copies"
    return f"the review is due in {count(days, 'day')}" if days else "the review is due today"


def _due_summary(number: int, days: int, later: due.Due | None) -> str:
    span = count(days, "day")
    said = f"Due within {span}: {number}." if number else f"Nothing is due within {span}."
    return f"{said} The next is {later.booklet}, on {later.date}." if later else said


def _booklet(draft: build.Draft) -> dict[str, Any]:
    meta = draft.booklet.meta if draft.booklet else None
    return {
        "id": draft.id,
        "title": meta.title if meta else "",
        "language": meta.language if meta else "",
        "version": meta.version if meta else "",
        "review_by": meta.review_by if meta else "",
    }


def _refused() -> list[dict[str, str]]:
    """Return the sizes of print that a paper is too small for, with the reason."""
    return [
        {"id": f"{preset.id}-{paper.id}", "reason": reason}
        for preset in PRESETS
        for paper in PAPERS
        if (reason := refusal(preset, paper))
    ]


def _clinic(tree: SourceTree, clinic_id: str) -> dict[str, str]:
    clinic = readers.read_profile(tree, clinic_id)
    if clinic is None:
        return {"id": clinic_id, "name": "", "phone": ""}
    return {"id": clinic_id, "name": clinic.name, "phone": clinic.phone}


def _text(
    booklets: list[dict[str, Any]], editions: list[dict[str, str]], clinics: list[dict[str, str]]
) -> str:
    lines = ["Booklets:", *map(_line, booklets)]
    folded = [row.id for row in EDITIONS if row.for_folding and row.format != "press"]
    pressed = [row.id for row in EDITIONS if row.format == "press"]
    shown = {row["id"]: f"  {row['id']}: {row['name']}" for row in editions}
    lines += ["Editions:", *(shown[row.id] for row in EDITIONS if not row.for_folding)]
    lines += ["With --impose, to print and fold:", *(shown[name] for name in folded)]
    lines += ["With --press, for a print shop:", *(shown[name] for name in pressed)]
    lines += ["Not offered:", *(f"  {row['id']}: {row['reason']}" for row in _refused())]
    lines += ["Clinics:", *(map(_clinic_line, clinics) if clinics else ["  (none)"])]
    return "".join(f"{printable(line)}\n" for line in lines)


def _clinic_line(row: dict[str, str]) -> str:
    if not row["name"]:
        return f"  {row['id']}: has mistakes, see check --clinic {row['id']}"
    return f"  {row['id']}: {row['name']}, {row['phone']}"


def _line(row: dict[str, Any]) -> str:
    if not row["title"]:
        return f"  {row['id']}: has mistakes, see the check command"
    said = f"{row['title']} ({row['language']}, version {row['version']}"
    return f"  {row['id']}: {said}, review by {row['review_by']})"
