"""A booklet in, its parts in their fixed order out: cover to back matter, the disclaimer last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from booklet.model import Asset, BackPart, Block, Booklet, ListItem, Paragraph, QrCode, Section
from booklet.words import Words, words_for
from booklet.writers.html import boxes
from booklet.writers.html.blocks import blocks, chapter_notes, questions
from booklet.writers.html.context import Context, plain
from booklet.writers.html.inline import (
    address_words,
    external_link,
    heading_words,
    inlines,
    shown_address,
)
from booklet.writers.html.markup import element
from booklet.writers.html.parts import Links, Part, PartKind, Rendered
from booklet.writers.html.pictures import code_figure, qr_asset

# Lines to write on below each question of the back matter, and on the notes page.
_QUESTION_LINES = 3
_NOTES_LINES = 14
_ID = re.compile(r'<[a-z][^<>]*? id="([^"]+)"')


def render(booklet: Booklet, links: Links, *, cards: frozenset[str] = frozenset()) -> Rendered:
    """Render every part of the booklet, the disclaimer last, whatever the booklet asks for.

    ``cards`` are the ids of the tables that this edition sets as cards: their words are the same.
    Raises ValueError when the booklet's language has no table of words: readers refuse it.
    """
    words = words_for(booklet.meta.language)
    if words is None:
        raise ValueError(f"no words for language {booklet.meta.language}")
    ctx = Context(booklet, words, links, cards=cards)
    return Rendered(tuple(_parts(ctx)), booklet.assets + _qr_assets(booklet))


def _parts(ctx: Context) -> Iterator[Part]:
    words, booklet = ctx.words, ctx.booklet
    yield _framed(ctx, PartKind.COVER, words["cover"])
    # At once inside the cover: who needs it has no time to look for it.
    yield _framed(ctx, PartKind.EMERGENCY, words["emergency_page"])
    yield _framed(ctx, PartKind.BEFORE, words["before_you_read"])
    if booklet.meta.key_messages:
        yield _framed(ctx, PartKind.KEY_MESSAGES, words["key_messages"])
    yield _framed(ctx, PartKind.CONTENTS, words["contents"])
    for number, chapter in enumerate(booklet.chapters, start=1):
        yield _chapter(ctx, chapter, number)
    for kind in back_parts(booklet):
        yield _framed(ctx, kind, _back_title(kind, ctx))
    yield _framed(ctx, PartKind.DISCLAIMER, booklet.disclaimer.title)


def spare_notes(words: Words, number: int, lines: int) -> Part:
    """Return a page to write on: the ``number``-th of those that fill up a folded booklet."""
    title, part_id = words["spare_notes"], f"{PartKind.SPARE_NOTES.value}-{number}"
    body = element(
        "section",
        element("h1", escape(title)),
        element("p", escape(words["spare_notes_intro"])),
        boxes.lines(lines),
        id=part_id,
        class_="part part-spare-notes",
    )
    return _part(part_id, PartKind.SPARE_NOTES, title, body)


def back_parts(booklet: Booklet) -> tuple[PartKind, ...]:
    """Return the back matter that has something to show, in the booklet's own order."""
    empty = {
        BackPart.QUESTIONS: not booklet.meta.questions,
        BackPart.GLOSSARY: not booklet.glossary,
        BackPart.SOURCES: not booklet.sources,
    }
    return tuple(PartKind(p.value) for p in booklet.meta.back_matter if not empty.get(p, False))


def _back_title(kind: PartKind, ctx: Context) -> str:
    key = "notes_page" if kind is PartKind.NOTES else kind.value
    return ctx.words[key]


