"""Inline nodes in pieces go in; merged text with its abbreviations found comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from booklet.model import (
    Abbreviation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Phrase,
    SourceReference,
    Strong,
    TermReference,
    Text,
)

# Only the white space of the keyboard: a no-break space in a phone number is meant.
_SPACE = re.compile(r"[ \t\n\r\f\v]+")

Shorts = tuple[re.Pattern[str] | None, Mapping[str, str]]
"""A pattern that finds short forms, and their expansions."""


def join(nodes: Iterable[Inline], shorts: Shorts) -> tuple[Inline, ...]:
    """Merge neighbouring Text nodes, make white space single, and find the abbreviations."""
    return tuple(_split(_merge(nodes), shorts))


def _merge(nodes: Iterable[Inline]) -> Iterator[Inline]:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(node.text)
            continue
        yield from _text(parts)
        parts = []
        yield node
    yield from _text(parts)


def _text(parts: list[str]) -> Iterator[Text]:
    text = _SPACE.sub(" ", "".join(parts))
    if text:
        yield Text(text)


def _split(nodes: Iterable[Inline], shorts: Shorts) -> Iterator[Inline]:
    pattern, expansions = shorts
    for node in nodes:
        if pattern is None or not isinstance(node, Text):
            yield node
            continue
        end = 0
        for match in pattern.finditer(node.text):
            if match.start() > end:
                yield Text(node.text[end : match.start()])
            yield Abbreviation(match[0], expansions[match[0]])
            end = match.end()
        if end < len(node.text):
            yield Text(node.text[end:])


def trim(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take the white space off both ends, and line breaks with it."""
    kept = list(nodes)
    while kept and _is_blank(kept[0]):
        kept.pop(0)
    while kept and _is_blank(kept[-1]):
        kept.pop()
    if kept and isinstance(kept[0], Text):
        kept[0] = Text(kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip(" "))
    return tuple(kept)


def _is_blank(node: Inline) -> bool:
    return isinstance(node, LineBreak) or (isinstance(node, Text) and not node.text.strip())


def words_only(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Keep the words of links and marks, not the links and marks: for headings and link words."""
    kept: list[Inline] = []
    for node in nodes:
        match node:
            case NoteReference() | SourceReference():
                continue
            case Link() | CrossReference() | TermReference():
                kept += words_only(node.children)
            case LineBreak():
                kept.append(Text(" "))
            case Strong(children):
                kept.append(Strong(words_only(children)))
            case Emphasis(children):
                kept.append(Emphasis(words_only(children)))
            case Phrase(language, direction, children):
                kept.append(Phrase(language, direction, words_only(children)))
            case _:
                kept.append(node)
    return tuple(_merge(kept))
