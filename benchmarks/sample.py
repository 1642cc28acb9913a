"""Our own sample enters; the same words as larger booklets, catalogues and plain Markdown leave."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = "stem-cell-therapy-for-stroke"
TODAY = "2026-11-23"


def project(folder: Path, booklets: int, chapters: int | None = None) -> Path:
    """Lay out so many copies of the sample, with its own chapters or so many, again and again."""
    shutil.copytree(PROJECT / "source", folder / "source")
    first = folder / "source" / SAMPLE
    own = sorted(first.glob("[0-9]*.md"))
    for number in range(len(own), chapters or 0):
        again = own[number % len(own)]
        name = f"{number + 1:02d}-again-{again.name[3:]}"
        (first / name).write_text(_other(again.read_text("utf-8"), number + 1), "utf-8")
        settings = first / "booklet.yaml"
        # The settings list the chapters in their order.
        words = settings.read_text("utf-8").replace("\nquestions:", f"\n  - {name}\nquestions:")
        settings.write_text(words, "utf-8")
    for number in range(2, booklets + 1):
        name = f"{SAMPLE}-{number}"
        shutil.copytree(first, first.with_name(name))
        settings = first.with_name(name) / "booklet.yaml"
        words = settings.read_text("utf-8").replace(f"id: {SAMPLE}", f"id: {name}")
        settings.write_text(words, "utf-8")
    return folder


def _other(words: str, number: int) -> str:
    """Return a chapter with a title and ids of its own."""
    words = re.sub(r"^id: (.*)$", rf"id: \1-{number}", words, flags=re.MULTILINE)
    return re.sub(r"^# (.*)$", rf"# \1 ({number})", words, count=1, flags=re.MULTILINE)


def plain_markdown(words: str) -> str:
    """Return a chapter as other programs understand it; no word is lost but the marks' own."""
    words = re.sub(r"\[\]\(source:[^)]*\)", "", words)
    words = re.sub(r"(?<!!)\[([^\]]*)\]\((?:term:|source:|#)[^)]*\)", r"\1", words)
    words = re.sub(r"^:{3,}\w[\w-]*[ \t]*(.*)$", _title, words, flags=re.MULTILINE)
    return re.sub(r"^:{3,}[ \t]*$", "", words, flags=re.MULTILINE)


def _title(found: re.Match[str]) -> str:
    return f"**{found[1]}**\n" if found[1] else ""


def export(folder: Path) -> None:
    """Write the booklet of a project as ``book.md`` with its pictures, and ``book.css``."""
    booklet = folder / "source" / SAMPLE
    chapters = [
        plain_markdown(path.read_text("utf-8")) for path in sorted(booklet.glob("[0-9]*.md"))
    ]
    (folder / "book.md").write_text("\n\n".join(chapters), "utf-8")
    shutil.copytree(booklet / "images", folder / "images", dirs_exist_ok=True)
    (folder / "book.css").write_text(
        "@page { size: A4; margin: 25mm } body { font-size: 18pt; line-height: 1.5 }", "utf-8"
    )
