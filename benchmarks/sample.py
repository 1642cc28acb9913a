"""Our own sample enters; the same words as larger booklets and as catalogues leave."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = "stem-cell-therapy-for-stroke"
TODAY = "2026-11-23"


def project(folder: Path, booklets: int, chapters: int | None = None) -> Path:
    """Lay out so many copies of the sample, with its own chapters or so many, again and again."""
    shutil.copytree(PROJECT / "source", folder / "source", ignore=_other_booklets)
    first = folder / "source" / SAMPLE
    own = chapters_of(folder)
    for number in range(len(own), chapters or 0):
        again = own[number % len(own)]
        name = f"{number + 1:02d}-again-{number // len(own)}-{again.name[3:]}"
        (first / name).write_text(_other(again.read_text("utf-8"), number + 1), "utf-8")
        settings = first / "booklet.yaml"
        # The settings list the chapters in their order.
        words = settings.read_text("utf-8").replace("\nquestions:", f"\n  - {name}\nquestions:")
        settings.write_text(words, "utf-8")
    _copy(first, booklets)
    return folder


def chapters_of(folder: Path) -> list[Path]:
    """Return the files with the chapters of a project's first booklet, in their order."""
    booklet = min((folder / "source").glob("*/booklet.yaml")).parent
    return sorted(booklet.glob("[0-9]*.md"))


def small(folder: Path, booklets: int) -> Path:
    """Lay out so many copies of the smallest booklet that is whole."""
    shutil.copytree(PROJECT / "tests" / "cases" / "_base", folder)
    _copy(folder / "source" / "tiny", booklets)
    return folder


def change(chapter: Path) -> None:
    """Add a sentence to a chapter."""
    with chapter.open("a", encoding="utf-8") as file:
        file.write("\nAsk your care team.\n")


def _other_booklets(folder: str, names: list[str]) -> list[str]:
    """Name the booklets of a source folder that are not the sample."""
    return [
        name for name in names if name != SAMPLE and Path(folder, name, "booklet.yaml").is_file()
    ]


def _copy(first: Path, booklets: int) -> None:
    """Make copies of a booklet's folder until there are so many, each with an id of its own."""
    for number in range(2, booklets + 1):
        name = f"{first.name}-{number}"
        shutil.copytree(first, first.with_name(name))
        settings = first.with_name(name) / "booklet.yaml"
        words = settings.read_text("utf-8").replace(f"id: {first.name}", f"id: {name}")
        settings.write_text(words, "utf-8")


def _other(words: str, number: int) -> str:
    """Return a chapter with a title and ids of its own."""
    words = re.sub(r"^id: (.*)$", rf"id: \1-{number}", words, flags=re.MULTILINE)
    return re.sub(r"^# (.*)$", rf"# \1 ({number})", words, count=1, flags=re.MULTILINE)
