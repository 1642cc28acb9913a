"""A page rendered with and without its text in, contrast, QR codes and fill measures out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, cast

import zxingcpp
from PIL import Image

from booklet.verify.pdf_page import Box, Code, Colour, Glyph, Piece, Run, around

INKED = 8
"""A pixel carries ink when a colour channel changes by more than this of 255."""
STRAY = 0.15
"""Up to this share of a word's pixels may lie on something darker: the soft edge of the link's
own underline below a g or y. More than that is a background."""
FURNITURE = 0.09
"""The outer share of a page's height that margins and page numbers take (25 mm of A4)."""
PAPER = 250
QUIET_MODULES = 4
"""White space that a phone needs around a QR code (ISO/IEC 18004)."""
CODE_EDGE = 2
"""Pixels by which the reader may miss the edge of a code."""
INK_TABLE = [255 if level < PAPER else 0 for level in range(256)]
DISTINCT = 1 << 16
"""So many results are remembered: a page shows few colours, each thousands of times."""


@dataclass(frozen=True)
class Pictures:
    """A page as people see it, and its bare background; ``scale`` is pixels a point.

    Both have four bytes a pixel (red, green, blue, 255), as the renderer leaves them.
    """

    page: Image.Image
    background: Image.Image
    scale: float

    @cached_property
    def grey(self) -> Image.Image:
        """The page without its colours."""
        return self.page.convert("L")

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box in points as left, upper, right, lower pixel edges inside the picture."""
        height = self.page.height
        left, bottom, right, top = (edge * self.scale for edge in box)
        return (
            max(0, math.floor(left)),
            max(0, math.floor(height - top)),
            min(self.page.width, math.ceil(right)),
            min(height, math.ceil(height - bottom)),
        )


# -------------------------------------------------------------------- contrast


@lru_cache(maxsize=DISTINCT)
def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2, glossary)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=DISTINCT)
def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two sRGB colours, 1 to 21 (WCAG 2.2, glossary)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


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
    ink, ground = pictures.page.crop(edges), pictures.background.crop(edges)
    plain = ground.getcolors(1)
    ratio = _at_once(run, ink, plain) or _seen(run, _inked(ink.convert("RGB"), ground))
    crossed = not plain and is_crossed(ground, _above(word, edges, pictures))
    return Piece(word.text, word.box, run.size, ratio, crossed, run.mcid)


def _at_once(run: Run, ink: Image.Image, plain: list[tuple[int, Any]] | None) -> float | None:
    """Return the contrast of a word in full colour on one plain ground, as nearly all are.

    Where the very colour of the run is on the page, what it promises is what the page shows.
    """
    if not plain or run.alpha < 1:
        return None
    ground = cast("Colour", plain[0][1][:3])
    inks = {colour for _, colour in ink.getcolors(ink.width * ink.height) or ()}
    return (
        contrast(run.colour, ground)
        if (*run.colour, 255) in inks and _differ(run.colour, ground)
        else None
    )


def _seen(run: Run, pairs: Counter[tuple[Colour, Colour]]) -> float:
    if not pairs:
        return 0.0
    shown = max(contrast(*pair) for pair in pairs)
    return min(shown, _promised(run, pairs))


def _inked(word: Image.Image, ground: Image.Image) -> Counter[tuple[Colour, Colour]]:
    """Count the (colour, background colour) pairs of the pixels that the word's ink changes."""
    ground = ground.convert("RGB")
    plain = _tally(ground, 1)
    if plain:
        inks = _tally(word, word.width * word.height)
        pairs = Counter({(ink, paper): count for ink, count in inks.items() for paper in plain})
    else:
        pairs = Counter(zip(_triples(word), _triples(ground), strict=True))
    return Counter({pair: count for pair, count in pairs.items() if _differ(*pair)})


def _tally(image: Image.Image, most: int) -> Counter[Colour]:
    """Count the pixels of each colour; nothing when there are more than ``most`` colours."""
    counted = cast("list[tuple[int, Colour]]", image.getcolors(most) or [])
    return Counter({colour: count for count, colour in counted})


def _triples(image: Image.Image) -> Iterator[Colour]:
    channels = iter(image.tobytes())
    return zip(channels, channels, channels, strict=True)


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


def _above(word: _Word, edges: tuple[int, int, int, int], pictures: Pictures) -> int:
    """Return how many pixel rows of the word lie above its baseline, where no underline belongs."""
    baseline = pictures.page.height - word.baseline * pictures.scale
    return max(0, math.floor(baseline) - 1 - edges[1])


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


# ---------------------------------------------------------------- codes, filling


def codes_of(pictures: Pictures) -> tuple[Code, ...]:
    """Find the QR codes of the page as a phone would, readable or not."""
    if pictures.background.getcolors(1) is not None:
        return ()
    read = zxingcpp.read_barcodes(
        pictures.grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        return_errors=True,
    )
    sound = [symbol for symbol in read if symbol.valid]
    return (
        *(_code(symbol, pictures) for symbol in sound),
        *(Code("") for symbol in read if not symbol.valid and _is_new(symbol, sound)),
    )


def _code(symbol: zxingcpp.Barcode, pictures: Pictures) -> Code:
    """Measure a code that was read: its side, and what stands around it."""
    corners = symbol.position
    places = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    left, right = min(at.x for at in places), max(at.x for at in places)
    upper, lower = min(at.y for at in places), max(at.y for at in places)
    # A symbol of version n has 17 + 4 n modules (ISO/IEC 18004).
    told = re.search(r"'Version': '(\d+)'", str(symbol.extra))
    modules = 17 + 4 * int(told[1] if told else 1)
    zone = int(QUIET_MODULES * (right - left) / modules) - CODE_EDGE
    around = pictures.grey.crop((left - zone, upper - zone, right + zone, lower + zone))
    ground = around.point(INK_TABLE)
    inner = (
        zone - CODE_EDGE,
        zone - CODE_EDGE,
        ground.width - zone + CODE_EDGE,
        ground.height - zone + CODE_EDGE,
    )
    ground.paste(0, inner)
    return Code(
        symbol.text,
        side=(right - left) / pictures.scale,
        level=symbol.ec_level,
        quiet=ground.getbbox() is None,
    )


def _is_new(broken: zxingcpp.Barcode, sound: list[zxingcpp.Barcode]) -> bool:
    """True for a code with a place of its own: the reader also reports its vain attempts."""
    place = broken.position
    centre_x = (place.top_left.x + place.bottom_right.x) / 2
    centre_y = (place.top_left.y + place.bottom_right.y) / 2
    return place.top_left.x != place.bottom_right.x and not any(
        symbol.position.top_left.x <= centre_x <= symbol.position.bottom_right.x
        and symbol.position.top_left.y <= centre_y <= symbol.position.bottom_right.y
        for symbol in sound
    )


def filled_share(pictures: Pictures) -> float:
    """Return how far down the type area the page is filled, 0 to 1."""
    grey = pictures.grey
    top, bottom = round(grey.height * FURNITURE), round(grey.height * (1 - FURNITURE))
    area = grey.crop((0, top, grey.width, bottom))
    inked = area.point(INK_TABLE).getbbox()
    return 0.0 if inked is None else inked[3] / area.height


def drawn_box(pictures: Pictures) -> Box | None:
    """Return the box, in points, of all that is drawn on the page beside its text."""
    inked = pictures.background.convert("L").point(INK_TABLE).getbbox()
    if inked is None:
        return None
    left, upper, right, lower = (edge / pictures.scale for edge in inked)
    height = pictures.background.height / pictures.scale
    return left, height - lower, right, height - upper
