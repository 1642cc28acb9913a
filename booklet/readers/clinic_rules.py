"""The settings of a clinic's profile enter; what would not serve a reader leaves as findings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, cast

from PIL import Image

from booklet.colour import Colour, contrast, darkened, parsed, written
from booklet.editions import EDITIONS
from booklet.findings import Finding, found
from booklet.model import Asset, Span
from booklet.readers.yaml_positions import YamlRead

LOGO_WIDTH, LOGO_HEIGHT = 60.0, 30.0
"""Millimetres: the space of the logo on a printed cover (``.cover-logo`` in the style sheets)."""

_MM = 25.4  # an inch
# Dots an inch below which a printed logo looks blurred at reading distance: half of the 300 that
# printers ask for.
_SHARP = 150
# WCAG 2.2, 1.4.11: what has to be seen, but not read, needs 3 to 1. A logo has to have that in
# one dot of a hundred, or it is a white logo for dark pages.
_SEEN, _DOTS = 3.0, 0.01
_SAMPLE = (120, 120)

# Digits with what people write between them, a word such as "or", "ext." between two numbers.
_ONE = r"\+?\(?[0-9](?:[0-9 ./()-]*[0-9)])?"
_NUMBER = re.compile(rf"{_ONE}(?: [a-z]+\.? {_ONE})*")
_MOST_DIGITS = 15  # ITU-T E.164
_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_CLOCK = re.compile(r"(?<![0-9])([0-9]{1,2})[:.]([0-9]{2})(?![0-9])(?: ?([ap])\.?m)?")
_HALF_DAY = re.compile(r"(?<![0-9:.])([0-9]{1,2}) ?[ap]\.?m\b")


def profile_findings(read: YamlRead) -> Iterator[Finding]:
    """Yield what no schema can see, from whatever part of a profile could be read.

    What is not of its form, such as a number without quotes, the schema has told.
    """
    for name, least in (("phone", 3), ("emergency_number", 2)):
        if text := _words(read.raw.get(name)):
            yield from _phone(text, read.place((name,)), least)
    hours = read.raw.get("hours")
    for number, line in enumerate(hours if isinstance(hours, list) else ()):
        if text := _words(line):
            yield from _hours(text, read.place(("hours", number)))
    accent = _words(read.raw.get("accent"))
    if _COLOUR.fullmatch(accent):
        yield from _accent(accent, read.place(("accent",)))


def _words(value: Any) -> str:
    """Return words in single spaces; nothing for what is no words."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_number(text: str) -> bool:
    """True for a phone number as people write it; words such as "or", "ext." may join two."""
    return bool(_NUMBER.fullmatch(text)) and text.count("(") == text.count(")")


def _phone(text: str, place: Span, least: int) -> Iterator[Finding]:
    """A number must be one that can be dialled."""
    if not any(char.isdigit() for char in text):
        return  # the schema has told it
    if not is_number(text):
        yield found("CLIN-002", place, f'"{text}" is not written as a phone number.')
        return
    parts = re.split(r" [a-z]+\.? ", text)
    counts = [sum(char.isdigit() for char in part) for part in parts]
    # What follows the first number may be an extension, so it may be short.
    wrong = [n for n in counts if n > _MOST_DIGITS] + [n for n in counts[:1] if n < least]
    if wrong:
        message = f"A number here has {least} to {_MOST_DIGITS} digits; this has {wrong[0]}."
        yield found("CLIN-002", place, message)


def _hours(line: str, place: Span) -> Iterator[Finding]:
    """The times of a line must be times that a clock can show."""
    if not any(char.isalpha() for char in line):
        yield found("CLIN-003", place, f'"{line}" does not say for which days it is.')
    for time in _CLOCK.finditer(line):
        hour, minute, half = int(time[1]), int(time[2]), time[3]
        good = 1 <= hour <= 12 if half else hour <= 23 or (hour, minute) == (24, 0)
        if not good or minute > 59:
            yield found("CLIN-003", place, f'There is no time "{time.group()}".')
    for time in _HALF_DAY.finditer(line):
        if not 1 <= int(time[1]) <= 12:
            yield found("CLIN-003", place, f'There is no time "{time.group()}".')


def _accent(text: str, place: Span) -> Iterator[Finding]:
    """White words stand on the accent and its words on white: both need the strictest contrast."""
    colour, needed = parsed(text), strictest()
    if contrast(colour) < needed:
        # Cut off, not rounded: 6.996 is not 7.
        ratio = int(contrast(colour) * 100) / 100
        message = (
            f"{text} has a contrast of {ratio:g} to 1 with white, as words and behind white "
            f"words; it needs {needed:g} to 1."
        )
        nearest = written(darkened(colour, needed))
        hint = f'The nearest darker colour that passes is "{nearest}".'
        yield found("CLIN-001", place, message, hint)


def strictest() -> float:
    """Return the highest contrast that an edition asks for (a WCAG ratio)."""
    return max(row.limits.contrast for row in EDITIONS if row.limits)


def logo_findings(logo: Asset, place: Span) -> Iterator[Finding]:
    """Yield what is wrong with a logo that can be shown; a drawing is sharp at any size."""
    if logo.media_type == "image/svg+xml":
        return
    with Image.open(io.BytesIO(logo.data)) as picture:
        width, height = picture.size
        shown = picture.convert("RGBA")
    # The space holds the whole logo: its wider side, as it were, tells the printed size.
    inches = min(LOGO_WIDTH / _MM, LOGO_HEIGHT / _MM * width / height)
    if width / inches < _SHARP:
        message = f"The logo has {width} by {height} dots; printed, they would be seen."
        needed = f"{LOGO_WIDTH / _MM * _SHARP:.0f}"
        hint = f"Use a drawing (.svg), or a picture {needed} dots wide or more."
        yield found("CLIN-004", place, message, hint)
    if _share_seen(shown) < _DOTS:
        yield found("CLIN-005", place, "The logo is white, or nearly, on white paper.")


def _share_seen(picture: Image.Image) -> float:
    """Return the share of dots that stand out from white paper."""
    paper = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    flat = Image.alpha_composite(paper, picture).convert("RGB")
    flat.thumbnail(_SAMPLE, Image.Resampling.BOX)
    dots = cast("list[tuple[int, Colour]]", flat.getcolors(_SAMPLE[0] * _SAMPLE[1]) or [])
    seen = sum(count for count, colour in dots if contrast(colour) >= _SEEN)
    return seen / (flat.width * flat.height)
