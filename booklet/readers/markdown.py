"""A chapter file goes in, a Section comes out; a line of settings goes in, its nodes come out.

Nothing here raises on any text: every mistake is a finding, and all are reported at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from booklet.findings import Finding, found, in_order
from booklet.model import Asset, Inline, Section, Span
from booklet.readers.md_desk import Desk, LoadAsset, NoteBook, Place
from booklet.readers.md_inline import read_line
from booklet.readers.md_notes import labels
from booklet.readers.md_parser import make_parser, parse
from booklet.readers.md_positions import Lines, split_lines
from booklet.readers.md_sections import read_sections
from booklet.readers.scope import Scope

MAX_LINES = 3_000
MAX_LINE = 4_000
"""A chapter's lines, and one line's characters: ten times what the longest real ones need."""

# What XML 1.0 cannot hold (section 2.2), other control characters, and the sign that stands for
# a character lost in a wrong conversion.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")


class ChapterFile(Protocol):
    """A file as the reader needs it: POSIX path below the project, and text."""

    @property
    def path(self) -> str:
        """POSIX path below the project."""
        ...

    @property
    def text(self) -> str:
        """The whole text."""
        ...


@dataclass(frozen=True, slots=True)
class ChapterRead:
    """A chapter, or None when there is no heading to make one of; findings sorted by place."""

    section: Section | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class InlineRead:
    """The inline nodes of one line, and findings sorted by place."""

    children: tuple[Inline, ...]
    findings: tuple[Finding, ...]


def read_chapter(
    file: ChapterFile, chapter_id: str, scope: Scope, load_asset: LoadAsset
) -> ChapterRead:
    """Read one chapter. ``load_asset`` is asked once for each picture, with its place."""
    rows = split_lines(file.text.removeprefix("\ufeff"))
    anchor = Span(file.path)
    findings = _check_size(rows, file.path)
    if findings:
        return ChapterRead(None, findings)
    rows, findings = _printable(rows, file.path)
    desk = Desk(chapter_id, scope, make_parser(), load_asset, list(findings))
    nodes = parse(desk.parser, "\n".join(rows))
    desk.notes = NoteBook(labels(nodes))
    place = Place(Lines(rows, 0, anchor), scope.language)
    section = read_sections(nodes, desk, place)
    return ChapterRead(section, in_order(desk.findings))


def read_inline(text: str, at: Span, scope: Scope) -> InlineRead:
    """Read the inline Markdown of one line of settings that begins at ``at``.

    Every span is ``at`` itself: quotes and folding hide where a word of a setting stands.
    """
    rows, findings = _printable(split_lines(text[:MAX_LINE]), at.file, at)
    desk = Desk("", scope, make_parser(), _no_asset, list(findings))
    if len(text) > MAX_LINE:
        desk.report("MD-036", at, f"These words are longer than {MAX_LINE} characters.")
    place = Place(Lines((), 0, at), scope.language)
    children = read_line("\n".join(rows), at, desk, place)
    return InlineRead(children, in_order(desk.findings))


def _no_asset(_path: str, _span: Span) -> Asset | tuple[Finding, ...]:
    """Find nothing: the reader refuses a picture in a line of settings before asking."""
    return ()


def _check_size(rows: tuple[str, ...], path: str) -> tuple[Finding, ...]:
    if len(rows) > MAX_LINES:
        message = f"The chapter is longer than {MAX_LINES} lines."
        return (found("MD-036", Span(path, MAX_LINES + 1), message),)
    return tuple(
        found(
            "MD-036",
            Span(path, line),
            f"This line is longer than {MAX_LINE} characters.",
        )
        for line, row in enumerate(rows, start=1)
        if len(row) > MAX_LINE
    )


def _printable(
    rows: tuple[str, ...], path: str, at: Span | None = None
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Put a space for each character that no edition can hold, one finding a line."""
    findings: list[Finding] = []
    clean: list[str] = []
    for line, row in enumerate(rows, start=1):
        match = _UNPRINTABLE.search(row)
        if match:
            span = at or Span(path, line, match.start() + 1)
            message = f"The character U+{ord(match[0]):04X} cannot be printed."
            findings.append(found("MD-037", span, message))
        clean.append(_UNPRINTABLE.sub(" ", row))
    return tuple(clean), tuple(findings)
