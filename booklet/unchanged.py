"""A request enters; the booklets of which nothing has changed since they were built today leave.

A booklet is taken as it stands only when all of this is as it was: every byte of its folder and of
the folders that booklets share, the program with its libraries, what was asked for, the day, the
list of built files, and each built file by its size and its times. The day is among them
because the checks judge by it: what was ready to be built yesterday may be overdue today.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from booklet import cache, manifest, output
from booklet.kept import Shelf
from booklet.manifest import Entry
from booklet.report import BookletResult, NotChecked
from booklet.source import NOT_BOOKLETS, SourceTree
from booklet.survey import Copy, Request, copies


@dataclass(frozen=True, slots=True)
class Stamp:
    """A built file as it was left: POSIX path below the output folder, bytes, times in ns."""

    name: str
    size: int
    written: int
    changed: int


@dataclass(frozen=True, slots=True)
class Built:
    """A booklet that was put out: what was said of it, and its files."""

    result: BookletResult
    entries: tuple[Entry, ...]
    not_checked: tuple[NotChecked, ...]
    files: tuple[Stamp, ...]

    @property
    def language(self) -> str:
        """The language that it is in, as a BCP 47 tag."""
        return self.entries[0].language


@dataclass(frozen=True, slots=True)
class Row:
    """A booklet that was put out, under the key of all that it depends on."""

    copy: Copy
    key: str
    built: Built


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is remembered of builds that asked for the same.

    ``listing`` is the SHA-256 (hex) of the list of built files as the last of them left it.
    """

    listing: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the booklets of a request; without a shelf, nothing.

    ``keys`` are those of the copies as their source was when the build began, ``place`` is where
    the ``ledger`` is kept.
    """

    request: Request
    shelf: Shelf | None
    keys: Mapping[Copy, str]
    built: Mapping[Copy, Built]
    place: str = ""
    ledger: Ledger = Ledger()

    @property
    def entries(self) -> frozenset[Entry]:
        """The rows of the list of built files that need no look."""
        return frozenset(entry for each in self.built.values() for entry in each.entries)


def recall(request: Request) -> Memory:
    """Return the booklets that need no look. Raises UsageError as ``survey`` does.

    There are none where more than the booklet alone decides: a baseline, or outside programs.
    """
    shelf = Shelf.open(request.cache) if request.cache else None
    if shelf is None or request.full or request.baseline is not None:
        return Memory(request, shelf, {}, {})
    tree = SourceTree.open(request.source)
    place = _place(shelf, request, tree)
    key = _keys(tree)
    keys = {copy: found for copy in copies(tree, request) if (found := key(copy))}
    ledger = _read(shelf, place)
    known = {row.copy: row.built for row in ledger.rows if keys.get(row.copy) == row.key}
    stands = _standing(ledger, request.out) if known else None
    built = {copy: each for copy, each in known.items() if stands and stands(each)}
    return Memory(request, shelf, keys, built, place, ledger)


def remember(memory: Memory, built: Mapping[Copy, Built]) -> None:
    """Keep what is said of booklets that were just put out, unless their source moved meanwhile."""
    if memory.shelf is None or not memory.keys or not built:
        return
    request = memory.request
    key = _keys(SourceTree.open(request.source))
    rows = {row.copy: row for row in memory.ledger.rows}
    for copy, each in built.items():
        now = key(copy)
        if now and now == memory.keys.get(copy):
            rows[copy] = Row(copy, now, each)
    ledger = Ledger(_listing(request.out)[1], tuple(rows.values()))
    memory.shelf.store.write(memory.place, msgspec.json.encode(ledger))


def stamps(out: Path, names: Iterable[str]) -> tuple[Stamp, ...]:
    """Return the files below the output folder as they stand; those that are gone are left out."""
    return tuple(stamp for name in names if (stamp := _stamp(out, name)))


def _stamp(out: Path, name: str) -> Stamp | None:
    try:
        state = os.stat(f"{out}/{name}")
    except OSError:
        return None
    # The second time cannot be set by hand: whoever changes a file and puts its date back is
    # found out, where the system keeps that time.
    return Stamp(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _read(shelf: Shelf, place: str) -> Ledger:
    entry = shelf.store.read(place)
    try:
        return msgspec.json.decode(entry[0], type=Ledger) if entry else Ledger()
    except msgspec.MsgspecError:
        return Ledger()


def _listing(out: Path) -> tuple[bytes, str]:
    """Return the list of built files as it is, and its SHA-256 (hex)."""
    data = output.read(out, manifest.NAME)
    return data, hashlib.sha256(data).hexdigest()


def _standing(ledger: Ledger, out: Path) -> Callable[[Built], bool]:
    """Return what tells whether a booklet's files are listed and as they were left."""
    data, digest = _listing(out)
    # As we left it, it lists what we put out: then nobody needs to read it.
    listed = None if digest == ledger.listing else frozenset(manifest.load(data))

    def stands(built: Built) -> bool:
        return (listed is None or listed.issuperset(built.entries)) and all(
            _stamp(out, file.name) == file for file in built.files
        )

    return stands


def _place(shelf: Shelf, request: Request, tree: SourceTree) -> str:
    """Return where all is kept that was put out for requests such as this one."""
    return cache.digest(
        "booklets",
        repr(shelf.setting),
        repr([(row, shelf.made_with(row)) for row in request.editions]),
        request.today.isoformat(),
        repr((request.strict, request.caliper, tree.name)),
        str(request.out.resolve()),
    )


def _keys(tree: SourceTree) -> Callable[[Copy], str | None]:
    """Return what gives a copy's key as its source now is; None when that cannot be read whole."""
    shared = [tree.fingerprint(folder) for folder in sorted(NOT_BOOKLETS)]
    folders: dict[str, str | None] = {}

    def key(copy: Copy) -> str | None:
        name, clinic = copy
        if name not in folders:
            folders[name] = tree.fingerprint(name)
        parts = [folders[name], *shared]
        whole = [part for part in parts if part is not None]
        return cache.digest(name, clinic, *whole) if len(whole) == len(parts) else None

    return key
