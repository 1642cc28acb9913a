"""``import``: a file or folder of another program goes in; drafts and their reports come out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet import importers
from booklet.cli_project import show, shown, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK, BookletError, UsageError
from booklet.importers import Draft
from booklet.importers.report import kept_lines
from booklet.report import count, data_to_json, printable
from booklet.source import SourceTree


@dataclass(frozen=True, slots=True)
class _Made:
    """A draft that is on the disk, as it is shown."""

    draft: Draft
    folder: str


def run(arguments: argparse.Namespace) -> int:
    """Import, tell what became of it and return the exit code. Raises BookletError."""
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    SourceTree.open(source)
    if os.path.isdir(arguments.file):
        return _folder(arguments, source, here)
    made = _one(arguments.file, arguments.name or "", source, here)
    _answer(arguments, [made], [])
    return EXIT_OK


def _folder(arguments: argparse.Namespace, source: Path, here: Path) -> int:
    """Import each file of a folder; one that cannot be imported does not stop the others."""
    if arguments.name:
        hint = "Each booklet gets its name from its file."
        raise UsageError("--name is for one file", where=str(arguments.file), hint=hint)
    made: list[_Made] = []
    refused: list[BookletError] = []
    taken: set[str] = set()
    for file in importers.files_in(arguments.file):
        try:
            made.append(_one(file, _free_name(file, taken), source, here))
        except BookletError as fault:
            refused.append(fault)
    _answer(arguments, made, refused)
    return EXIT_CONTENT if refused else EXIT_OK


def _free_name(file: Path, taken: set[str]) -> str:
    """Return a name that no other file has: leaflet.docx may lie beside leaflet.md."""
    first = name = importers.booklet_id(file.stem)
    number = 1
    while name in taken:
        number += 1
        name = f"{first}-{number}"
    taken.add(name)
    return name


def _one(file: Path, name: str, source: Path, here: Path) -> _Made:
    try:
        draft = importers.draft_of(file, name)
        folder = importers.place(source, draft.id, draft.files)
    except BookletError as fault:
        fault.where = fault.where or str(file)
        raise
    return _Made(draft, shown(folder, here).as_posix())


# ---------------------------------------------------------------------------- the words


def _answer(
    arguments: argparse.Namespace, made: Sequence[_Made], refused: Sequence[BookletError]
) -> None:
    if arguments.format == "json":
        show(_json(made, refused))
        return
    lines = [line for item in made for line in _lines(item, quiet=arguments.quiet)]
    lines += [f"NOT IMPORTED: {fault.line()}" for fault in refused]
    if not arguments.quiet:
        lines += _summary(made, refused)
    show("".join(f"{printable(line)}\n" for line in lines))


def _lines(made: _Made, *, quiet: bool) -> list[str]:
    draft, ledger = made.draft, made.draft.ledger
    lines = [f'{made.folder} is a draft of "{draft.title}", from {draft.origin}.']
    if quiet:
        return lines
    lines.append(f"  kept: {', '.join(kept_lines(ledger)) or 'nothing'}")
    if ledger.changed:
        simpler = (f"{what} ({number})" for what, number in sorted(ledger.changed.items()))
        lines.append(f"  made simpler: {', '.join(simpler)}")
    if draft.guesses:
        lines.append(
            f"  guessed: {count(len(draft.guesses), 'place')}, marked CHECK in the chapters"
        )
    dropped = (f"{number} x {what}" for what, number in ledger.drops().items())
    lines.append(f"  dropped: {', '.join(dropped) or 'nothing'}")
    lines.append(f"  all of it in words: {made.folder}/{importers.REPORT}")
    return lines


def _summary(made: Sequence[_Made], refused: Sequence[BookletError]) -> list[str]:
    lines: list[str] = []
    if refused:
        lines.append(f"{count(len(refused), 'file')} could not be imported.")
    if made:
        which = made[0].draft.id if len(made) == 1 else ""
        what = "A draft" if len(made) == 1 else f"{len(made)} drafts were made. A draft"
        command = f"make_booklet.py check {which}".strip()
        lines.append(f"{what} cannot be built until a person has finished it: {command}")
    return lines


def _json(made: Sequence[_Made], refused: Sequence[BookletError]) -> str:
    drafts: list[dict[str, Any]] = [
        {
            "id": item.draft.id,
            "title": item.draft.title,
            "origin": item.draft.origin,
            "folder": item.folder,
            "files": sorted(item.draft.files),
            "kept": dict(item.draft.ledger.kept),
            "changed": dict(item.draft.ledger.changed),
            "decisions": list(item.draft.ledger.decisions),
            "guesses": [
                {"file": guess.file, "line": guess.line, "question": guess.question}
                for guess in item.draft.guesses
            ],
            "dropped": [{"what": d.what, "words": d.words} for d in item.draft.ledger.dropped],
        }
        for item in made
    ]
    faults = [{"message": f.message, "where": f.where, "hint": f.hint} for f in refused]
    code = EXIT_CONTENT if refused else EXIT_OK
    return data_to_json("import", code, drafts=drafts, refused=faults)