def outline(booklet: Booklet, ctx: Context) -> tuple[tuple[PartKind, str, str, int], ...]:
    """Return (kind, id, title, chapter number) of what the contents page lists, in order.

    Titles of chapters are marked up, for parts of them may be in another language.
    """
    words = ctx.words
    rows = [(PartKind.EMERGENCY, "emergency", words["emergency_page"], 0)]
    if booklet.meta.key_messages:
        rows.append((PartKind.KEY_MESSAGES, "key-messages", words["key_messages"], 0))
    for number, chapter in enumerate(booklet.chapters, start=1):
        rows.append((PartKind.CHAPTER, chapter.id, heading_words(chapter.title), number))
    rows.extend((kind, kind.value, _back_title(kind, ctx), 0) for kind in back_parts(booklet))
    return (*rows, (PartKind.DISCLAIMER, "disclaimer", booklet.disclaimer.title, 0))


def _chapter(ctx: Context, chapter: Section, number: int) -> Part:
    here = replace(ctx, here=ctx.links.files.get(chapter.id, ""))
    label = element("span", escape(f"{ctx.words['chapter']} {number}"), class_="chapter-number")
    heading = element("h1", label, Markup(" "), inlines(chapter.title, here))
    body = element(
        "section",
        heading,
        Markup("\n"),
        blocks(chapter.blocks, here),
        chapter_notes(chapter.notes, here),
        id=chapter.id,
        class_="part part-chapter",
        epub__type="chapter",
        role="doc-chapter",
    )
    return _part(chapter.id, PartKind.CHAPTER, plain(chapter.title), body, number)


def _framed(ctx: Context, kind: PartKind, title: str) -> Part:
    here = replace(ctx, here=ctx.links.files.get(kind.value, ""))
    template = _environment().get_template(f"{kind.value}.html")
    values = _values(here) | {"id": kind.value, "title": title}
    body = Markup(template.render(values))  # noqa: S704 - our own template
    return _part(kind.value, kind, title, body)


def _part(part_id: str, kind: PartKind, title: str, body: Markup, number: int = 0) -> Part:
    return Part(part_id, kind, title, body, tuple(_ID.findall(body)), number)


@cache
def _environment() -> Environment:
    """Our own templates only, escaped, and strict: a missing word is an error, not a blank.

    One for the process, for it keeps the compiled templates; nothing of a booklet is in it.
    """
    return Environment(
        loader=PackageLoader("booklet.writers.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _values(ctx: Context) -> dict[str, Any]:
    """Return what every template may use."""
    return {
        "booklet": ctx.booklet,
        "meta": ctx.booklet.meta,
        "clinic": ctx.booklet.clinic,
        "words": ctx.words,
        "link": ctx.href,
        "asset": ctx.links.asset,
        "inlines": lambda nodes: inlines(nodes, ctx),
        "plain": plain,
        "outline": lambda: outline(ctx.booklet, ctx),
        "questions": lambda: _questions(ctx),
        "lines": boxes.lines,
        "notes_lines": _NOTES_LINES,
        "contact": lambda: boxes.contact(ctx),
        "slip_labels": lambda: boxes.slip_labels(ctx),
        "code": lambda: code_figure(ctx.booklet.code, ctx),
        "web": lambda url: external_link(
            url, address_words(shown_address(url)), shown_address(url)
        ),
    }


def _questions(ctx: Context) -> Markup:
    span = ctx.booklet.meta.span
    items = tuple(ListItem((Paragraph(q, span),), span) for q in ctx.booklet.meta.questions)
    return questions(items, _QUESTION_LINES, ctx)


def _qr_assets(booklet: Booklet) -> tuple[Asset, ...]:
    urls = {node.url for chapter in booklet.chapters for node in _qr_codes(chapter.blocks)}
    if BackPart.ABOUT in booklet.meta.back_matter:
        urls.add(booklet.code)
    return tuple(qr_asset(url) for url in sorted(urls))


def _qr_codes(nodes: tuple[Block, ...]) -> Iterator[QrCode]:
    for node in nodes:
        if isinstance(node, QrCode):
            yield node
        for inner in (getattr(node, "blocks", ()), getattr(node, "long_description", ())):
            yield from _qr_codes(inner)
        for item in getattr(node, "items", ()):
            yield from _qr_codes(item.blocks)
