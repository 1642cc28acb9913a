"""Colours enter; contrast, darker colours and tints leave: the arithmetic of what can be read."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
HOUSE = "#0b4f5e"
"""The accent where no clinic has chosen one; the style sheets and icons are drawn in it."""

# WCAG 2.2, 1.4.11: what has to be seen, but not read, needs 3 to 1.
_SEEN = 3.0
# The strongest tint behind words: a tenth of the accent is seen and still reads as white paper.
_STRONGEST_TINT = 10
_PER_CENT = 100


def parsed(text: str) -> Colour:
    """Return the sRGB colour written ``#rrggbb`` or ``#rgb``. Raises ValueError for other text."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not text.startswith("#") or len(digits) != 6:
        raise ValueError(f"{text} is no colour")
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def written(colour: Colour) -> str:
    """Return a colour as ``#rrggbb``."""
    return f"#{bytes(colour).hex()}"


def luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, glossary)."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour = WHITE) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, glossary)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def darkened(colour: Colour, ratio: float) -> Colour:
    """Return the colour if it has this contrast with white, else the nearest darker one that has.

    "Nearest" keeps the hue: all three channels lose the same share of their light.
    """
    if contrast(colour) >= ratio:
        return colour
    allowed = (luminance(WHITE) + 0.05) / ratio - 0.05
    share = allowed / luminance(colour)
    # Rounded down, so that rounding cannot make it lighter than what is allowed.
    red, green, blue = (int(_stored(_linear(channel) * share)) for channel in colour)
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Palette:
    """An accent with what is derived from it, as ``#rrggbb``.

    ``band`` lies behind words in black and in the accent; ``rule`` is for lines without meaning.
    """

    accent: str
    band: str
    rule: str


def palette(accent: Colour, ratio: float) -> Palette:
    """Derive the tints of an accent so that words keep the contrast ``ratio`` on them.

    An accent that only just has this contrast with white gets a white band.
    """
    tints = (_tint(accent, share) for share in range(_STRONGEST_TINT, 0, -1))
    band = next((tint for tint in tints if contrast(accent, tint) >= ratio), WHITE)
    rules = (_tint(accent, share) for share in range(_PER_CENT))
    rule = next((tint for tint in rules if contrast(tint) >= _SEEN), accent)
    return Palette(written(accent), written(band), written(rule))


def _tint(colour: Colour, share: int) -> Colour:
    """Mix per cent of a colour into white."""
    red, green, blue = (
        round((channel * share + 255 * (_PER_CENT - share)) / _PER_CENT) for channel in colour
    )
    return red, green, blue


def _linear(channel: float) -> float:
    """Return the light of a stored channel, 0 to 1 (IEC 61966-2-1)."""
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _stored(light: float) -> float:
    """Return the channel, 0 to 255, that stores this light."""
    value: float = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return value * 255
