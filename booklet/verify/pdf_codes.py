"""A page rendered without its text in, the QR codes on it out, as a phone would read them."""

from __future__ import annotations

import re

import pypdfium2.raw as c
import zxingcpp

from booklet.verify.pdf_objects import Painted
from booklet.verify.pdf_page import Code
from booklet.verify.pdf_picture import INK_TABLE, Pictures

QUIET_MODULES = 4
"""White space that a phone needs around a QR code (ISO/IEC 18004)."""
EDGE = 2
"""Pixels by which the reader may miss the edge of a code."""
FEWEST = 40
"""Pieces of outline below which no code can be drawn: the smallest has 21 rows that differ, and a
row takes two pieces, even where one dashed line draws it."""


def may_hold_code(painted: Painted) -> bool:
    """True unless all that a page paints beside its text is too little to be a code."""
    if painted.images or any(kind != c.FPDF_PAGEOBJ_PATH for kind, _ in painted.others):
        return True
    pieces: int = sum(c.FPDFPath_CountSegments(item.handle) for _, item in painted.others)
    return pieces >= FEWEST


def codes_of(pictures: Pictures) -> tuple[Code, ...]:
    """Find the QR codes of the page as a phone would, readable or not."""
    page, ground = pictures.page, pictures.background
    if ground.colour_of(ground.whole) is not None:
        return ()
    read = zxingcpp.read_barcodes(
        zxingcpp.ImageView(page.pixels, page.width, page.height, zxingcpp.ImageFormat.RGBA),
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
    zone = int(QUIET_MODULES * (right - left) / modules) - EDGE
    edges = (left - zone, upper - zone, right + zone, lower + zone)
    ground = pictures.page.cut(edges).convert("L").point(INK_TABLE)
    inner = (
        zone - EDGE,
        zone - EDGE,
        ground.width - zone + EDGE,
        ground.height - zone + EDGE,
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
