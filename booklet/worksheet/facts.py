"""A booklet and its findings enter; what was counted for the worksheets leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from booklet import plain
from booklet.findings import Finding
from booklet.model import (
    Block,
    Booklet,
    Callout,
    Compare,
    Evidence,
    Figure,
    plain_text,
)
from booklet.plain import Reading
from booklet.plain.lists import Lists, lists_for
from booklet.plain.voice import passive
from booklet.prose import blocks


@dataclass(frozen=True)
class Facts:
    """A booklet with everything that a measure may ask of it."""

    booklet: Booklet
    findings: tuple[Finding, ...]

    @cached_property
    def reading(self) -> Reading:
        """Its sentences and their grades."""
        return plain.reading(self.booklet)

    @cached_property
    def lists(self) -> Lists | None:
        """The word lists of its language."""
        return lists_for(self.booklet.meta.language)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks."""
        return tuple(block for block, _ in blocks(self.booklet))

    @cached_property
    def rules(self) -> Counter[str]:
        """How often each rule found something."""
        return Counter(finding.rule for finding in self.findings)

    @cached_property
    def pictures(self) -> tuple[Figure, ...]:
        """The pictures that tell something."""
        return tuple(b for b in self.blocks if isinstance(b, Figure) and not b.decorative)

    @cached_property
    def tables(self) -> tuple[Compare, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Compare))

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence boxes."""
        return tuple(block for block in self.blocks if isinstance(block, Evidence))

    @cached_property
    def boxes(self) -> tuple[Callout, ...]:
        """The boxes."""
        return tuple(block for block in self.blocks if isinstance(block, Callout))

    def count(self, *kinds: type[Block]) -> int:
        """Return how many blocks are of these kinds."""
        return sum(isinstance(block, kinds) for block in self.blocks)

    def messages(self) -> tuple[str, ...]:
        """Return the key messages that say something."""
        said = (plain_text(words).strip() for words in self.booklet.meta.key_messages)
        return tuple(filter(None, said))

    def commands(self) -> int:
        """Return how many sentences begin with a command."""
        if self.lists is None:
            return 0
        first = (sentence.words[0].text.lower() for sentence in self.reading.sentences())
        return sum(word in self.lists.commands for word in first)

    def hidden(self, *, messages: bool = False) -> tuple[int, int]:
        """Return how many sentences hide who acts, and of how many; of key messages alone, too."""
        if self.lists is None:
            return 0, 0
        said = self.booklet.meta.key_messages
        found = [
            sentence
            for sentence in self.reading.sentences()
            if not messages or sentence.passage.children in said
        ]
        return sum(passive(sentence, self.lists) is not None for sentence in found), len(found)
