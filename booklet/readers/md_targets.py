"""A booklet goes in; every id in it, with the words of what it names, comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from booklet.findings import Finding, found
from booklet.model import (
    BackPart,
    Booklet,
    Compare,
    Figure,
    Inline,
    Note,
    NoteReference,
    Section,
    Span,
    Text,
    plain_text,
)
from booklet.readers.md_walk import walk
from booklet.words import words_for

_FRONT_WORDS = {
    "before-you-read": "before_you_read",
    "emergency": "emergency_page",
    "key-messages": "key_messages",
    "contents": "contents",
}
_RESERVED = ("cover",)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link can lead to; ``words`` fill a link that has none of its own."""

    id: str
    words: tuple[Inline, ...]
    span: Span


def printed_back_parts(booklet: Booklet) -> tuple[BackPart, ...]:
    """Return the back-matter pages that the booklet asks for and has something to fill with."""
    empty = {
        BackPart.QUESTIONS: not booklet.meta.questions,
        BackPart.GLOSSARY: not booklet.glossary,
        BackPart.SOURCES: not booklet.sources,
    }
    return tuple(part for part in booklet.meta.back_matter if not empty.get(part, False))


def targets(booklet: Booklet) -> Mapping[str, Target]:
    """Return all that a link in the booklet can lead to, by id; the first of two equal ids."""
    by_id: dict[str, Target] = {}
    for target in (*_parts(booklet), *_named(booklet)):
        by_id.setdefault(target.id, target)
    return by_id


def all_ids(booklet: Booklet) -> tuple[tuple[str, Span], ...]:
    """Return every id that an edition will hold, those of fixed pages first."""
    at = booklet.meta.span
    fixed = [target.id for target in _parts(booklet)]
    fixed += _RESERVED
    fixed += (f"term-{entry.key}" for entry in booklet.glossary)
    fixed += (f"source-{source.key}" for source in booklet.sources)
    return (*((name, at) for name in fixed), *_ids(booklet))


def duplicates(booklet: Booklet) -> Iterator[Finding]:
    """Yield a finding for each id that stands in the booklet twice."""
    seen: dict[str, Span] = {}
    for name, span in all_ids(booklet):
        first = seen.setdefault(name, span)
        if first is span:
            continue
        if first is booklet.meta.span:
            yield found("REF-002", span, f'The id "{name}" belongs to a page of every booklet.')
        else:
            where = f"{first.file}, line {first.line}"
            yield found("REF-002", span, f'The id "{name}" stands in {where} too.')


def _parts(booklet: Booklet) -> Iterator[Target]:
    """Yield the fixed pages that this booklet has."""
    words = words_for(booklet.meta.language)
    at = booklet.meta.span
    names = dict(_FRONT_WORDS)
    if not booklet.meta.key_messages:
        del names["key-messages"]
    for part in printed_back_parts(booklet):
        names[part.value] = "notes_page" if part is BackPart.NOTES else part.value
    for name, key in names.items():
        yield Target(name, (Text(words[key]),) if words else (), at)
    yield Target("disclaimer", (Text(booklet.disclaimer.title),), at)


def _named(booklet: Booklet) -> Iterator[Target]:
    """Yield the chapters, sections, figures and tables; decoration has no place to lead to."""
    for node in walk(booklet.chapters):
        match node:
            case Section(id=name, title=words, span=span):
                yield Target(name, words, span)
            case Figure(id=name, caption=caption, decorative=False, span=span):
                yield Target(name, _plain(caption), span)
            case Compare(id=name, caption=caption, span=span):
                yield Target(name, _plain(caption), span)
            case _:
                pass


def _plain(caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Keep a caption's words alone: its links must not stand inside another link."""
    words = plain_text(caption).strip()
    return (Text(words),) if words else ()


def _ids(booklet: Booklet) -> Iterator[tuple[str, Span]]:
    for node in walk(booklet.chapters):
        match node:
            case Section() | Compare() | Note():
                yield node.id, node.span
            case Figure():
                yield node.id, node.span
                if node.long_description:
                    yield f"{node.id}-words", node.span
            case NoteReference(anchor=anchor, span=span):
                yield anchor, span
            case _:
                pass
