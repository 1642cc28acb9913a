"""A page rendered with and without its text in, contrast and fill measures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import ceil, floor

from PIL import Image

from booklet.verify.pdf_page import Box, Colour, Glyph, Piece, Run, around
from booklet.verify.pdf_sheet import DISTINCT, Edges, Sheet, colour, pairs_of

INKED = 8
"""A pixel carries ink when a colour channel changes by more than this of 255."""
STRAY = 0.15
"""Up to this share of a word's pixels may lie on something darker: the soft edge of the link's
own underline below a g or y. More than that is a background."""
FURNITURE = 0.09
"""The outer share of a page's height that margins and page numbers take (25 mm of A4)."""
PAPER = 250
INK_TABLE = [255 if level < PAPER else 0 for level in range(256)]


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page as people see it, and its bare background; ``scale`` is pixels a point."""

    page: Sheet
    background: Sheet
    scale: float

    def pixels(self, box: Box) -> Edges:
        """Return a box in points as left, upper, right, lower pixel edges inside the picture."""
        scale, height = self.scale, self.page.height
        left, bottom, right, top = box
        return (
            max(0, floor(left * scale)),
            max(0, floor(height - top * scale)),
            min(self.page.width, ceil(right * scale)),
            min(height, ceil(height - bottom * scale)),
        )


# -------------------------------------------------------------------- contrast


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


LINEAR = tuple(_linear(step / 255) for step in range(256))
"""The light of each step of a colour channel; a page asks for them by the thousand."""


@lru_cache(maxsize=DISTINCT)
def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2, glossary)."""
    red, green, blue = colour
    return 0.2126 * LINEAR[red] + 0.7152 * LINEAR[green] + 0.0722 * LINEAR[blue]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two sRGB colours, 1 to 21 (WCAG 2.2, glossary)."""
    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@dataclass(frozen=True, slots=True)
class _Word:
    """What is printed in one run without a space, and where its letters stand."""

    run: Run
    text: str
    box: Box
    baseline: float


def pieces_of(
    runs: tuple[Run, ...], glyphs: tuple[Glyph, ...], pictures: Pictures
) -> tuple[Piece, ...]:
    """Measure every word; text objects without letters count as one word."""
    known = {glyph.run for glyph in glyphs}
    mute = (
        _Word(run, run.text or "?", run.box, run.baseline)
        for run in runs
        if run.index not in known and not run.is_blank
    )
    return tuple(_piece(word, pictures) for word in (*_words(runs, glyphs), *mute))


def _words(runs: tuple[Run, ...], glyphs: tuple[Glyph, ...]) -> Iterator[_Word]:
    for (index, space), group in groupby(glyphs, key=lambda glyph: (glyph.run, glyph.is_space)):
        if index is None or space:
            continue
        letters = tuple(group)
        text = "".join(letter.char for letter in letters)
        box = around(tuple(letter.box for letter in letters))
        yield _Word(runs[index], text, box, letters[0].y)


def _piece(word: _Word, pictures: Pictures) -> Piece:
    """Measure a word: the lower of what its colour promises and what the page shows."""
    run, edges = word.run, pictures.pixels(word.box)
    if edges[0] >= edges[2] or edges[1] >= edges[3]:
        return Piece(word.text, word.box, run.size, 0.0, crossed=False, mcid=run.mcid)
    plain = pictures.background.colour_of(edges)
    ratio = _at_once(run, edges, pictures.page, plain) or _seen(run, _inked(pictures, edges))
    crossed = plain is None and is_crossed(
        pictures.background.cut(edges), _above(word, edges, pictures)
    )
    return Piece(word.text, word.box, run.size, ratio, crossed, run.mcid)


def _at_once(run: Run, edges: Edges, page: Sheet, ground: Colour | None) -> float | None:
    """Return the contrast of a word in full colour on one plain ground, as nearly all are.

    Where the very colour of the run is on the page, what it promises is what the page shows.
    """
    if ground is None or run.alpha < 1 or not _differ(run.colour, ground):
        return None
    return contrast(run.colour, ground) if page.holds(run.colour, edges) else None


def _seen(run: Run, pairs: Counter[tuple[Colour, Colour]]) -> float:
    if not pairs:
        return 0.0
    shown = max(contrast(*pair) for pair in pairs)
    return min(shown, _promised(run, pairs))


def _inked(pictures: Pictures, edges: Edges) -> Counter[tuple[Colour, Colour]]:
    """Count the (colour, background colour) pairs of the pixels that the word's ink changes."""
    pairs: Counter[tuple[Colour, Colour]] = Counter()
    for (ink, ground), count in pairs_of(pictures.page, pictures.background, edges).items():
        if ink != ground and _differ(colour(ink), colour(ground)):
            pairs[colour(ink), colour(ground)] += count
    return pairs


