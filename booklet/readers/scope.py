"""What a text may lean on: language and known words go in; every reader of Markdown gets them."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.model import Direction
from booklet.words import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """The words that a booklet knows while its texts are read.

    ``abbreviations`` are (short, expansion), ``terms`` (key, term) and ``sources``
    (key, number in the list at the back) pairs; ``language`` is a BCP 47 tag.
    """

    language: str
    direction: Direction
    abbreviations: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, int], ...]
    words: Words
