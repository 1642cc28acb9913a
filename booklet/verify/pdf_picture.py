"""A page rendered with and without its text in, contrast, QR codes and fill measures out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import cast

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
DISTINCT = 1 << 16
"""So many results are remembered: a page shows few colours, each thousands of times."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page as people see it, and its bare background; ``scale`` is pixels a point."""

    page: Image.Image
    background: Image.Image
    scale: float

    @staticmethod
    def of(page: Image.Image, background: Image.Image, scale: float) -> Pictures:
        """Return both pictures in RGB."""
        return Pictures(_rgb(page), _rgb(background), scale)

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


def _rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


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


def pieces_of(
    runs: tuple[Run, ...], glyphs: tuple[Glyph, ...], pictures: Pictures
) -> tuple[Piece, ...]:
    """Measure the contrast of every word; text objects without letters count as one word."""
    known = {glyph.run for glyph in glyphs}
    mute = ((run, run.text or "?", run.box) for run in runs if run.index not in known)
    places = [*_words(runs, glyphs), *mute]
    return tuple(Piece(text, _seen(run, box, pictures)) for run, text, box in places)


def _words(runs: tuple[Run, ...], glyphs: tuple[Glyph, ...]) -> Iterator[tuple[Run, str, Box]]:
    for (index, space), group in groupby(glyphs, key=lambda glyph: (glyph.run, glyph.is_space)):
        if index is None or space:
            continue
        letters = tuple(group)
        text = "".join(letter.char for letter in letters)
        yield runs[index], text, around(tuple(letter.box for letter in letters))


def _seen(run: Run, box: Box, pictures: Pictures) -> float:
    """Return a word's contrast: the lower of what its colour promises and what the page shows."""
    pairs = _inked(pictures, box)
    if not pairs:
        return 0.0
    shown = max(contrast(*pair) for pair in pairs)
    return min(shown, _promised(run, pairs))


def _inked(pictures: Pictures, box: Box) -> Counter[tuple[Colour, Colour]]:
    """Count the (colour, background colour) pairs of the pixels that the word's ink changes."""
    edges = pictures.pixels(box)
    if edges[0] >= edges[2] or edges[1] >= edges[3]:
        return Counter()
    word, ground = pictures.page.crop(edges), pictures.background.crop(edges)
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


# ---------------------------------------------------------------- codes, filling


def codes_of(pictures: Pictures) -> tuple[Code, ...]:
    """Find the QR codes of the page as a phone would, readable or not."""
    if pictures.background.getcolors(1) is not None:
        return ()
    read = zxingcpp.read_barcodes(
        pictures.page.convert("L"),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        return_errors=True,
    )
    sound = [symbol for symbol in read if symbol.valid]
    return (
        *(Code(symbol.text) for symbol in sound),
        *(Code("") for symbol in read if not symbol.valid and _is_new(symbol, sound)),
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
    height = pictures.page.height
    top, bottom = round(height * FURNITURE), round(height * (1 - FURNITURE))
    area = pictures.page.crop((0, top, pictures.page.width, bottom)).convert("L")
    inked = area.point(lambda level: 255 if level < PAPER else 0).getbbox()
    return 0.0 if inked is None else inked[3] / area.height
