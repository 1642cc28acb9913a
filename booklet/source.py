"""The only door into ``source/``: a path below it enters, a SourceFile or findings leave.

Nothing passes that could lead elsewhere (links, ``..``), hide from an editor's eye (control and
direction-override characters) or swallow the machine (very large files, pipes).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from booklet.decoding import decoded, plain_lines
from booklet.errors import MachineError, UsageError
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.opening import NotAFileError, read_below

MAX_TEXT = 500_000
"""Bytes of a chapter: about 250 large-print pages."""
MAX_SETTINGS = 100_000
"""Bytes of a file of settings: about 1000 glossary entries, read in two seconds."""
MAX_PICTURE = 8_000_000
"""Bytes of a picture."""
NOT_BOOKLETS = frozenset({"disclaimers", "clinics", "glossary"})
"""The folders of ``source/`` that hold what booklets share."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read.

    ``path`` begins with the name of the source folder, such as ``source/x/01-a.md``. ``text`` has
    line feeds only and no byte order mark; it is empty for a picture. ``sha256`` (hex) is of
    ``data``, the bytes as they are on disk.
    """

    path: str
    text: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file, or why there is none."""

    file: SourceFile | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The source folder. ``root`` is the folder itself; ``name`` is how findings call it."""

    root: Path
    name: str

    @classmethod
    def open(cls, root: Path) -> SourceTree:
        """Open a source folder. Raises UsageError when there is none."""
        if not os.path.isdir(root):
            raise UsageError(
                "there is no such folder",
                where=str(root),
                hint="Start the command in the project, or name the source folder.",
            )
        return cls(root, root.resolve().name)

    def booklets(self) -> tuple[str, ...]:
        """Return the names of the booklet folders, sorted."""
        return tuple(
            name
            for name in self.listing("")
            if name not in NOT_BOOKLETS and name[0] not in "._" and self._may_be_folder(name)
        )

    def _may_be_folder(self, name: str) -> bool:
        """True too for what cannot be looked at, so that reading it tells why."""
        return os.path.isdir(self.root / name) or not self._is_there("", name)

    def listing(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder below the source folder, sorted; none when it is missing.

        A sign that cannot be shown is a question mark: such a file cannot be opened here.
        Raises MachineError when the machine does not let us look.
        """
        if folder and (self.root / folder).is_symlink():
            return ()
        try:
            return tuple(sorted(map(_printable, os.listdir(self.root / folder))))
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise self._fault(folder, error) from error

    def misnamed(self, folder: str) -> tuple[str, ...]:
        """Return how the names in a folder are shown that hold signs that cannot be shown."""
        shown = set(self.listing(folder))
        return tuple(sorted(name for name in shown if not self._is_there(folder, name)))

    def _is_there(self, folder: str, name: str) -> bool:
        return "?" not in name or os.path.lexists(self.root / folder / name)

    def text(self, path: str, *, limit: int = MAX_TEXT, asked: Span | None = None) -> Loaded:
        """Read a text file below the source folder, such as ``x/01-a.md``.

        ``limit`` is in bytes; ``asked`` is the place that names the file, for the finding that it
        is missing. Raises MachineError when the machine cannot read it.
        """
        loaded = self.data(path, limit=limit, asked=asked)
        return loaded if loaded.file is None else _as_text(loaded.file)

    def data(self, path: str, *, limit: int = MAX_PICTURE, asked: Span | None = None) -> Loaded:
        """Read a file below the source folder as bytes. Limits and errors as for ``text``."""
        asked = asked or self.span(path)
        place = self.span(path)
        try:
            refused = self._unsafe(path, asked) or self._absent(path, asked)
            if refused:
                return Loaded(None, (refused,))
            data = read_below(self.root, path, limit)
        except NotAFileError:
            return Loaded(None, (found("SRC-007", asked, f"{place.file} is not a file."),))
        except OSError as error:
            raise self._fault(path, error) from error
        if len(data) > limit:
            message = f"{place.file} is larger than {limit // 1000:,} kB."
            return Loaded(None, (found("SRC-004", place, message),))
        return Loaded(SourceFile(place.file, "", data, hashlib.sha256(data).hexdigest()))

    def fingerprint(self, folder: str) -> str | None:
        """Return the SHA-256 (hex) of a folder below the source folder: every name and byte.

        It changes with all that reading could find there. None when something in it cannot be
        read, or is so large that reading would refuse it.
        """
        total = hashlib.sha256()
        try:
            for name in _everything(str(self.root), folder):
                kind, data = _seen(f"{self.root}/{name}")
                own = hashlib.sha256(data).hexdigest()
                total.update(f"{name!a}\0{kind}\0{own}\n".encode())
        except (OSError, NotAFileError):
            return None
        return total.hexdigest()

    def span(self, path: str) -> Span:
        """Return the place that stands for a whole file or folder."""
        return Span(f"{self.name}/{path}" if path else self.name)

    def _unsafe(self, path: str, asked: Span) -> Finding | None:
        """Refuse a path that is not plainly below the source folder."""
        parts = path.split("/")
        odd = re.search(r"[\\:\x00-\x1f]", path)
        if odd or any(part in ("", ".", "..") or part != part.strip() for part in parts):
            return found("SRC-003", asked, "This is not the path of a file in this folder.")
        return None

    def _absent(self, path: str, asked: Span) -> Finding | None:
        """Find the first part of the path that is missing, spelt otherwise, or a link."""
        here = ""
        for part in path.split("/"):
            above, here = here, f"{here}/{part}" if here else part
            if not self._is_plainly(above, part):
                names = self.listing(above)
                if part not in names:
                    return self._missing(here, part, names, asked)
            if not os.path.lexists(self.root / here):
                return found("SRC-011", asked, f'"{part}" stands for a name that cannot be shown.')
            if (self.root / here).is_symlink():
                return found("SRC-002", asked, f"{self.name}/{here} is a link to elsewhere.")
        return None

    def _is_plainly(self, folder: str, part: str) -> bool:
        """True when a name is there, and with other capitals is not: no long listing is needed."""
        here = self.root / folder
        return (
            part != part.swapcase()
            and os.path.lexists(here / part)
            and not os.path.lexists(here / part.swapcase())
        )

    def _missing(self, here: str, part: str, names: tuple[str, ...], asked: Span) -> Finding:
        same = next((name for name in names if name.casefold() == part.casefold()), None)
        if same:
            message = f'The name on disk is "{same}", not "{part}".'
            return found("SRC-008", asked, message)
        close = get_close_matches(part, names, n=1)
        hint = f'Did you mean "{close[0]}"?' if close else None
        return found("SRC-001", asked, f"There is no {self.name}/{here}.", hint)

    def _fault(self, path: str, error: OSError) -> MachineError:
        return MachineError(
            f"cannot be read: {error.strerror or error}",
            where=self.span(path).file,
            hint="Check who may read it.",
        )


