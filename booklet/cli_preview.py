"""``preview``: a source folder goes in; a browser shows it until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import sys
import time
import webbrowser
from datetime import date
from pathlib import Path

from booklet import choices, preview
from booklet.cli_interrupt import arrived
from booklet.cli_project import is_terminal, show, source_folder
from booklet.editions import EPUB, Edition, edition
from booklet.errors import EXIT_OK, UsageError
from booklet.survey import EVERY_CLINIC


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C, which is how it is meant to end, and return 0. Raises BookletError."""
    wish = preview.Wish(
        source=source_folder(arguments.source, Path.cwd()),
        today=arguments.today or date.today(),
        printed=_printed(arguments.edition),
        clock=time.monotonic,
        clinic=_clinic(arguments.clinic),
    )
    is_open = is_terminal(sys.stdout) and not arguments.no_open
    try:
        preview.preview(
            wish,
            arguments.booklet or "",
            arguments.port,
            lambda address: _ready(address, is_open=is_open),
        )
    except KeyboardInterrupt:
        arrived()
    show("\nThe preview has ended.\n")
    return EXIT_OK


def _printed(asked: str | None) -> Edition:
    """Return the edition whose pages are shown; for the e-book, the one that it is made from."""
    rows = choices.editions([asked], None) if asked else ()
    return next((row for row in rows if row.format == "pdf"), edition(EPUB.made_from))


def _clinic(asked: list[str]) -> str:
    if len(asked) > 1 or EVERY_CLINIC in asked:
        hint = "Name one with --clinic, or leave it out."
        raise UsageError("the preview shows one clinic at a time.", hint=hint)
    return asked[0] if asked else ""


def _ready(address: str, *, is_open: bool) -> None:
    show(f"The preview is at {address}\nSave a file to see what changes. Ctrl-C ends it.\n")
    if is_open and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    """False where only a browser within the terminal could be opened, on top of our own words."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