@lru_cache(maxsize=DISTINCT)
def _differ(one: Colour, other: Colour) -> bool:
    return any(abs(a - b) > INKED for a, b in zip(one, other, strict=True))


def _promised(run: Run, pairs: Counter[tuple[Colour, Colour]]) -> float:
    """Return the contrast of the run's own colour with the worst background under it."""
    grounds: Counter[Colour] = Counter()
    for (_, ground), count in pairs.items():
        grounds[ground] += count
    allowed = STRAY * grounds.total()
    for ratio, count in sorted((_against(run, ground), n) for ground, n in grounds.items()):
        allowed -= count
        if allowed < 0:
            return ratio
    return 1.0


def _against(run: Run, ground: Colour) -> float:
    red, green, blue = (
        round(ink * run.alpha + under * (1 - run.alpha))
        for ink, under in zip(run.colour, ground, strict=True)
    )
    return contrast((red, green, blue), ground)


# ------------------------------------------------------- lines through words

EDGE = 32
"""Grey levels of 255: two parts of a background that differ by more are told apart by everyone;
the palest tint behind our table headings differs from paper by 16."""


def _above(word: _Word, edges: Edges, pictures: Pictures) -> int:
    """Return how many pixel rows of the word lie above its baseline, where no underline belongs."""
    baseline = pictures.page.height - word.baseline * pictures.scale
    return max(0, floor(baseline) - 1 - edges[1])


def is_crossed(ground: Image.Image, above: int) -> bool:
    """True when an edge runs through the ground of a word, upright or above its baseline."""
    grey = ground.convert("L").crop((1, 1, ground.width - 1, ground.height - 1))
    if not grey.width or not grey.height:
        return False
    levels, width = grey.tobytes(), grey.width
    columns = (levels[start::width] for start in range(width))
    rows = (levels[start : start + width] for start in range(0, width * above, width))
    return _has_edge(columns) or _has_edge(rows)


def _has_edge(stripes: Iterator[bytes]) -> bool:
    even = [stripe[0] for stripe in stripes if stripe and max(stripe) - min(stripe) <= INKED]
    return bool(even) and max(even) - min(even) > EDGE


# ------------------------------------------------------------------------- filling


STRIPE = 32
"""Pixel rows that are looked at together."""


def filled_share(pictures: Pictures) -> float:
    """Return how far down the type area the page is filled, 0 to 1."""
    page = pictures.page
    top, bottom = round(page.height * FURNITURE), round(page.height * (1 - FURNITURE))
    lower = min(bottom, page.marked_rows()[1])
    while lower > top:
        upper = max(top, lower - STRIPE)
        inked = _inked_box(page, (0, upper, page.width, lower))
        if inked:
            return (upper + inked[3] - top) / (bottom - top)
        lower = upper
    return 0.0


def drawn_box(pictures: Pictures) -> Box | None:
    """Return the box, in points, of all that is drawn on the page beside its text."""
    ground = pictures.background
    first, last = ground.marked_rows()
    inked = _inked_box(ground, (0, first, ground.width, last)) if last else None
    if inked is None:
        return None
    left, right = (edge / pictures.scale for edge in inked[::2])
    upper, lower = ((edge + first) / pictures.scale for edge in inked[1::2])
    height = ground.height / pictures.scale
    return left, height - lower, right, height - upper


def _inked_box(sheet: Sheet, edges: Edges) -> Edges | None:
    """Return where there is ink in a part of a page, counted from the part's own corner."""
    return sheet.cut(edges).convert("L").point(INK_TABLE).getbbox()
