"""``which``: a booklet code goes in; the text that it stands for and its files come out."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet import manifest, output, readers
from booklet.cli_project import output_folder, show, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK, UsageError
from booklet.report import data_to_json, printable
from booklet.source import SourceTree
from booklet.survey import Request, survey

_CODE = re.compile(r"(?:(?P<booklet>[^/\s]+)/(?P<version>[^/\s]+)/)?(?P<digest>[0-9a-f]{6,64})")


def run(arguments: argparse.Namespace) -> int:
    """Say which booklet a code was printed on; 0 when it is known. Raises BookletError."""
    code = "".join(arguments.code).casefold()
    asked = _CODE.fullmatch(code)
    if asked is None:
        hint = "It stands on the page About this booklet: name/version/letters and digits."
        raise UsageError(f"'{code}' is no booklet code", hint=hint)
    source = source_folder(arguments.source, Path.cwd())
    files = _files(asked["digest"], output_folder(arguments.out, source))
    now = _now(asked["digest"], source)
    known = bool(files or now)
    if arguments.format == "json":
        exit_code = EXIT_OK if known else EXIT_CONTENT
        show(data_to_json("which", exit_code, code=code, copies=files, sources=now))
        return exit_code
    show("".join(f"{printable(line)}\n" for line in _text(code, files, now)))
    return EXIT_OK if known else EXIT_CONTENT


def _files(digest: str, out: Path) -> list[dict[str, str]]:
    """Return the built files that carry this digest, from the list of what was built."""
    entries = manifest.load(output.read(out, manifest.NAME))
    return [
        {"file": entry.file, "booklet": entry.booklet, "version": entry.booklet_version}
        for entry in entries
        if entry.source_digest.startswith(digest)
    ]


def _now(digest: str, source: Path) -> list[dict[str, str]]:
    """Return the booklets whose source is this very text today, with any clinic's profile."""
    plain = Request(source, source, date.today())
    clinics = ("all",) if readers.clinics(SourceTree.open(source)) else ()
    drafts = (*survey(plain), *survey(replace(plain, clinics=clinics)))
    found = {
        (draft.id, draft.booklet.meta.version, draft.clinic)
        for draft in drafts
        if draft.booklet and draft.booklet.digest.startswith(digest)
    }
    return [
        {"booklet": name, "version": version, "clinic": clinic}
        for name, version, clinic in sorted(found)
    ]


def _text(code: str, files: list[dict[str, str]], now: list[dict[str, Any]]) -> list[str]:
    if not files and not now:
        return [
            f"{code}: not known here.",
            "It may be of an older version, or built elsewhere: look in your archive.",
        ]
    lines = [f"{row['file']}: version {row['version']}" for row in files]
    for row in now:
        clinic = f" for {row['clinic']}" if row["clinic"] else ""
        lines.append(f"The source of {row['booklet']}{clinic} is still this text.")
    if not now:
        lines.append("The source has been changed since.")
    return lines
