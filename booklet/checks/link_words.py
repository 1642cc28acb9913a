"""The words of links enter; those that do not say where they lead leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, CrossReference, Link, plain_text
from booklet.phrases import phrases_for
from booklet.prose import inline, passages

_ADDRESS = re.compile(r"https?://\S+|\S+\.\S+")


def empty_link_words(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """The words of a link must tell where it leads without the words around them."""
    phrases = phrases_for(booklet.meta.language)
    if phrases is None:
        return
    empty = set(phrases.words("wording.empty_links"))
    for link in _links(booklet):
        words = " ".join(plain_text(link.children).split())
        if words.casefold().strip(" .,:!>\N{RIGHTWARDS ARROW}\N{HORIZONTAL ELLIPSIS}") in empty:
            yield found("ACC-001", link.span, f'"{words}" does not say where the link leads.')


def bare_addresses(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A long address is read out sign by sign; a short one can be typed and said."""
    for link in _links(booklet):
        words = plain_text(link.children).strip()
        long = words.startswith(("http://", "https://")) or len(words) > policy.address_characters
        if isinstance(link, Link) and long and _ADDRESS.fullmatch(words):
            yield found("ACC-002", link.span, f'The words of this link are "{_short(words)}".')


def _links(booklet: Booklet) -> Iterator[Link | CrossReference]:
    for passage in passages(booklet):
        for node in inline(passage.children):
            if isinstance(node, Link | CrossReference):
                yield node


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "\N{HORIZONTAL ELLIPSIS}"
