"""A booklet under a clinic's profile enters; where its own words contradict the profile leaves."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from booklet.findings import Finding, found
from booklet.model import Asset, Booklet, Span, plain_text

_BETWEEN = re.compile(r" [a-z]+\.? ")
_LISTS = ("what_it_is", "what_it_is_not", "key_messages", "questions")
_LINES = ("feedback", "other_formats")


def two_numbers(booklet: Booklet, usual: str | None) -> Iterator[Finding]:
    """Yield each place whose words name the ``usual`` emergency number, which is not the clinic's.

    ``usual`` is what the booklet would have without the profile.
    """
    clinic, now = booklet.clinic, booklet.emergency.number
    if clinic is None or usual is None:
        return
    others = sorted(set(_BETWEEN.split(usual)) - set(_BETWEEN.split(now)))
    for number in others:
        # Not a piece of a longer number, of a price or of a date.
        written = re.compile(rf"(?<![0-9.,:/-]){re.escape(number)}(?![0-9])(?![.,:/-][0-9])")
        places = {span for span, text in _texts(booklet) if written.search(text)}
        for place in sorted(places):
            message = f'The text says {number}; the profile of "{clinic.id}" says {now}.'
            yield found("CLIN-007", place, message)


def _texts(booklet: Booklet) -> Iterator[tuple[Span, str]]:
    """Return all words that a reader may take for an instruction, with their places."""
    meta = booklet.meta
    for name in _LISTS:
        for number, words in enumerate(getattr(meta, name)):
            yield meta.place(f"{name}.{number}"), plain_text(words)
    for name in _LINES:
        yield meta.place(name), plain_text(getattr(meta, name))
    for node in (booklet.chapters, booklet.glossary):
        yield from _walk(node, meta.span)
    yield from _walk(dataclasses.replace(booklet.emergency, number=""), meta.place("emergency"))


def _walk(node: Any, span: Span) -> Iterator[tuple[Span, str]]:
    if isinstance(node, str):
        yield span, node
    elif isinstance(node, tuple):
        for child in node:
            yield from _walk(child, span)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span | Asset):
        here = getattr(node, "span", span)
        for field in dataclasses.fields(node):
            yield from _walk(getattr(node, field.name), here)
