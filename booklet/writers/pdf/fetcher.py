"""The locked door of the layout engine: it may load the Job's own pictures, our fonts and icons."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from booklet.colour import HOUSE
from booklet.model import Asset
from booklet.resources import styles_dir
from booklet.writers.pdf.fonts import faces_for

# A name that can never be looked up (RFC 6761): nothing under it reaches a network.
BASE_URL = "https://booklet.invalid/"
_ICONS = "icons/"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that one document may load: (address below BASE_URL, media type, bytes)."""

    entries: tuple[tuple[str, str, bytes], ...]

    @classmethod
    def of(cls, assets: tuple[Asset, ...], points: frozenset[int], accent: str = HOUSE) -> Shelf:
        """The shelf for a booklet: its pictures, the fonts for its code points, our icons.

        The icons are drawn in the house's accent and shown in ``accent`` (``#rrggbb``).
        """
        pictures = ((f"images/{asset.name}", asset.media_type, asset.data) for asset in assets)
        fonts = ((f"fonts/{face.id}", "font/ttf", face.data(points)) for face in faces_for(points))
        icons = (
            (f"{_ICONS}{icon.name}", "image/svg+xml", _tinted(icon, accent))
            for icon in _icons(styles_dir())
        )
        return cls((*pictures, *fonts, *icons))


def _tinted(icon: Traversable, accent: str) -> bytes:
    return icon.read_bytes().replace(HOUSE.upper().encode(), accent.encode())


def _icons(styles: Traversable) -> list[Traversable]:
    folder = styles.joinpath("icons")
    return sorted((e for e in folder.iterdir() if e.name.endswith(".svg")), key=lambda e: e.name)


class LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves the shelf and refuses everything else: no network, no file of the machine."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(allowed_protocols=())
        self._entries = {f"{BASE_URL}{name}": (kind, data) for name, kind, data in shelf.entries}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - theirs
        """Return the bytes on the shelf at this address; raise when there are none."""
        if unquote(url) not in self._entries:
            raise FatalURLFetchingError(f"the booklet has nothing at {url}")
        kind, data = self._entries[unquote(url)]
        return URLFetcherResponse(url, data, {"Content-Type": kind})
