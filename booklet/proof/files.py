"""Paths or an output folder go in; the finished files, each with its entry, come out."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet import manifest, output
from booklet.editions import Format
from booklet.errors import MachineError, UsageError
from booklet.manifest import Entry, Manifest

MOST_BYTES = 300_000_000
"""The largest file that is opened: a thousand times the largest that was built so far."""
_MAGIC: tuple[tuple[bytes, Format], ...] = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "epub"))
_PLACE = re.compile(r"(?!\.\.?/)[^/\\]+/(?!\.\.?$)[^/\\]+")
"""A folder and a file in it, as the build writes them."""
_ENDINGS: dict[str, Format] = {".pdf": "pdf", ".epub": "epub"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to prove. ``name`` is what the person calls it; ``data`` is None when it is gone.

    ``entry`` is its line in the list of built files, if it has one; ``root`` is then the output
    folder, if the file still stands where the list says.
    """

    name: str
    kind: Format
    data: bytes | None
    sha256: str
    entry: Entry | None = None
    root: Path | None = None

    @property
    def label(self) -> str:
        """What findings call the file: its place below the output folder, while it stands there."""
        return self.entry.file if self.entry and self.root else self.name


def built(out: Path) -> Iterator[Candidate]:
    """Yield every file in the list of the output folder. Raises UsageError if there is none."""
    entries = _manifest(out)
    if not entries:
        hint = "Build first, or name the files to verify, or the folder with --out."
        raise UsageError("no built files are listed here", where=str(out), hint=hint)
    for entry in entries:
        path = out / entry.file
        data = _bytes(path) if path.exists() else None
        digest = hashlib.sha256(data or b"").hexdigest()
        name = path.as_posix()
        yield Candidate(name, _ENDINGS.get(path.suffix, "pdf"), data, digest, entry, out)


def named(paths: Sequence[Path], out: Path) -> Iterator[Candidate]:
    """Yield the files that a person named, each once. Raises UsageError for what is none."""
    for path in dict.fromkeys(paths):
        data = _opened(path)
        digest = hashlib.sha256(data).hexdigest()
        entry, root = _known(path, digest, out)
        yield Candidate(path.as_posix(), _kind(path, data), data, digest, entry, root)


def parent_of(candidate: Candidate) -> tuple[str, bytes] | None:
    """Return name and bytes of the print that a file was made from, as it lies beside it now.

    It is what a person would print, so its pages are the ones that must agree.
    """
    entry, root = candidate.entry, candidate.root
    if entry is None or root is None or not entry.made_from:
        return None
    wanted = entry.booklet, entry.clinic, entry.source_digest, entry.made_from
    for each in _manifest(root):
        path = root / each.file
        same = (each.booklet, each.clinic, each.source_digest, each.edition) == wanted
        if same and path.is_file():
            return path.name, _bytes(path)
    return None


def _manifest(out: Path) -> Manifest:
    """Return the list of built files; a line that would lead out of the folder is left out."""
    entries = manifest.load(output.read(out, manifest.NAME))
    return tuple(entry for entry in entries if _PLACE.fullmatch(entry.file))


def _known(path: Path, digest: str, out: Path) -> tuple[Entry | None, Path | None]:
    """Find a file in the lists of built files: by its place, or a copy of it by its bytes."""
    roots = (path.resolve().parent.parent, out.resolve())
    for root in dict.fromkeys(roots):
        for entry in _manifest(root):
            if (root / entry.file).resolve() == path.resolve():
                return entry, root
    for root in dict.fromkeys(roots):
        for entry in _manifest(root):
            if entry.sha256 == digest:
                return entry, None
    return None, None


def _opened(path: Path) -> bytes:
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError("there is no such file", where=str(path)) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"this is not the path of a file: {error}", where=str(path)) from error
    if stat.S_ISDIR(mode):
        hint = "Name the files themselves. Without any, every built file is verified."
        raise UsageError("this is a folder, not a file", where=str(path), hint=hint)
    if not stat.S_ISREG(mode):
        raise UsageError("this is not a file", where=str(path))
    return _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"this is larger than {MOST_BYTES // 1_000_000} MB; no booklet is"
            raise UsageError(message, where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise MachineError(
            f"this cannot be read: {error.strerror or error}",
            where=str(path),
            hint="Check who may read it.",
        ) from error


def _kind(path: Path, data: bytes) -> Format:
    """Tell the format by the name, else by the first bytes."""
    if path.suffix.lower() in _ENDINGS:
        return _ENDINGS[path.suffix.lower()]
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    hint = "Name files that end in .pdf or .epub."
    raise UsageError("this is neither a PDF nor an e-book (EPUB)", where=str(path), hint=hint)
