"""``worksheet``: a booklet goes in; worksheets for a person to fill in come out, as HTML files."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from booklet import checks, survey
from booklet.cli_project import output_folder, save, show, shown, source_folder
from booklet.errors import EXIT_OK, UsageError
from booklet.report import data_to_json
from booklet.worksheet import KINDS, to_html


def run(arguments: argparse.Namespace) -> int:
    """Write the worksheets and return 0. Raises BookletError."""
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    today = date.today()
    request = survey.Request(source, source, today, booklets=(arguments.booklet,))
    (draft,) = survey.survey(request)
    if draft.booklet is None:
        raise UsageError(
            "this booklet has mistakes that must be put right first",
            where=arguments.booklet,
            hint=f"See: make_booklet.py check {arguments.booklet}",
        )
    # What is switched off is counted here all the same: a worksheet shows how the text is.
    findings = checks.run(draft.booklet, checks.Policy(), today)
    folder = shown(output_folder(arguments.out, source), here) / draft.id
    written = []
    for kind in [arguments.kind] if arguments.kind else KINDS:
        path = folder / f"{draft.id}_worksheet-{kind}.html"
        save(path, to_html(kind, draft.booklet, findings))
        written.append(path.as_posix())
    if arguments.format == "json":
        show(data_to_json("worksheet", EXIT_OK, booklet=draft.id, worksheets=written))
    else:
        show("".join(f"{path} is written.\n" for path in written))
    return EXIT_OK
