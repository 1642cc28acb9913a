"""Inline nodes to XHTML: an exhaustive match over the model."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

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
from booklet.writers.html.context import Context, plain
from booklet.writers.html.markup import element


def inlines(nodes: tuple[Inline, ...], ctx: Context) -> Markup:
    """Render inline nodes one after another."""
    return Markup("").join(_inline(node, ctx) for node in nodes)


def shown_address(url: str) -> str:
    """Return an address as people type it: without the scheme and a bare final slash."""
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        url = url.removeprefix(scheme)
    return url[:-1] if url.count("/") == 1 and url.endswith("/") else url


def external_link(url: str, words: Markup, plain_words: str) -> Markup:
    """A link out of the booklet; print adds the address when the words do not hold it."""
    address = shown_address(url)
    shown = address in plain_words or url in plain_words
    return element("a", words, href=url, class_="external", data_address=None if shown else address)


def _inline(node: Inline, ctx: Context) -> Markup:
    match node:
        case Text(text):
            return escape(text)
        case Strong(children):
            return element("strong", inlines(children, ctx))
        case Emphasis(children):
            return element("em", inlines(children, ctx))
        case LineBreak():
            return element("br")
        case Abbreviation(text, expansion):
            return element("abbr", escape(text), title=expansion)
        case Phrase(language, direction, children):
            return element(
                "span",
                inlines(children, ctx),
                lang=language,
                xml__lang=language,
                dir=direction,
            )
        case _:
            return _reference(node, ctx)


def _reference(
    node: Link | CrossReference | TermReference | SourceReference | NoteReference, ctx: Context
) -> Markup:
    words = ctx.words
    match node:
        case Link(url, children):
            return external_link(url, inlines(children, ctx), plain(children))
        case CrossReference(target, children):
            return element(
                "a",
                inlines(children, ctx),
                href=ctx.href(target),
                class_="xref",
                data_page=words["page"].lower(),
            )
        case TermReference(key, children, anchor):
            return element(
                "a",
                inlines(children, ctx),
                href=ctx.href(f"term-{key}"),
                id=anchor,
                class_="term",
                epub__type="glossref",
                role="doc-glossref",
            )
        case SourceReference(key, number):
            return element(
                "a",
                escape(words.fill("source_mark", number=str(number))),
                href=ctx.href(f"source-{key}"),
                class_="source-mark",
                epub__type="biblioref",
                role="doc-biblioref",
            )
        case NoteReference(note, number, anchor):
            return element(
                "a",
                escape(words.fill("note_mark", number=str(number))),
                href=ctx.href(note),
                id=anchor,
                class_="note-mark",
                epub__type="noteref",
                role="doc-noteref",
            )
        case _:
            assert_never(node)
