"""What rendering needs to know besides the node itself."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.model import Booklet, Inline, plain_text
from booklet.words import Words
from booklet.writers.html.parts import Links


@dataclass(frozen=True, slots=True)
class Context:
    """The booklet, its language's words, how to address things, and the file being written.

    ``cards`` are the ids of the tables whose rows stand as cards, one below another.
    """

    booklet: Booklet
    words: Words
    links: Links
    here: str = ""
    cards: frozenset[str] = frozenset()

    def href(self, target: str) -> str:
        """Return the address of an id as seen from the file being written."""
        return self.links.href(target, here=self.here)

    def source_title(self, key: str) -> str:
        """Return the plain words of a source, for the name of a link to it."""
        texts = (source.text for source in self.booklet.sources if source.key == key)
        return plain(next(texts, ()))


def plain(nodes: tuple[Inline, ...]) -> str:
    """Return the plain words of inline nodes, single-spaced."""
    return " ".join(plain_text(nodes).split())
