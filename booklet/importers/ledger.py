"""What happens to a file on its way enters, line by line; counts for the report leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from booklet.importers.clean import cleaned


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that is not in the draft; ``words`` are the words that went with it."""

    what: str
    words: str = ""


@dataclass(slots=True)
class Ledger:
    """The account of one import, kept while it runs.

    ``changed`` counts what was made simpler without losing a word; ``decisions`` are sentences
    about what only a person can decide.
    """

    kept: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    dropped: list[Dropped] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)

    def drop(self, what: str, words: str = "") -> None:
        """Note a loss. The words are kept without what cannot be seen and with single spaces."""
        self.dropped.append(Dropped(what, cleaned(words, Counter()).strip()))

    def decide(self, sentence: str) -> None:
        """Note, once, what a person must decide."""
        if sentence not in self.decisions:
            self.decisions.append(sentence)

    def drops(self) -> Counter[str]:
        """Return how often each kind of thing was dropped."""
        return Counter(item.what for item in self.dropped)
