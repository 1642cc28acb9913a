"""A finished PDF page in, everything a person could measure on it out, as frozen data.

Sizes and places are in points, y upwards, from the lower left corner of the visible page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]

LINE_GAP = 0.6
"""A gap wider than this many ems ends a line segment: a table's next cell, not a word space
(0.25 em in Atkinson Hyperlegible)."""
SAME_LINE = 0.5
"""Baselines nearer than this many ems belong to one line, so that raised numbers stay in it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One text object. ``size`` is the rendered em in points, ``alpha`` 0 to 1.

    ``colour`` is what its letters are painted with; ``artifact`` marks page furniture that the
    reading order leaves out. ``mcid`` is the marked content it belongs to, or -1; ``font`` the
    name that the file gives to its font.
    """

    index: int
    text: str
    size: float
    box: Box
    colour: Colour
    alpha: float
    artifact: bool
    mcid: int
    baseline: float
    font: str

    @property
    def is_blank(self) -> bool:
        """True when it prints nothing but spaces. Letters without a meaning in text do print."""
        left, bottom, right, top = self.box
        return not self.text.strip() and (left >= right or bottom >= top)


class Glyph(NamedTuple):
    """One letter: ``run`` is the index of its text object, or None for a space put in between.

    ``is_space`` is true for a space or a line end. There are thousands: a tuple is made fastest.
    """

    char: str
    box: Box
    x: float
    y: float
    run: int | None
    size: float
    is_space: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Letters on one baseline without a wide gap."""

    text: str
    box: Box
    size: float
    runs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the part of a word in one colour, with its measured contrast.

    ``contrast`` is a WCAG ratio; 0 means that the word leaves no mark on the page. ``crossed``
    when a drawn line or the edge of a box runs through it. ``mcid`` is its mark, as of a run.
    """

    text: str
    box: Box
    size: float
    contrast: float
    crossed: bool
    mcid: int = -1


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code found on the page; ``address`` is empty when it cannot be decoded.

    ``side`` is how wide the symbol is printed, in points; ``level`` how much of it may be damaged:
    L, M, Q or H (ISO/IEC 18004). ``quiet`` when nothing stands in the four modules around it.
    """

    address: str
    side: float = 0.0
    level: str = ""
    quiet: bool = True


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture made of pixels; ``dpi`` is how many an inch of paper gets, at its coarser side."""

    box: Box
    dpi: float
    artifact: bool


@dataclass(frozen=True)
class Page:
    """One page. ``filled`` is the share of the type area's height that carries something.

    ``drawn`` holds everything on the page that is not text: pictures, frames, backgrounds.
    """

    number: int
    label: str
    width: float
    height: float
    rotated: bool
    text: str
    runs: tuple[Run, ...]
    glyphs: tuple[Glyph, ...]
    pieces: tuple[Piece, ...]
    codes: tuple[Code, ...]
    rasters: tuple[Raster, ...]
    filled: float
    drawn: Box | None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of text in content order."""
        return tuple(_line(segment) for segment in segments(self.glyphs))

    @cached_property
    def marked(self) -> dict[int, tuple[Glyph, ...]]:
        """The letters of each marked content, by its identifier, in content order."""
        groups: dict[int, list[Glyph]] = {}
        mcid = -1
        for glyph in self.glyphs:
            if glyph.run is not None:
                mcid = self.runs[glyph.run].mcid
            groups.setdefault(mcid, []).append(glyph)
        return {mcid: tuple(glyphs) for mcid, glyphs in groups.items()}

    def words_of(self, runs: frozenset[int]) -> str:
        """Return the words that these text objects print, single-spaced."""
        chosen = (
            "".join(glyph.char for glyph in group)
            for inside, group in groupby(
                self.glyphs, key=lambda glyph: glyph.run in runs or glyph.run is None
            )
            if inside
        )
        return " ".join(" ".join(chosen).split())


def segments(glyphs: tuple[Glyph, ...]) -> Iterator[tuple[Glyph, ...]]:
    """Split letters into line segments; spaces at the ends are dropped."""
    current: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if not glyph.is_space:
            if last is not None and _breaks(last, glyph):
                yield from _trimmed(current)
                current = []
            last = glyph
        current.append(glyph)
    yield from _trimmed(current)


def _breaks(left: Glyph, right: Glyph) -> bool:
    em = max(left.size, right.size)
    gap = max(right.box[0] - left.box[2], left.box[0] - right.box[2])
    return abs(left.y - right.y) > SAME_LINE * em or gap > LINE_GAP * em


def _trimmed(glyphs: list[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    inked = [index for index, glyph in enumerate(glyphs) if not glyph.is_space]
    if inked:
        yield tuple(glyphs[inked[0] : inked[-1] + 1])


def _line(glyphs: tuple[Glyph, ...]) -> Line:
    return Line(
        text="".join(glyph.char for glyph in glyphs if glyph.char not in "\r\n"),
        box=around(tuple(glyph.box for glyph in glyphs if not glyph.is_space)),
        size=max(glyph.size for glyph in glyphs),
        runs=frozenset(glyph.run for glyph in glyphs if glyph.run is not None),
    )


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def excerpt(words: str, longest: int = 60) -> str:
    """Return the words in quotation marks, cut after ``longest`` characters."""
    words = " ".join(words.split())
    return f'"{words}"' if len(words) <= longest else f'"{words[:longest].rstrip()} ..."'
