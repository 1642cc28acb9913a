"""The blocks of a file enter; title, subtitle and chapters with levels that skip none leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from booklet.importers.ledger import Ledger
from booklet.importers.limits import RefusedError
from booklet.importers.parts import (
    Block,
    Heading,
    Item,
    Listing,
    Para,
    Picture,
    Run,
    Runs,
    Table,
    Title,
    plain,
    text_of,
)

MOST_CHAPTERS = 99
DEEPEST = 4
LONGEST_TITLE = 120
LONGEST_SUBTITLE = 200
MOST_LINES = 2_000
"""Lines of a chapter, about: the reader takes 3,000."""
_LINE = 90
BEGINNING = "The text before the first heading had none. This heading is made up."
CONTINUED = "The chapter was too long for one file and goes on here. Give this part a heading."


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the draft; the levels of its headings are 2 to 4."""

    title: Runs
    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A draft in order; ``subtitle`` may be empty."""

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]


def outlined(blocks: Sequence[Block], spare_title: str, ledger: Ledger) -> Outline:
    """Find title and chapters. ``spare_title`` is used when the text itself has none.

    Raises RefusedError when there are too many chapters for one booklet.
    """
    title, subtitle, rest = _title(blocks, ledger)
    if not title:
        title = spare_title
        ledger.decide("The text has no title of its own; the title was taken from the file.")
    title, subtitle = _fitting(title, subtitle, ledger)
    chapters = tuple(part for chapter in _chapters(rest, title) for part in _in_parts(chapter))
    chapters = chapters or (Chapter((Run(title),), (), ()),)
    if len(chapters) > MOST_CHAPTERS:
        raise RefusedError(
            "the text is too long for one booklet",
            hint="Split it into several files and import each of them.",
        )
    return Outline(title, subtitle, chapters)


# ------------------------------------------------------------------------------- title


def _title(blocks: Sequence[Block], ledger: Ledger) -> tuple[str, str, list[Block]]:
    rest = list(blocks)
    said = next((b for b in rest if isinstance(b, Title) and not b.is_subtitle), None)
    if said is None:
        return _title_by_level(rest)
    rest.remove(said)
    subtitle = next((b for b in rest if isinstance(b, Title) and b.is_subtitle), None)
    if subtitle is not None:
        rest.remove(subtitle)
    if rest and isinstance(rest[0], Heading) and _words(rest[0].runs) == _words(said.runs):
        rest.pop(0)  # the title, said once more
    more = sum(isinstance(block, Title) for block in rest)
    if more:
        ledger.changed["further titles made headings"] += more
    plain_rest = [_as_heading(block) if isinstance(block, Title) else block for block in rest]
    return _words(said.runs), _words(subtitle.runs) if subtitle else "", plain_rest


def _as_heading(title: Title) -> Block:
    return Para(title.runs) if title.is_subtitle else Heading(1, title.runs)


def _title_by_level(rest: list[Block]) -> tuple[str, str, list[Block]]:
    """Take the first heading as the title when it is the only one of the highest level."""
    headings = [block for block in rest if isinstance(block, Heading)]
    rest = [_as_heading(block) if isinstance(block, Title) else block for block in rest]
    first = headings[0] if headings else None
    if first is None or any(
        isinstance(b, Para | Listing | Table) for b in rest[: rest.index(first)]
    ):
        return "", "", rest
    others = headings[1:]
    if any(0 < other.level <= first.level for other in others) or (not first.level and others):
        return "", "", rest
    if others:
        rest.remove(first)
    return _words(first.runs), "", rest


def _words(runs: Runs) -> str:
    return " ".join(plain(runs).split())


def _fitting(title: str, subtitle: str, ledger: Ledger) -> tuple[str, str]:
    """Cut a title at its colon, and what is too long for the cover."""
    if not subtitle and ": " in title and len(title) > 50:
        title, subtitle = title.split(": ", 1)
    short = _cut(title, LONGEST_TITLE)
    if short != title:
        ledger.drop("end of a title that is too long", title)
        ledger.decide("The title was too long for a cover and was cut. Write a short one.")
    cut = _cut(subtitle, LONGEST_SUBTITLE)
    if cut != subtitle:
        ledger.drop("end of a subtitle that is too long", subtitle)
    return short, cut


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most])


# ---------------------------------------------------------------------------- chapters


def _chapters(blocks: Sequence[Block], title: str) -> Iterator[Chapter]:
    top = min((b.level for b in blocks if isinstance(b, Heading) and b.level), default=1)
    levels = _levels(blocks, top)
    starts = [n for n, level in enumerate(levels) if level == top]
    # What is beyond the last possible file becomes parts of it.
    starts = starts[: MOST_CHAPTERS - 9]
    first = starts[0] if starts else len(blocks)
    if first:
        made_up = ("Introduction", (BEGINNING,)) if starts else (title, ())
        runs = (Run(made_up[0]),)
        yield Chapter(runs, (), _leveled(blocks[:first], levels[:first], top), made_up[1])
    for begin, end in pairwise([*starts, len(blocks)]):
        heading = blocks[begin]
        if isinstance(heading, Heading):
            body = _leveled(blocks[begin + 1 : end], levels[begin + 1 : end], top)
            yield Chapter(heading.runs, heading.names, body, heading.checks)


def _levels(blocks: Sequence[Block], top: int) -> list[int]:
    """Return the level of each heading, 0 for other blocks; a guess is one below the last."""
    levels: list[int] = []
    last = 0
    for block in blocks:
        if not isinstance(block, Heading):
            levels.append(0)
            continue
        last = block.level or last
        levels.append(block.level or (last + 1 if last else top))
    return levels


def _leveled(blocks: Sequence[Block], levels: Sequence[int], top: int) -> tuple[Block, ...]:
    """Give the headings inside a chapter levels 2 to 4, none skipped."""
    open_levels = [top]
    out: list[Block] = []
    for block, level in zip(blocks, levels, strict=True):
        if isinstance(block, Heading):
            while len(open_levels) > 1 and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(max(level, top + 1))
            block = replace(block, level=min(len(open_levels), DEEPEST))  # noqa: PLW2901 - the same block
        out.append(block)
    return tuple(out)


# ------------------------------------------------------------------- chapters too long


def _in_parts(chapter: Chapter) -> Iterator[Chapter]:
    """Split a chapter that is too long for one file."""
    groups: list[list[Block]] = [[]]
    filled = 0
    for block in [piece for whole in chapter.blocks for piece in _pieces(whole)]:
        lines = _lines(block)
        if filled + lines > MOST_LINES and groups[-1]:
            groups.append([])
            filled = 0
        groups[-1].append(block)
        filled += lines
    yield replace(chapter, blocks=tuple(groups[0]))
    for number, group in enumerate(groups[1:], start=2):
        title = (*chapter.title, Run(f" ({number})"))
        yield Chapter(title, (), _leveled_again(group), (CONTINUED,))


def _leveled_again(group: Sequence[Block]) -> tuple[Block, ...]:
    return _leveled(group, [b.level if isinstance(b, Heading) else 0 for b in group], 1)


def _lines(block: Block) -> int:
    rows = 4
    if isinstance(block, Listing):
        rows += 2 * sum(len(item.blocks) for item in block.items)
    if isinstance(block, Table):
        return rows + len(block.rows)
    if isinstance(block, Picture):
        rows += 4
    return rows + len(text_of(block)) // _LINE


def _pieces(block: Block) -> Iterator[Block]:
    """Split a list or table that would fill more than a file."""
    if _lines(block) <= MOST_LINES:
        yield block
    elif isinstance(block, Listing) and len(block.items) > 1:
        half = len(block.items) // 2
        start = None if block.start is None else block.start + half
        yield from _pieces(replace(block, items=block.items[:half]))
        yield from _pieces(replace(block, items=block.items[half:], start=start))
    elif isinstance(block, Listing):
        (item,) = block.items
        yield from (piece for inner in _opened(item) for piece in _pieces(inner))
    elif isinstance(block, Table):
        head, *rows = block.rows
        half = len(rows) // 2
        yield from _pieces(replace(block, rows=(head, *rows[:half])))
        yield from _pieces(replace(block, rows=(head, *rows[half:])))
    else:
        yield block


def _opened(item: Item) -> tuple[Block, ...]:
    return item.blocks
