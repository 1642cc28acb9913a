"""What rendering needs to know besides the node itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from markupsafe import Markup, escape

from booklet.model import Booklet, Inline, plain_text
from booklet.words import Words
from booklet.writers.html.markup import element
from booklet.writers.html.parts import Links


@dataclass(frozen=True, slots=True)
class Context:
    """The booklet, its language's words, how to address things, and the file being written.

    ``cards`` are the ids of the tables whose rows stand as cards, one below another. ``abroad`` is
    true inside a passage in another language: words of ours say there which one they are in.
    """

    booklet: Booklet
    words: Words
    links: Links
    here: str = ""
    cards: frozenset[str] = frozenset()
    abroad: bool = False

    def href(self, target: str) -> str:
        """Return the address of an id as seen from the file being written."""
        return self.links.href(target, here=self.here)

    def within(self, language: str) -> Self:
        """Return what rendering must know inside a passage in this language (BCP 47)."""
        return replace(self, abroad=_primary(language) != _primary(self.words.language))

    def tongue(self) -> dict[str, str | None]:
        """Return the attributes of an element of ours: its language, where that is another."""
        if not self.abroad:
            return {}
        language = self.words.language
        return {"lang": language, "xml__lang": language, "dir": self.words.direction}

    def ours(self, text: str | Markup) -> Markup:
        """Return words of the product or the clinic, in their own language."""
        return element("span", escape(text), **self.tongue()) if self.abroad else escape(text)

    def say(self, key: str, **values: str) -> Markup:
        """Return the word for this key, in its own language."""
        return self.ours(self.words.fill(key, **values) if values else self.words[key])

    def source_title(self, key: str) -> str:
        """Return the plain words of a source, for the name of a link to it."""
        texts = (source.text for source in self.booklet.sources if source.key == key)
        return plain(next(texts, ()))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def plain(nodes: tuple[Inline, ...]) -> str:
    """Return the plain words of inline nodes, single-spaced."""
    return " ".join(plain_text(nodes).split())
