"""Inline nodes to XHTML: an exhaustive match over the model."""

from __future__ import annotations

import re
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
    plain_text,
)
from booklet.writers.html.context import Context, plain
from booklet.writers.html.markup import element

# Fewer letters than these go on any line that we print (20 is the least, see the edition table).
_LONG_WORD = re.compile(r"(\S{21,})")
_SIGNS = re.compile(r"[^\w\s]+")
# A telephone number: groups of digits with a space, hyphen or point between.
_GAP = "[-. \u00a0\u2010-\u2013]"
_PHONE = re.compile(
    rf"(?<![\w.,:;/+-])(\+\d{{1,3}}(?:{_GAP}\(?\d{{1,4}}\)?){{2,6}}"
    rf"|(?:\+?\d{{1,3}}{_GAP})?(?:\(\d{{3}}\) ?|\d{{3}}{_GAP})?\d{{3}}{_GAP}\d{{4}})(?!\w)"
)
_PARTS = re.compile(r"(?<=[/-])")
_PIECES = re.compile(r"(?<=[._~&=?])(?=[^._~&=?])")


def inlines(nodes: tuple[Inline, ...], ctx: Context) -> Markup:
    """Render inline nodes one after another."""
    words, waiting = Markup(""), list(nodes)
    while waiting:
        node = waiting.pop(0)
        match waiting:
            case [Text(text), *_] if _is_long(node) and (sign := _SIGNS.match(text)):
                # Its comma goes with it: it would stand alone at the end of a broken word's box.
                held = element("span", _inline(node, ctx), escape(sign[0]), class_="long-word")
                words += held
                waiting[0] = Text(text[sign.end() :])
            case _:
                words += _inline(node, ctx)
    return words


def heading_words(nodes: tuple[Inline, ...]) -> Markup:
    """Return a heading as a list of contents shows it: its words, each in its own language."""
    return Markup("").join(map(_heading_word, nodes))


def _heading_word(node: Inline) -> Markup:
    match node:
        case Phrase(language, direction, children):
            words = heading_words(children)
            return element("span", words, lang=language, xml__lang=language, dir=direction)
        case Strong(children) | Emphasis(children) | Link(children=children):
            return heading_words(children)
        case CrossReference(children=children) | TermReference(children=children):
            return heading_words(children)
        case _:
            return escape(plain_text((node,)))


def _is_long(node: Inline) -> bool:
    inside = getattr(node, "children", ())
    return bool(inside) and _LONG_WORD.fullmatch(plain(inside)) is not None


def shown_address(url: str) -> str:
    """Return an address as people type it: without the scheme and a bare final slash."""
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        url = url.removeprefix(scheme)
    return url[:-1] if url.count("/") == 1 and url.endswith("/") else url


def _text(text: str) -> Markup:
    """Escape text; telephone numbers are marked, to be kept on one line, and long words."""
    parts = _PHONE.split(text)
    return Markup("").join(
        element("span", part, class_="number") if n % 2 else _plain(part)
        for n, part in enumerate(parts)
    )


def _plain(text: str) -> Markup:
    """Escape text; a word too long for a narrow column is marked, to be broken where it must be."""
    parts = _LONG_WORD.split(text)
    return Markup("").join(
        element("span", escape(part), class_="long-word") if n % 2 else escape(part)
        for n, part in enumerate(parts)
    )


def address_words(address: str) -> Markup:
    """Return an address to be printed, with places to break its long parts.

    Lines break after slashes and hyphens by themselves.
    """
    return Markup("").join(map(_address_part, _PARTS.split(address)))


def _address_part(part: str) -> Markup:
    if not _LONG_WORD.fullmatch(part):
        return escape(part)
    return element("wbr").join(map(_text, _PIECES.split(part)))


def external_link(url: str, words: Markup, plain_words: str) -> Markup:
    """A link out of the booklet; print adds the address when the words do not hold it."""
    address = shown_address(url)
    shown = address in plain_words or url in plain_words or _dials(plain_words, url)
    return element("a", words, href=url, class_="external", data_address=None if shown else address)


def _dials(words: str, url: str) -> bool:
    """True when the words hold the number that a link dials, however people set it apart."""
    return url.startswith("tel:") and _digits(url) in _digits(words)


def _digits(words: str) -> str:
    return "".join(filter(str.isdecimal, words))


def _inline(node: Inline, ctx: Context) -> Markup:
    match node:
        case Text(text):
            return _text(text)
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
                inlines(children, ctx.within(language)),
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
            said = plain(children)
            is_address = said in (url, shown_address(url))
            shown = address_words(said) if is_address else inlines(children, ctx)
            return external_link(url, shown, said)
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
                **ctx.tongue(),
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
                **ctx.tongue(),
            )
        case _:
            assert_never(node)
