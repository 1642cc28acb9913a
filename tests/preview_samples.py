"""A preview without a browser or a layout engine: a small source, and a view made by hand."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from booklet.editions import Artifact, edition
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.preview.desk import Desk, Printed, Sight, Stage, View
from booklet.preview.routes import Answer, Asked, Routes
from booklet.preview.work import Chapter, Ebook, Sheet
from booklet.preview.workshop import Wish, Workshop
from tests import epub_samples
from tests.processes import BASE

HOST = "127.0.0.1:8420"
ROW = edition("large-a4")
SIGHT = Sight("tiny", ROW.id)
TODAY = date(2027, 1, 1)
PAGE = "EPUB/first.xhtml"
HEARD = ("heading level 1: First steps", "Drink a glass of water every morning.")


def source(folder: Path, *names: str) -> Path:
    """Lay out the smallest booklet, and copies of it under these names."""
    shutil.copytree(BASE / "source", folder / "source")
    for name in names:
        target = Path(shutil.copytree(folder / "source" / "tiny", folder / "source" / name))
        settings = target / "booklet.yaml"
        text = settings.read_text(encoding="utf-8").replace("id: tiny", f"id: {name}")
        settings.write_text(text, encoding="utf-8")
    return folder / "source"


def finding(line: int = 3, column: int = 1, file: str = "source/tiny/01-first.md") -> Finding:
    """An error at a place of the source."""
    return found("ASSET-001", Span(file, line, column), "There is no picture <here>.")


def view(**changes: object) -> View:
    """A view of the smallest booklet: one page, one chapter, no findings, all settled."""
    pdf = epub_samples.printed()
    printed = Artifact(ROW, "tiny-A4.pdf", ROW.media_type, pdf, "a" * 64, pages=1)
    bound = epub_samples.artifact(epub_samples.book())
    files = {PAGE: b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "EPUB/dot.svg": b"<svg/>"}
    types = {PAGE: "application/xhtml+xml", "EPUB/dot.svg": "image/svg+xml"}
    chapters = (Chapter(PAGE, "First steps", "First steps Drink a glass of water"),)
    known: dict[str, object] = {
        "sight": SIGHT,
        "title": "Tiny & small",
        "stage": Stage.READY,
        "printed": Printed(ROW, printed, (Sheet("1", 595.0, 842.0, HEARD),)),
        "ebook": Ebook(bound, files, types, chapters),
        "seconds": 1.25,
    }
    return View(**{**known, **changes})  # type: ignore[arg-type]  # checked by the class itself


class Preview:
    """All of a preview but its server and its worker."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.source = source(folder, *names)
        self.desk = Desk()
        wish = Wish(self.source, TODAY, ROW, clock=lambda: 0.0)
        self.workshop = Workshop(wish, self.desk)
        self.routes = Routes(wish, self.desk, self.workshop, frozenset({HOST}), patience=0)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask as a browser does."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.routes.answer(Asked(method, path, {"host": HOST, **named}))
