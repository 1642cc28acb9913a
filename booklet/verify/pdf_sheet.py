"""A page of PDFium in, its pixels out: rows of bytes to look through, and parts as pictures."""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from booklet.verify.pdf_page import Colour

PIXEL = 4
"""Bytes a pixel: red, green, blue, 255. Three would have to be copied before they are a picture."""
OPAQUE = 255
DISTINCT = 1 << 16
"""So many results are remembered: a page shows few colours, each thousands of times."""
WHITE = b"\xff"
Edges = tuple[int, int, int, int]
"""Left, upper, right and lower edge in pixels; right and lower are the first ones outside."""


class Sheet:
    """The pixels of one page; the next page is drawn in the same memory, for new memory costs more.

    What is ``cut`` out is a copy and stays. ``width`` and ``height`` are in pixels.
    """

    width = 0
    height = 0

    def __init__(self) -> None:
        """Begin without a page."""
        self._memory = bytearray()

    def draw(self, page: Any, scale: float) -> None:
        """Draw a page at so many pixels a point, in place of the one before."""
        page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True, bitmap_maker=self._bitmap)

    def _bitmap(self, width: int, height: int, **kind: Any) -> pdfium.PdfBitmap:
        size = PIXEL * width * height
        if len(self._memory) != size:
            self._memory = bytearray(size)
        self.width, self.height = width, height
        buffer = (ctypes.c_ubyte * size).from_buffer(self._memory)
        return pdfium.PdfBitmap.new_native(width, height, buffer=buffer, **kind)

    @property
    def whole(self) -> Edges:
        """The edges of the page."""
        return 0, 0, self.width, self.height

    @property
    def pixels(self) -> Any:
        """The bytes of all pixels, from the upper left corner on, as they now are: a buffer."""
        return memoryview(self._memory)

    @property
    def picture(self) -> Image.Image:
        """The page as a picture with four bytes a pixel, until the next one is drawn."""
        size = (self.width, self.height)
        return Image.frombuffer("RGBX", size, self._memory, "raw", "RGBX", 0, 1)

    def cut(self, edges: Edges) -> Image.Image:
        """Return a part of the page as a picture with four bytes a pixel."""
        return self.picture.crop(edges)

    def grey_rows(self, first: int, last: int) -> Image.Image:
        """Return the rows from ``first`` to before ``last`` without their colours."""
        stride = PIXEL * self.width
        rows: Any = memoryview(self._memory)[stride * first : stride * last]
        size = (self.width, last - first)
        return Image.frombuffer("RGBX", size, rows, "raw", "RGBX", 0, 1).convert("L")

    def colour_of(self, edges: Edges) -> Colour | None:
        """Return the colour of a part of the page when all of it has the same."""
        starts, size = self._rows(edges)
        first = self._memory[starts.start : starts.start + size]
        red, green, blue, _ = pixel = first[:PIXEL]
        if first != pixel * (size // PIXEL):
            return None
        for start in starts:
            if self._memory[start : start + size] != first:
                return None
        return red, green, blue

    def holds(self, colour: Colour, edges: Edges) -> bool:
        """True when a pixel of a part of the page has this very colour."""
        pixel = bytes((*colour, OPAQUE))
        starts, size = self._rows(edges)
        middle = len(starts) // 2  # where letters have their strokes
        for start in (*starts[middle:], *starts[:middle]):
            if _holds(self._memory, pixel, start, start + size):
                return True
        return False

    def rows(self, edges: Edges) -> Iterator[bytearray]:
        """Yield the pixels of a part of the page, row by row."""
        starts, size = self._rows(edges)
        for start in starts:
            yield self._memory[start : start + size]

    def _rows(self, edges: Edges) -> tuple[range, int]:
        """Return where each row of a part of the page starts in memory, and its bytes."""
        left, upper, right, lower = edges
        stride, begin = PIXEL * self.width, PIXEL * left
        starts = range(stride * upper + begin, stride * lower + begin, stride)
        return starts, PIXEL * (right - left)

    def marked_rows(self) -> tuple[int, int]:
        """Return the first row that is not all white and the one after the last; 0, 0 for none."""
        white = WHITE * PIXEL * self.width
        rows = range(self.height)
        first = next((row for row in rows if self._row(row) != white), None)
        if first is None:
            return 0, 0
        return first, 1 + next(row for row in reversed(rows) if self._row(row) != white)

    def _row(self, number: int) -> bytearray:
        stride = PIXEL * self.width
        return self._memory[stride * number : stride * (number + 1)]


def _holds(memory: bytearray, pixel: bytes, start: int, stop: int) -> bool:
    at = memory.find(pixel, start, stop)
    while at > 0 and (at - start) % PIXEL:  # the end of one pixel and the beginning of the next
        at = memory.find(pixel, at + 1, stop)
    return at >= 0


def pairs_of(page: Sheet, ground: Sheet, edges: Edges) -> Counter[tuple[int, int]]:
    """Count the pixels of a part of two pages, one from each: colours as numbers (``colour``)."""
    pairs: Counter[tuple[int, int]] = Counter()
    on_plain: dict[int, bytearray] = {}
    for row, below in zip(page.rows(edges), ground.rows(edges), strict=True):
        first = below[:PIXEL]
        if below == first * (len(below) // PIXEL):  # as above an underline: counted together
            on_plain.setdefault(_number(first), bytearray()).extend(row)
        else:
            pairs.update(zip(_numbers(row), _numbers(below), strict=True))
    for under, pixels in on_plain.items():
        for number, count in Counter(_numbers(pixels)).items():
            pairs[number, under] += count
    return pairs


def _numbers(pixels: bytearray) -> memoryview:
    return memoryview(pixels).cast("I")


def _number(pixel: bytearray) -> int:
    return int.from_bytes(pixel, sys.byteorder)


@lru_cache(maxsize=DISTINCT)
def colour(number: int) -> Colour:
    """Return the colour of a pixel that is given as one number."""
    red, green, blue, _ = number.to_bytes(PIXEL, sys.byteorder)
    return red, green, blue


def number(shade: Colour) -> int:
    """Return a colour as the number that ``colour`` reads."""
    return int.from_bytes((*shade, OPAQUE), sys.byteorder)
