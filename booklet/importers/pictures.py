"""The pictures of a file enter, by address; those that can be printed leave, with safe names."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
import stat
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from PIL import Image

from booklet.importers.ledger import Ledger
from booklet.importers.limits import MAX_PICTURE, MAX_PICTURES, MAX_PIXELS
from booklet.readers.svg import svg_findings

Load = Callable[[str], bytes | None]
_DATA = re.compile(r"(?is)data:image/[\w.+-]+((?:;[\w=.-]+)*),(.*)")
_OTHER_KINDS = ("GIF", "TIFF", "BMP", "WEBP")


@dataclass(slots=True)
class Pictures:
    """Takes in pictures; ``load`` finds the bytes of one that is not in the address itself."""

    ledger: Ledger
    load: Load
    taken: dict[str, bytes] = field(default_factory=dict)
    names: dict[bytes, str] = field(default_factory=dict)

    def take(self, address: str, hint: str = "") -> str | None:
        """Return the file name of the picture in the draft, or None with a note in the ledger.

        ``hint`` is what the picture may be called.
        """
        data, why = self._bytes(address.strip())
        if data is None:
            self.ledger.drop(f"picture {why}", _shown(address))
            return None
        if data in self.names:
            return self.names[data]
        if len(self.taken) >= MAX_PICTURES:
            self.ledger.drop(f"picture beyond the first {MAX_PICTURES}", _shown(address))
            return None
        made = _usable(data)
        if made is None:
            self.ledger.drop("picture of a kind that cannot be read", _shown(address))
            return None
        ending, usable = made
        name = self._name(hint or address, ending)
        self.taken[name] = usable
        self.names[data] = name
        return name

    def _bytes(self, address: str) -> tuple[bytes | None, str]:
        match = _DATA.fullmatch(address)
        if match:
            data = _from_address(match[1], match[2])
        elif re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", address):
            return None, "that lies on the web or elsewhere (nothing is fetched)"
        else:
            data = self.load(address)
        if data is None:
            return None, "that could not be found"
        if len(data) > MAX_PICTURE:
            return None, f"larger than {MAX_PICTURE // 1_000_000} MB"
        return data, ""

    def _name(self, hint: str, ending: str) -> str:
        stem = Path(unquote(hint).replace("\\", "/")).stem if not hint.startswith("data:") else ""
        stem = re.sub(r"[^a-z0-9]+", "-", stem.lower())[:40].strip("-")
        # "picture" in front keeps names away from those that Windows has for devices.
        stem = stem if len(stem) > 4 and not stem.isdigit() else f"picture-{len(self.taken) + 1}"
        name, number = f"{stem}.{ending}", 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}.{ending}"
        return name


def _shown(address: str) -> str:
    return "" if address.startswith("data:") else address[:300]


def _from_address(options: str, text: str) -> bytes | None:
    if ";base64" not in options.lower():
        return unquote_to_bytes(text)
    try:
        return base64.b64decode("".join(unquote(text).split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _usable(data: bytes) -> tuple[str, bytes] | None:
    """Return ending and bytes: as they are, or as PNG where a booklet does not know the kind."""
    if data.lstrip()[:1] == b"<" or data[:3] == b"\xef\xbb\xbf":
        return ("svg", data) if not svg_findings(data, "picture") else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", *_OTHER_KINDS)) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS or max(width, height) > 8000:
                    return None
                kind = picture.format
                picture.load()
                if kind in ("PNG", "JPEG"):
                    return ("png" if kind == "PNG" else "jpg"), data
                return "png", _as_png(picture)
    # Damaged pictures make the library raise nearly anything.
    except Exception:  # noqa: BLE001 - a picture that cannot be read is told, whatever is wrong
        return None


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    mode = (
        "RGBA" if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "P") else "RGB"
    )
    picture.convert(mode).save(out, "PNG")
    return out.getvalue()


def beside(file: Path) -> Load:
    """Return what finds pictures in the folder of ``file`` and below, and nowhere else."""
    folder = file.parent.resolve()

    def load(address: str) -> bytes | None:
        path = unquote(re.split("[?#]", address, maxsplit=1)[0]).replace("\\", "/")
        parts = path.split("/")
        if not path or path.startswith("/") or ".." in parts or any(":" in part for part in parts):
            return None
        place = folder / path
        try:
            whole = place.resolve(strict=True)
            if not whole.is_relative_to(folder) or not stat.S_ISREG(os.stat(whole).st_mode):
                return None
            with whole.open("rb") as stream:
                return stream.read(MAX_PICTURE + 1)
        except (OSError, ValueError):
            return None

    return load


def nowhere(_address: str) -> bytes | None:
    """Find no picture."""
    return None
