"""The ledger of an import and its draft enter; the report for a person leaves, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booklet.importers.ledger import Dropped, Ledger
from booklet.importers.parts import (
    Block,
    Box,
    Code,
    Heading,
    Listing,
    Para,
    Picture,
    Quote,
    Table,
    Terms,
    Title,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A question to a person: where it stands in the draft, and its words."""

    file: str
    line: int
    question: str


def count_kept(blocks: Iterable[Block], kept: Counter[str]) -> None:
    """Count what was kept, by kind."""
    for block in blocks:
        match block:
            case Heading() | Title():
                kept["heading"] += 1
            case Para():
                kept["paragraph"] += 1
            case Listing():
                kept["list"] += 1
                for item in block.items:
                    kept["list item"] += 1
                    count_kept(item.blocks, kept)
            case Terms():
                kept["explained term"] += len(block.items)
                for term in block.items:
                    count_kept(term.blocks, kept)
            case Quote():
                kept["quote"] += 1
                count_kept(block.blocks, kept)
            case Box():
                kept["box"] += 1
                count_kept(block.blocks, kept)
            case Table():
                kept["table"] += 1
            case Picture():
                kept["picture"] += 1
            case Code():
                kept["film or page (as an address with its code)"] += 1


def guesses(files: Sequence[tuple[str, str]], mark: str) -> tuple[Guess, ...]:
    """Find the questions in the chapters, in order; ``files`` are names and texts."""
    found: list[Guess] = []
    for name, text in files:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.startswith(f"<!-- {mark} ") and line.endswith(" -->"):
                found.append(Guess(name, number, line[len(mark) + 6 : -4]))
    return tuple(found)


def report(origin: str, ledger: Ledger, found: Sequence[Guess]) -> str:
    """Return the report that lies beside the draft."""
    rows = [
        f"# What became of {_line(origin)}",
        "",
        "For the person who finishes the draft. This file is no part of the booklet.",
        "",
        "## Kept",
        "",
        *(f"- {text}" for text in kept_lines(ledger)),
        "",
        "## Guessed: look at each",
        "",
        *([f"- {g.file}, line {g.line}: {g.question}" for g in found] or ["- Nothing."]),
        "",
        "## For a person to decide",
        "",
        *(f"- {sentence}" for sentence in ledger.decisions),
        "",
        "## Made simpler, no word lost",
        "",
        *([f"- {n} x {what}" for what, n in sorted(ledger.changed.items())] or ["- Nothing."]),
        "",
        "## Dropped: not in the draft",
        "",
        *(_dropped(ledger.dropped) or ["- Nothing."]),
    ]
    return "\n".join(rows) + "\n"


def kept_lines(ledger: Ledger) -> list[str]:
    """Return what was kept, such as ``3 lists``."""
    return [_count(number, what) for what, number in ledger.kept.items() if number]


def _count(number: int, what: str) -> str:
    noun, space, rest = what.partition(" (")
    return f"{number} {noun}{'' if number == 1 else 's'}{space}{rest}"


def _dropped(dropped: Sequence[Dropped]) -> list[str]:
    rows: list[str] = []
    for what, number in Counter(item.what for item in dropped).items():
        rows.append(f"- {number} x {what}")
        texts = [item.words for item in dropped if item.what == what and item.words]
        rows += [f"  - {_line(text)}" for text in texts]
    return rows


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
