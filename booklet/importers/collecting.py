"""Words with their look enter, one after the other; paragraphs and the rest leave as blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from booklet.importers.clean import cleaned, tidy
from booklet.importers.ledger import Ledger
from booklet.importers.parts import BREAK, Block, Para, Run, Runs, checked
from booklet.importers.pictures import Pictures


@dataclass(frozen=True, slots=True)
class Look:
    """How words look at a place of the tree."""

    strong: bool = False
    em: bool = False
    href: str = ""


@dataclass(slots=True)
class Desk:
    """What the reading of one file shares. ``tabs``: a tab is more than white space.

    ``notes`` are the notes by key, ``spent`` the elements that have been read as such.
    """

    ledger: Ledger
    pictures: Pictures
    tabs: bool = False
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Collector:
    """Gathers the words of a paragraph until it ends; ``names`` are ids that wait for a heading."""

    desk: Desk
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    is_caption: bool = False

    def text(self, text: str, look: Look) -> None:
        """Add words."""
        words = cleaned(text, self.desk.ledger.changed, tabs=self.desk.tabs)
        if words:
            self.runs.append(Run(words, look.strong, look.em, look.href))

    def line_break(self) -> None:
        """Add a line break."""
        self.runs.append(Run(BREAK))

    def note(self, key: str) -> None:
        """Add the mark of a note."""
        self.runs.append(Run(key, is_note=True))

    def check(self, sentence: str) -> None:
        """Ask a person about what is being gathered."""
        sentence = cleaned(sentence, Counter()).strip()
        if sentence not in self.checks:
            self.checks.append(sentence)

    def taken(self) -> Runs:
        """Return the words so far, and forget them."""
        runs = tidy(self.runs)
        self.runs = []
        return runs

    def flush(self) -> None:
        """End the paragraph: two line breaks in it end it too."""
        for runs in _paragraphs(self.taken()):
            self.names.clear()
            self.blocks.append(Para(runs, self.is_caption, tuple(self.checks)))
            self.checks.clear()
        if self.behind:
            behind, self.behind = self.behind, []
            self.blocks += behind
        self.is_caption = False

    def add(self, block: Block) -> None:
        """Add a block behind the paragraph that it ends."""
        self.flush()
        self.blocks.append(checked(block, *self.checks) if self.checks else block)
        self.checks.clear()
        self.names.clear()

    def inside(self) -> Collector:
        """Return a collector for what stands inside a block."""
        return Collector(self.desk)


def _paragraphs(runs: Runs) -> list[Runs]:
    """Split at two or more line breaks in a row."""
    parts: list[list[Run]] = [[]]
    waiting = 0
    for run in runs:
        if run.text == BREAK and not run.is_note:
            waiting += 1
            continue
        if waiting >= 2:
            parts.append([])
        elif waiting:
            parts[-1].append(Run(BREAK))
        waiting = 0
        parts[-1].append(run)
    return [tidy(part) for part in parts if any(run.is_note or run.text.strip() for run in part)]


def without_links(runs: Runs) -> Runs:
    """Return the runs with plain words where links stood."""
    return tidy(replace(run, href="") for run in runs)
