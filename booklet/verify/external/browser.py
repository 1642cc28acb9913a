"""EPUB files in, what a real browser (Chromium) shows of each out: a result and findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from booklet.editions import EPUB, Expectation, ToolResult
from booklet.verify.epub_book import Book, UnreadableBookError, open_book
from booklet.verify.external.browser_judge import SETTINGS, THEMES, WIDE, Page, judge, told
from booklet.verify.external.machine import Machine, look, missing_browser
from booklet.verify.external.run import (
    Checked,
    Done,
    not_checked,
    run,
    seconds_for,
    staged,
)

TOOL = "Browser (Chromium)"
PAGE_SECONDS = 60.0
"""Time that one step on one page may take, far more than the usual tenth of a second."""


def check_in_browser(
    paths: Sequence[Path],
    *,
    machine: Machine | None = None,
    seconds: float | None = None,
    names: Mapping[Path, str] | None = None,
) -> Mapping[Path, Checked]:
    """Open every page of EPUB files in one Chromium: narrow, large, light, dark, by keyboard.

    ``seconds`` is the time allowed for all; ``names`` what findings call a file, its path if not
    given. A book without findings has passed; one that the browser did not finish is not checked.
    """
    machine = machine or look()
    missing = missing_browser(machine)
    if missing or machine.chromium is None:
        return _unchecked(paths, "; ".join(missing))
    with staged(paths, ".epub") as (folder, copies):
        books = {path: _opened(copy) for path, copy in copies.items()}
        readable = {path: book for path, book in books.items() if isinstance(book, Book)}
        results = {**_unchecked(paths, "there is no such file")}
        for path, book in books.items():
            if not isinstance(book, Book):
                results |= _unchecked([path], f"it cannot be opened: {book}")
        if readable:
            done = _driven(machine.chromium, folder, readable, copies, seconds)
            for path, book in readable.items():
                name = (names or {}).get(path, path.as_posix())
                results[path] = _verdict(name, book, _report_of(copies[path]), done)
        return results


def _unchecked(paths: Sequence[Path], reason: str) -> dict[Path, Checked]:
    return {path: Checked((result,)) for path, result in not_checked(TOOL, paths, reason).items()}


def _opened(copy: Path) -> Book | str:
    """Open a book, knowing nothing of what it should hold."""
    nothing = Expectation(EPUB, copy.name, "", "", "", "", "")
    try:
        return open_book(copy.read_bytes(), nothing)
    except UnreadableBookError as error:
        return str(error)


def _driven(
    chromium: Path,
    folder: Path,
    books: Mapping[Path, Book],
    copies: Mapping[Path, Path],
    seconds: float | None,
) -> Done | str:
    task = folder / "task.json"
    rows = [_row(copies[path], book) for path, book in books.items()]
    task.write_text(json.dumps(_task(chromium, rows)), encoding="utf-8")
    program = Path(__file__).with_name("browser_drive.py")
    # -P: the folder of the program must not be searched for modules.
    command = [sys.executable, "-P", str(program), str(task)]
    # The browser's own folder goes with ours, also when it is stopped.
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return run(command, seconds or seconds_for(len(rows)), own)


def _task(chromium: Path, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    script = files("booklet.verify.external").joinpath("browser_measures.js")
    return {
        "chromium": str(chromium),
        "script": script.read_text(encoding="utf-8"),
        "milliseconds": PAGE_SECONDS * 1000,
        "wide": WIDE,
        "themes": [{"name": n, "scheme": scheme, "css": css} for n, scheme, css in THEMES],
        "settings": [{"name": n, "width": width, "css": css} for n, width, css in SETTINGS],
        "books": rows,
    }


def _row(copy: Path, book: Book) -> dict[str, Any]:
    return {
        "file": str(copy),
        "report": str(_report_of(copy)),
        "types": {item.path: item.media_type for item in book.items},
        "pages": _pages(book),
    }


def _pages(book: Book) -> list[str]:
    """Return every page of the reading order once, the linear ones and the others."""
    return [
        path for path in dict.fromkeys(place.path for place in book.spine) if path in book.files
    ]


def _report_of(copy: Path) -> Path:
    return copy.with_suffix(".browser.json")


def _verdict(name: str, book: Book, report: Path, done: Done | str) -> Checked:
    measures = _measures(report)
    if measures is None or list(measures) != _pages(book) or not measures:
        reason = done if isinstance(done, str) else done.reason()
        return Checked((ToolResult(TOOL, "not checked", f"it did not finish: {reason}"),))
    languages = book.named("language")
    pages = [Page(f"{name}/{path}", languages, measures[path]) for path in measures]
    findings = judge(pages)
    detail = f"{_version(done)}: {told(pages)}; {len(findings)} findings"
    outcome = ToolResult(TOOL, "failed" if findings else "passed", detail)
    return Checked((outcome,), findings)


def _measures(report: Path) -> dict[str, Any] | None:
    """Return the measures of a book that was gone through to its end."""
    try:
        measures = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return measures if isinstance(measures, dict) else None


def _version(done: Done | str) -> str:
    records = () if isinstance(done, str) else done.records
    number = next((record[1] for record in records if record[0] == "version"), "")
    return f"Chromium {number}".strip()
