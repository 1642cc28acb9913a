"""``list``: a source folder goes in; its booklets, the editions and the clinics come out."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from booklet import build, readers
from booklet.cli_project import show, source_folder
from booklet.editions import EDITIONS, PAPERS, PRESETS, refusal
from booklet.errors import EXIT_OK
from booklet.report import data_to_json, printable
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Print what there is and return 0. Raises BookletError."""
    source = source_folder(arguments.source, Path.cwd())
    drafts = build.survey(build.Request(source, source, date.today()))
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
    lines += ["Editions:", *(f"  {row['id']}: {row['name']}" for row in editions)]
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
