"""Nodes of the model go in; a short text that shows all of them but their places comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from booklet.findings import Finding
from booklet.model import (
    Abbreviation,
    Asset,
    Emphasis,
    LineBreak,
    Link,
    Section,
    Span,
    Strong,
    Text,
)
from booklet.readers.markdown import ChapterRead, read_chapter
from booklet.readers.scope import Scope
from booklet.words import words_for


@dataclass(frozen=True)
class File:
    """A chapter that lies in no folder."""

    text: str
    path: str = "source/x/01-x.md"


def scope(language: str = "en-US") -> Scope:
    words = words_for("en-US")
    assert words is not None
    return Scope(
        language=language,
        direction="ltr",
        abbreviations=(("MRI", "magnetic resonance imaging"), ("CT", "computed tomography")),
        terms=(("stem-cell", "stem cell"), ("stroke", "stroke")),
        sources=(("treasure", 1), ("masters", 2)),
        words=words,
    )


def picture(path: str, span: Span) -> Asset | tuple[Finding, ...]:
    name = PurePosixPath(path).name
    return Asset(name, path, "image/svg+xml", f"{span.line}".encode(), "0" * 64)


def read(text: str, chapter: str = "x") -> ChapterRead:
    return read_chapter(File(text), chapter, scope(), picture)


def blocks(text: str) -> tuple[Section, str]:
    """Read text that stands under a chapter heading, and show what comes of it."""
    result = read(f"# Chapter\n\n{text}")
    assert result.section is not None
    shown = [line for node in result.section.blocks for line in dump(node)]
    shown += [line for note in result.section.notes for line in dump(note)]
    shown += places(result, above=2)
    return result.section, "\n".join(shown) + "\n"


def places(result: ChapterRead, above: int = 0) -> list[str]:
    """Show the findings as ``! line:column RULE``."""
    return [f"! {f.span.line - above}:{f.span.column} {f.rule}" for f in result.findings]


def dump(node: Any, depth: int = 0) -> Iterator[str]:
    """Yield a line for a block and more, indented, for what is in it."""
    head = [type(node).__name__]
    inside: list[str] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name in ("span", "data", "sha256", "media_type"):
            continue
        if _is_inline(value):
            head.append(f"{field.name}={inline(value)}")
        elif isinstance(value, tuple) and value and not isinstance(value[0], str):
            inside += _many(value, depth + 1)
        elif isinstance(value, Asset):
            head.append(f"{field.name}={value.name}")
        elif value not in ((), "", False):
            shown = value.value if isinstance(value, Enum) else value
            head.append(f"{field.name}={shown!r}")
    yield "  " * depth + " ".join(head)
    yield from inside


def _many(values: tuple[Any, ...], depth: int) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield "  " * depth + inline(value)
        else:
            yield from dump(value, depth)


def _is_inline(value: Any) -> bool:
    kinds = (Text, Strong, Emphasis, LineBreak, Link, Abbreviation)
    names = ("CrossReference", "TermReference", "SourceReference", "NoteReference", "Phrase")
    first = value[0] if isinstance(value, tuple) and value else None
    return isinstance(first, kinds) or type(first).__name__ in names


def inline(nodes: tuple[Any, ...]) -> str:
    """Show inline nodes on one line."""
    return "[" + " ".join(_inline(node) for node in nodes) + "]"


def _inline(node: Any) -> str:
    if isinstance(node, Text):
        return repr(node.text)
    values = (
        (field.name, getattr(node, field.name)) for field in fields(node) if field.name != "span"
    )
    shown = (
        inline(value) if name == "children" else f"{name}={value!r}"
        for name, value in values
        if value is not None
    )
    return f"{type(node).__name__}({', '.join(shown)})"
