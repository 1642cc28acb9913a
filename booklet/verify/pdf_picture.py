"""A page rendered with and without its text in, contrast and fill measures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from PIL import Image

from booklet.verify.pdf_page import Box, Colour, Glyph, Piece, Run, around
from booklet.verify.pdf_sheet import DISTINCT, Edges, Sheet, colour, number, pairs_of

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


class _Word(NamedTuple):
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
    words = _words(runs, glyphs)
    grounds = _grounds(words, pictures)
    return tuple(_piece(word, pictures, grounds.get(word.run.index)) for word in (*words, *mute))


def _words(runs: tuple[Run, ...], glyphs: tuple[Glyph, ...]) -> tuple[_Word, ...]:
    groups: list[list[Glyph]] = []
    last: int | None = None
    for glyph in glyphs:
        if glyph.run is None or glyph.is_space:
            last = None
        elif glyph.run == last:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
            last = glyph.run
    return tuple(_word(runs, letters) for letters in groups)


def _word(runs: tuple[Run, ...], letters: list[Glyph]) -> _Word:
    first = letters[0]
    if first.run is None:
        raise AssertionError("a space in between is part of no word")
    text = "".join([letter.char for letter in letters])
    return _Word(runs[first.run], text, around([letter.box for letter in letters]), first.y)


def _grounds(words: tuple[_Word, ...], pictures: Pictures) -> dict[int, Colour]:
    """Return the ground of each run whose words all stand on the same one, as nearly all do."""
    boxes: dict[int, list[Box]] = {}
    for word in words:
        boxes.setdefault(word.run.index, []).append(word.box)
    grounds: dict[int, Colour] = {}
    for run, those in boxes.items():
        edges = pictures.pixels(around(those))
        if edges[0] < edges[2] and edges[1] < edges[3]:
            colour_below = pictures.background.colour_of(edges)
            if colour_below is not None:
                grounds[run] = colour_below
    return grounds


def _piece(word: _Word, pictures: Pictures, plain: Colour | None) -> Piece:
    """Measure a word: the lower of what its colour promises and what the page shows.

    ``plain`` is the one colour on which its whole run stands, if there is one.
    """
    run, edges = word.run, pictures.pixels(word.box)
    if edges[0] >= edges[2] or edges[1] >= edges[3]:
        return Piece(word.text, word.box, run.size, 0.0, crossed=False, mcid=run.mcid)
    plain = plain or pictures.background.colour_of(edges)
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


Pairs = Counter[tuple[int, int]]
"""How many pixels have which colour on which ground, as numbers (``colour``)."""


def _seen(run: Run, pairs: Pairs) -> float:
    """Return the lower of what the page shows at its best and what the run's colour promises."""
    if not pairs:
        return 0.0
    grounds: Counter[int] = Counter()
    for (_, ground), count in pairs.items():
        grounds[ground] += count
    promised, own = _promised(run, grounds), number(run.colour)
    if any(
        (own, ground) in pairs and contrast(run.colour, colour(ground)) >= promised
        for ground in grounds
    ):
        return promised
    shown = max(contrast(colour(ink), colour(ground)) for ink, ground in pairs)
    return min(shown, promised)


def _inked(pictures: Pictures, edges: Edges) -> Pairs:
    """Count the pixels that the word's ink changes."""
    pairs = pairs_of(pictures.page, pictures.background, edges)
    return Counter({pair: count for pair, count in pairs.items() if _changes(*pair)})


@lru_cache(maxsize=DISTINCT)
def _changes(ink: int, ground: int) -> bool:
    return ink != ground and _differ(colour(ink), colour(ground))


@lru_cache(maxsize=DISTINCT)
def _differ(one: Colour, other: Colour) -> bool:
    return any(abs(a - b) > INKED for a, b in zip(one, other, strict=True))


def _promised(run: Run, grounds: Counter[int]) -> float:
    """Return the contrast of the run's own colour with the worst background under it."""
    allowed = STRAY * grounds.total()
    against = ((_against(run, colour(ground)), count) for ground, count in grounds.items())
    for ratio, count in sorted(against):
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
        inked = _inked_box(page, upper, lower)
        if inked:
            return (upper + inked[3] - top) / (bottom - top)
        lower = upper
    return 0.0


def drawn_box(pictures: Pictures) -> Box | None:
    """Return the box, in points, of all that is drawn on the page beside its text."""
    ground = pictures.background
    first, last = ground.marked_rows()
    inked = _inked_box(ground, first, last) if last else None
    if inked is None:
        return None
    left, right = (edge / pictures.scale for edge in inked[::2])
    upper, lower = ((edge + first) / pictures.scale for edge in inked[1::2])
    height = ground.height / pictures.scale
    return left, height - lower, right, height - upper


def _inked_box(sheet: Sheet, first: int, last: int) -> Edges | None:
    """Return where there is ink in some rows of a page, counted from the first of them."""
    return sheet.grey_rows(first, last).point(INK_TABLE).getbbox()
