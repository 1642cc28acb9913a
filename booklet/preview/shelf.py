"""Nothing goes in; the preview's own styles, script, sign and letters come out, to be served."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
}
_LETTERS = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its bytes and its media type."""

    data: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All files by name; ``version`` changes with any of them."""

    entries: Mapping[str, Entry]
    version: str

    @classmethod
    def filled(cls) -> Shelf:
        """Read the product's own files, once; what a browser asks for never becomes a path."""
        own = files("booklet.preview").joinpath("static")
        letters = files("fontpkg_atkinson_hyperlegible").joinpath("files")
        data = {entry.name: entry.read_bytes() for entry in own.iterdir()}
        data |= {name: letters.joinpath(name).read_bytes() for name in _LETTERS}
        entries = {
            name: Entry(data[name], _KINDS[name.rpartition(".")[2]])
            for name in sorted(data)
            if name.rpartition(".")[2] in _KINDS
        }
        digest = hashlib.sha256(b"".join(entry.data for entry in entries.values()))
        return cls(entries, digest.hexdigest()[:16])
