"""The tag tree and the measured pages in, each block of text with its printed lines out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from booklet.verify.pdf_page import SAME_LINE, Box, Glyph, Page, around
from booklet.verify.tagtree import Content, Tag

INLINE = frozenset("Span Link Reference Quote Code Em Strong Sub Annot BibEntry".split())
"""Structure types that stand within a line of text; all others are blocks (ISO 32000-1, 14.8.4)."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a block: where its baseline runs, and the size of its largest letters."""

    page: int
    baseline: float
    size: float
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One structure element with the lines that are its own, not those of blocks inside it.

    ``pages`` are the pages that its own content stands on, in order; a picture has no lines.
    """

    kind: str
    lines: tuple[PrintedLine, ...]
    pages: tuple[int, ...]

    @property
    def is_heading(self) -> bool:
        """True for H and H1 to H6."""
        return self.kind[:1] == "H" and (not self.kind[1:] or self.kind[1:].isdigit())

    def on(self, page: int) -> tuple[PrintedLine, ...]:
        """Return the lines that stand on a page."""
        return tuple(line for line in self.lines if line.page == page)


def words_by_mark(pages: tuple[Page, ...]) -> dict[tuple[int, int], str]:
    """Return the words of each marked content; keys are 1-based page and identifier.

    A run that begins a new line of its page begins with a space, for a line's end ends a word.
    """
    words: dict[tuple[int, int], str] = {}
    for page in pages:
        last: float | None = None
        for run in page.runs:
            new_line = last is None or abs(run.baseline - last) > SAME_LINE * run.size
            last = run.baseline
            if run.mcid >= 0:
                key = (page.number, run.mcid)
                words[key] = words.get(key, "") + (f" {run.text}" if new_line else run.text)
    return words


def blocks_of(root: Tag, pages: tuple[Page, ...]) -> tuple[Block, ...]:
    """Return the blocks of a document in reading order; those without content are left out."""
    owned: list[tuple[Tag, list[Content]]] = []
    _gather(root, owned)
    return tuple(_block(tag, contents, pages) for tag, contents in owned if contents)


def _gather(block: Tag, owned: list[tuple[Tag, list[Content]]]) -> None:
    mine: list[Content] = []
    owned.append((block, mine))
    waiting = list(reversed(block.kids))
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, Content):
            mine.append(kid)
        elif isinstance(kid, Tag) and kid.standard in INLINE:
            waiting += reversed(kid.kids)
        elif isinstance(kid, Tag):
            _gather(kid, owned)


def _block(tag: Tag, contents: list[Content], pages: tuple[Page, ...]) -> Block:
    shown = tuple(dict.fromkeys(content.page for content in contents))
    return Block(tag.standard, printed_lines(contents, pages), shown)


def printed_lines(contents: Iterable[Content], pages: tuple[Page, ...]) -> tuple[PrintedLine, ...]:
    """Return the lines that marked content is printed in, downwards on each page."""
    by_page: dict[int, list[Glyph]] = {}
    for content in contents:
        letters = pages[content.page - 1].marked.get(content.mcid, ())
        by_page.setdefault(content.page, []).extend(letters)
    return tuple(line for page, glyphs in by_page.items() for line in _lines(page, glyphs))


def _lines(page: int, glyphs: list[Glyph]) -> Iterator[PrintedLine]:
    """Gather letters by baseline: a number set apart at the end of a line belongs to that line."""
    lines: list[list[Glyph]] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.is_space and not (current and _same_line(current[0], glyph)):
            known = (line for line in lines if _same_line(line[0], glyph))
            current = next(known, [])
            if not current:
                lines.append(current)
        if current or not glyph.is_space:
            current.append(glyph)
    yield from sorted((_line(page, line) for line in lines), key=lambda line: -line.baseline)


def _same_line(first: Glyph, glyph: Glyph) -> bool:
    return abs(first.y - glyph.y) <= SAME_LINE * max(first.size, glyph.size)


def _line(page: int, glyphs: list[Glyph]) -> PrintedLine:
    letters = [glyph for glyph in glyphs if not glyph.is_space]
    return PrintedLine(
        page=page,
        baseline=Counter(round(letter.y, 2) for letter in letters).most_common(1)[0][0],
        size=max(letter.size for letter in letters),
        text=" ".join("".join(glyph.char for glyph in glyphs).split()),
        box=around(tuple(letter.box for letter in letters)),
    )
