"""Titles and file names enter; names that are safe on every system and unique leave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from booklet.errors import UsageError
from booklet.importers.outline import Chapter
from booklet.importers.parts import Block, Heading, Run, plain
from booklet.model import BackPart
from booklet.output import RESERVED
from booklet.source import NOT_BOOKLETS

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 48
# Pages of the booklet that have an id of their own.
_TAKEN = frozenset(
    {"before-you-read", "emergency", "key-messages", "contents", "disclaimer", *BackPart}
)


def slug(text: str, longest: int = LONGEST) -> str:
    """Return words as small letters, digits and hyphens; empty when nothing is left."""
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain_text).strip("-")
    name = re.sub(r"^[0-9-]+", "", name)
    return name[:longest].rpartition("-")[0] or name[:longest] if len(name) > longest else name


def booklet_id(text: str) -> str:
    """Return an id for a booklet made of a file's name."""
    name = slug(text) or "imported-booklet"
    unsafe = RESERVED.fullmatch(name) or name in NOT_BOOKLETS
    return f"{name}-booklet" if unsafe else name


def checked_id(name: str) -> str:
    """Return an id that a person chose. Raises UsageError when it cannot be one."""
    if not ID.fullmatch(name) or len(name) > 64:
        hint = f"Use small letters, digits and hyphens, such as {booklet_id(name)}."
        raise UsageError(f"'{name}' cannot be the name of a booklet", hint=hint)
    if RESERVED.fullmatch(name) or name in NOT_BOOKLETS:
        hint = f"Choose another, such as {booklet_id(name)}."
        raise UsageError(f"the name '{name}' is used for something else", hint=hint)
    return name


def chapter_files(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Return a file name for each chapter, such as ``03-what-helps.md``; the ids are unique."""
    seen = set(_TAKEN)
    names: list[str] = []
    for number, chapter in enumerate(chapters, start=1):
        name = _free(slug(plain(chapter.title), 40) or "chapter", seen)
        names.append(f"{number:02}-{name}.md")
    return tuple(names)


def link_ids(chapters: Sequence[Chapter], files: Sequence[str]) -> dict[str, str]:
    """Return ids of the draft for the names of the file that some link leads to."""
    wanted = {run.href[1:] for run in _runs(chapters) if run.href.startswith("#")}
    ids: dict[str, str] = {}
    seen = {*_TAKEN, *(file[3:-3] for file in files)}
    for chapter, file in zip(chapters, files, strict=True):
        for name in chapter.names:
            ids.setdefault(name, file[3:-3])
        for block in chapter.blocks:
            if isinstance(block, Heading) and wanted.intersection(block.names) - ids.keys():
                chosen = _free(slug(plain(block.runs), 40) or "part", seen)
                ids.update((name, chosen) for name in block.names if name not in ids)
    return ids


def _free(name: str, seen: set[str]) -> str:
    number, free = 1, name
    while free in seen:
        number += 1
        free = f"{name}-{number}"
    seen.add(free)
    return free


def _runs(chapters: Sequence[Chapter]) -> Iterable[Run]:
    for chapter in chapters:
        yield from chapter.title
        for block in chapter.blocks:
            yield from runs_of(block)


def runs_of(block: Block) -> Iterable[Run]:
    """Return all runs of a block and of what stands in it."""
    yield from getattr(block, "runs", ())
    yield from getattr(block, "title", ())
    yield from getattr(block, "caption", ())
    for row in getattr(block, "rows", ()):
        for cell in row:
            yield from cell
    for inner in getattr(block, "blocks", ()):
        yield from runs_of(inner)
    for item in getattr(block, "items", ()):
        yield from getattr(item, "runs", ())
        for inner in item.blocks:
            yield from runs_of(inner)
