"""The path of a picture enters; an Asset that is safe in every edition, or findings, leave."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from booklet.findings import Finding, found
from booklet.model import Asset, Span
from booklet.readers.intake import Intake
from booklet.readers.svg import svg_findings
from booklet.source import SourceFile

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_SIGNS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# What Pillow calls the ways to hold colours that print and every e-book reader can show.
_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK"})
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}

MAX_SIDE = 8000
"""Pixels: A4 at 600 dots an inch is 4960 x 7016; no printer here shows more."""
MAX_PIXELS = 35_000_000
"""Pixels in all: A4 at 600 dots an inch, which takes about 100 MB to unpack."""

MAX_BYTES = 50_000_000
"""Bytes of all pictures of a folder; mail often takes no more than 25 million."""
MAX_ALL_PIXELS = 400_000_000
"""Pixels of all pictures of a folder: 45 full pages at 300 dots an inch."""


@dataclass(slots=True)
class Pictures:
    """The pictures of one folder below the source folder, each loaded once.

    ``taken`` maps the names given out so far to paths; booklet and clinic share it.
    """

    intake: Intake
    folder: str
    taken: dict[str, str] = field(default_factory=dict)
    loaded: dict[str, Asset] = field(default_factory=dict)
    pixels: int = 0

    def load(self, path: str, asked: Span) -> Asset | tuple[Finding, ...]:
        """Return the picture at ``path`` (from the folder), or why it cannot be used.

        ``asked`` is the place that names the picture.
        """
        if path in self.loaded:
            return self.loaded[path]
        ending = re.search(r"\.[^./]*$", path)
        media_type = _TYPES.get(ending.group().lower()) if ending else None
        if media_type is None:
            return (found("ASSET-001", asked, f'"{path}" is not a picture of a known kind.'),)
        loaded = self.intake.data(f"{self.folder}/{path}", asked=asked)
        if loaded.file is None:
            return loaded.findings
        findings = self._too_much(loaded.file, asked) or _content_findings(loaded.file, media_type)
        if findings:
            return findings
        asset = Asset(
            self._name(path, loaded.file.path), loaded.file.path, media_type, loaded.file.data,
            loaded.file.sha256,
        )  # fmt: skip
        self.loaded[path] = asset
        return asset

    def _too_much(self, file: SourceFile, asked: Span) -> tuple[Finding, ...]:
        """Refuse a picture that would make the pictures of the folder too many in all."""
        size = len(file.data) + sum(len(asset.data) for asset in self.loaded.values())
        self.pixels += pixels_of(file.data)
        if size <= MAX_BYTES and self.pixels <= MAX_ALL_PIXELS:
            return ()
        message = f"With this one the pictures have more than {MAX_BYTES // 1_000_000} MB"
        message += f" or {MAX_ALL_PIXELS // 1_000_000} million pixels in all."
        return (found("ASSET-011", asked, message),)

    def _name(self, path: str, full: str) -> str:
        """Make a file name of small letters, digits and hyphens that no other picture has."""
        stem, _, ending = path.lower().removeprefix("images/").rpartition(".")
        stem = re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "picture"
        name, number = f"{stem}.{ending}", 1
        while self.taken.setdefault(name, full) != full:
            number += 1
            name = f"{stem}-{number}.{ending}"
        return name


def _content_findings(file: SourceFile, media_type: str) -> tuple[Finding, ...]:
    place = Span(file.path)
    actual = _sniff(file.data)
    if actual != media_type:
        what = f"holds {actual}" if actual else "holds no picture that we know"
        return (found("ASSET-002", place, f"The name says {media_type}, the file {what}."),)
    if media_type == "image/svg+xml":
        return svg_findings(file.data, file.path)
    return _raster_findings(file.data, place, media_type)


def _sniff(data: bytes) -> str | None:
    """Tell the kind of a picture by its first bytes; a broken SVG is still one."""
    for media_type, sign in _SIGNS.items():
        if data.startswith(sign):
            return media_type
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000]
    return "image/svg+xml" if head.startswith(b"<") and b"<html" not in head.lower() else None


def _raster_findings(data: bytes, place: Span, media_type: str) -> tuple[Finding, ...]:
    """Unpack a picture whole, after a look at its size, so that a broken one is found here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(_FORMATS[media_type],)) as picture:
                width, height = picture.size
                if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
                    return (_too_many(place, width, height),)
                if picture.mode not in _MODES:
                    return (found("ASSET-012", place, f"Its colours are held as {picture.mode}."),)
                picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return (found("ASSET-008", place, "The picture has far too many pixels."),)
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, EOFError):
        return (found("ASSET-009", place, "The picture is damaged and cannot be opened."),)
    return ()


def pixels_of(data: bytes) -> int:
    """Return how many pixels a photo says it has; none for what cannot be opened, or a drawing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_FORMATS.values())) as picture:
                return picture.width * picture.height
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return 0


def _too_many(place: Span, width: int, height: int) -> Finding:
    message = f"The picture has {width} x {height} pixels; {MAX_SIDE} a side is the most."
    return found("ASSET-008", place, message)
