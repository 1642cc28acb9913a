"""A key enters; the entry that was kept under it leaves, whole and as it was written, or none.

An entry is one file: a line with its key and the SHA-256 of the rest, a line of JSON, then bytes.
What does not fit its own first line is as if it were not there. No entry is run or unpickled. A
cache is a help and no more: when the disk refuses, work goes on without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = b"booklet-cache-1"
FOLDER = Path(".cache") / "booklet"
DAYS = 30
"""A build removes what none has used for so long, so that no disk fills up."""
_PART = ".part"
_NAME = re.compile(r"[0-9a-f]{64}")


def beside(out: Path) -> Path:
    """Return where the cache of an output folder is: beside it, out of the way of its readers."""
    return out.parent / FOLDER


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry on the disk: ``size`` in bytes, ``used`` in seconds since 1970."""

    path: Path
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Store:
    """The entries below one folder; many may read and write at once, for none changes in place.

    ``refused`` is why the disk took an entry no more, or empty: the first reason alone.
    """

    folder: Path
    refused: list[str] = field(default_factory=list, compare=False, repr=False)

    def path(self, key: str) -> Path:
        """Return where the entry of a key is, or would be."""
        return self.folder / key[:2] / key

    def read(self, key: str) -> tuple[bytes, bytes] | None:
        """Return the JSON line and the bytes kept under a key; None when there is nothing sound."""
        path = self.path(key)
        try:
            entry = _open(path)
        except OSError:
            return None
        if entry is not None:
            # How old an entry is counts from its last use.
            with contextlib.suppress(OSError):
                os.utime(path)
        return entry

    def write(self, key: str, line: bytes, data: bytes = b"") -> None:
        """Keep one line of JSON and bytes under a key, all or nothing; ``refused`` says why not."""
        if b"\n" in line:
            raise ValueError("the line of an entry has no line breaks")
        rest = line + b"\n" + data
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _place(path, _head(key, rest) + rest)
        except OSError as error:
            if not self.refused:
                self.refused.append(error.strerror or str(error))

    def entries(self) -> tuple[Kept, ...]:
        """Return all entries, the one used longest ago first."""
        return tuple(sorted(self._found(_NAME.fullmatch), key=lambda entry: entry.used))

    def damaged(self) -> tuple[Kept, ...]:
        """Return the entries that do not fit their own first line; each file is read whole."""
        return tuple(entry for entry in self.entries() if not _is_sound(entry.path))

    def remove(self, entries: Iterable[Kept]) -> tuple[Kept, ...]:
        """Remove entries; return those that are gone now. What will not go stays."""
        gone = []
        for entry in entries:
            with contextlib.suppress(OSError):
                entry.path.unlink(missing_ok=True)
                gone.append(entry)
        return tuple(gone)

    def prune(self, unused_since: float | None = None, most: int | None = None) -> tuple[Kept, ...]:
        """Remove what was last used before a time, and the oldest beyond ``most`` bytes in all.

        Halves that a killed build left behind, more than an hour old, go as well. Returns what is
        gone.
        """
        entries = self.entries()
        parts = tuple(self._found(lambda name: name.endswith(_PART)))
        newest = max((entry.used for entry in (*entries, *parts)), default=0.0)
        doomed = [part for part in parts if part.used < newest - 3600]
        size = sum(entry.size for entry in entries)
        for entry in entries:
            old = unused_since is not None and entry.used < unused_since
            if old or (most is not None and size > most):
                doomed.append(entry)
                size -= entry.size
        return self.remove(doomed)

    def _found(self, is_meant: Callable[[str], object]) -> Iterator[Kept]:
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if is_meant(path.name):
                    state = path.stat()
                    yield Kept(path, state.st_size, state.st_mtime)


def _head(key: str, rest: bytes) -> bytes:
    return b"%s %s %s\n" % (MAGIC, key.encode(), hashlib.sha256(rest).hexdigest().encode())


def _open(path: Path) -> tuple[bytes, bytes] | None:
    """Return the line and bytes of an entry whose first line fits. Raises OSError."""
    head, _, rest = path.read_bytes().partition(b"\n")
    if head + b"\n" != _head(path.name, rest):
        return None
    line, _, data = rest.partition(b"\n")
    return line, data


def _is_sound(path: Path) -> bool:
    try:
        return _open(path) is not None
    except OSError:
        return False


def _place(path: Path, data: bytes) -> None:
    """Write beside and rename. Not made safe on the disk: what a power cut tears is found out."""
    handle, part = tempfile.mkstemp(suffix=_PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
