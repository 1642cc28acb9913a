"""A picture in, the words that are drawn in it out, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from booklet.model import Asset, Span


def lettering(asset: Asset) -> tuple[tuple[Span, str], ...]:
    """Return (place, words) of each line of words in a drawing; none in a photo."""
    if asset.media_type != "image/svg+xml":
        return ()
    root = etree.fromstring(asset.data, etree.XMLParser(resolve_entities=False, no_network=True))
    rows = asset.data.decode("utf-8", "replace").splitlines()
    return tuple(
        (_place(asset.path, line, words, rows), words)
        for line, text in _texts(root)
        for words in text.split("\n")
        if words.strip()
    )


def _texts(root: etree._Element) -> Iterator[tuple[int, str]]:
    """Yield the line that an element of words begins in, and its words."""
    for element in root.iter("{*}text", "{*}tspan"):
        # The stubs of the library know the line less well than the library does.
        line = cast("int | None", element.sourceline) or 1
        yield line, element.text or ""
        for child in element.iterchildren():
            yield line, child.tail or ""


def _place(path: str, line: int, words: str, rows: list[str]) -> Span:
    """Find the words from a line on; what is written as numbers (``&#x2713;``) is not found."""
    for number, row in enumerate(rows[line - 1 :], start=line):
        column = row.find(words.strip())
        if column >= 0:
            return Span(path, number, column + 1)
    return Span(path, line)
