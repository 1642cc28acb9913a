"""The parts of a draft: what the HTML tree is read into, guessed about and written out from.

Nothing in it can change. ``checks`` are sentences to a person about a guess; each is written
beside its block as a mark that stops the build.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. The text is ``BREAK`` for a line break, a note's key for a mark."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""
    is_note: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 0 means one below the heading before it. ``names`` can be linked to."""

    level: int
    runs: Runs
    names: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the whole, said to be so by the file."""

    runs: Runs
    is_subtitle: bool = False
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``is_caption`` when the file says that it stands under a picture or table."""

    runs: Runs
    is_caption: bool = False
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``start`` is its first number, or None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its explanation."""

    runs: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with their explanations."""

    items: tuple[Term, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    blocks: tuple[Block, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box of ours, such as ``tip``, that another tool had under a like name."""

    kind: str
    title: Runs
    blocks: tuple[Block, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: all rows of one length, the first holds the headings."""

    rows: tuple[tuple[Runs, ...], ...]
    title: Runs = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is in the draft as ``images/<name>``; the description may be missing."""

    name: str
    description: str = ""
    caption: Runs = ()
    is_decorative: bool = False
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """An address to be printed with its QR code."""

    url: str
    label: str
    checks: tuple[str, ...] = ()


Block = Heading | Title | Para | Listing | Terms | Quote | Box | Table | Picture | Code


def plain(runs: Runs) -> str:
    """Return the words of runs without looks, links and notes; line breaks are spaces."""
    return "".join(" " if run.text == BREAK else run.text for run in runs if not run.is_note)


def text_of(block: Block) -> str:
    """Return all words of a block in reading order, as single spaced text."""
    return " ".join(" ".join(_texts(block)).split())


def _texts(block: Block) -> list[str]:
    match block:
        case Heading() | Title() | Para():
            return [plain(block.runs)]
        case Listing():
            return [text_of(inner) for item in block.items for inner in item.blocks]
        case Terms():
            return [
                text
                for term in block.items
                for text in (plain(term.runs), *map(text_of, term.blocks))
            ]
        case Quote():
            return [text_of(inner) for inner in block.blocks]
        case Box():
            return [plain(block.title), *map(text_of, block.blocks)]
        case Table():
            cells = [plain(cell) for row in block.rows for cell in row]
            return [plain(block.title), *cells]
        case Picture():
            return [block.description, plain(block.caption)]
        case Code():
            return [block.label, block.url]


def checked(block: Block, *sentences: str) -> Block:
    """Return the block with sentences to a person added."""
    return replace(block, checks=(*block.checks, *sentences))


def questions(block: Block) -> list[str]:
    """Return the questions of a block and of all that stands in it, each once."""
    found = list(block.checks)
    for inner in _inside(block):
        found += questions(inner)
    return list(dict.fromkeys(found))


def _inside(block: Block) -> tuple[Block, ...]:
    match block:
        case Listing():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Terms():
            return tuple(inner for term in block.items for inner in term.blocks)
        case Quote() | Box():
            return block.blocks
        case _:
            return ()
