"""A booklet enters; every address out of it leaves, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.model import Booklet, Link, QrCode, Span
from booklet.prose.passages import blocks, inline, passages
from booklet.prose.places import Places


def links(booklet: Booklet) -> Iterator[Link]:
    """Yield the links out of the booklet, in the order of reading."""
    for passage in passages(booklet):
        for node in inline(passage.children):
            if isinstance(node, Link):
                yield node


def addresses(booklet: Booklet) -> Iterator[tuple[str, Span]]:
    """Yield the addresses of links, codes, sources and the clinic with their places."""
    places = Places(booklet)
    for link in links(booklet):
        yield link.url, link.span
    for block, _ in blocks(booklet):
        if isinstance(block, QrCode):
            yield block.url, places.setting(block.span, "url")
    for source in booklet.sources:
        if source.url:
            yield source.url, places.setting(source.span, "url")
    clinic = booklet.clinic
    if clinic and clinic.web:
        profile = f"clinics/{clinic.id}.yaml"
        file = next((text.file for text in booklet.texts if text.file.endswith(profile)), profile)
        yield clinic.web, places.setting(Span(file), "web")