def _everything(root: str, folder: str) -> list[str]:
    """Return the POSIX paths below ``root`` of all that is in a folder, sorted. Raises OSError.

    No link is followed.
    """
    found: list[str] = []
    with suppress(FileNotFoundError), os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            name = f"{folder}/{entry.name}"
            found.append(name)
            if entry.is_dir(follow_symlinks=False):
                found += _everything(root, name)
    return sorted(found)


def _seen(path: str) -> tuple[str, bytes]:
    """Return what a path is, and its bytes. Raises OSError or NotAFileError."""
    state = os.lstat(path)
    if stat.S_ISDIR(state.st_mode):
        return "folder", b""
    if stat.S_ISLNK(state.st_mode):
        return "link", os.fsencode(os.readlink(path))
    if state.st_size > MAX_PICTURE:
        raise NotAFileError
    folder, _, name = path.rpartition("/")
    return "file", read_below(folder, name, MAX_PICTURE)


def _as_text(file: SourceFile) -> Loaded:
    """Turn bytes into text, or say at which line and column they are none."""
    text, findings = decoded(file.data, file.path)
    if findings:
        return Loaded(None, findings)
    return Loaded(replace(file, text=text))


def _printable(name: str) -> str:
    """Make a name safe to show: names on disk can hold line breaks and broken letters."""
    if name.isprintable():  # nearly all are, and a large catalogue has many
        return name
    return "".join(char if char.isprintable() else "?" for char in name)


Lines = Callable[[Span], str | None]


def lines_of(tree: SourceTree) -> Lines:
    """Return what gives the line at a place, as it is in the file; None where there is none.

    Each file is read once, by the same door as all others; one that is no text has no lines.
    """
    texts: dict[str, list[str]] = {}

    def line(span: Span) -> str | None:
        if span.file not in texts:
            texts[span.file] = _rows(tree, span.file)
        rows = texts[span.file]
        return rows[span.line - 1] if span.line <= len(rows) else None

    return line


def _rows(tree: SourceTree, file: str) -> list[str]:
    root, _, path = file.partition("/")
    if root != tree.name or not path:
        return []
    try:
        loaded = tree.data(path).file
    except MachineError:  # reading it has told so already, if it matters
        return []
    if loaded is None or b"\0" in loaded.data:
        return []
    return plain_lines(loaded.data.decode("utf-8", errors="replace")).split("\n")
