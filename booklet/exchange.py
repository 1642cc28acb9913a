"""Finished parts beside old files enter; all of them take their places, or the old files return.

What the old files were is written down first, so that whoever comes after a process that was killed
in the middle can put them back. Only the removal of that note makes the new files count.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

PART = ".booklet-part"
KEPT = ".booklet-kept"
NOTE = ".booklet-undo"
# Whether there was an old file, by POSIX path below the folder.
Olds = Mapping[str, bool]


def beside(path: Path, ending: str) -> Path:
    """Return where a file's part, or its old self, stands for the time being."""
    return path.with_name(f".{path.name}{ending}")


def write(path: Path, data: bytes) -> None:
    """Write a file and have it safe on the disk. Raises OSError."""
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def settle(folders: Iterable[Path]) -> None:
    """Have the names in these folders safe on the disk, where the system knows how."""
    for folder in sorted(set(folders)):
        with suppress(OSError, AttributeError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def exchange(folder: Path, names: Iterable[str]) -> None:
    """Put the part of each file in its place; on any trouble, and after it, the old files stand.

    Raises OSError.
    """
    olds = {name: (folder / name).exists() for name in names}
    parents = {(folder / name).parent for name in olds}
    if len(olds) < 2:  # one name changes at once or not at all
        for name in olds:
            _place(folder / name)
        settle(parents)
        return
    for name, was_there in olds.items():
        if was_there:
            _keep(folder / name)
    settle(parents)
    try:
        _note(folder, olds)
        for name in olds:
            _place(folder / name)
        settle(parents)
    except BaseException:
        _undo(folder, olds)
        raise
    _forget(folder)


def put_back(folder: Path) -> None:
    """Put the old files back where a process died between them and the new. Raises OSError."""
    try:
        olds = json.loads((folder / NOTE).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return
    except ValueError:
        olds = {}  # the note itself was never finished, so no file had changed
    _undo(folder, {name: olds[name] for name in olds if _is_below(folder, name)})


def is_unsettled(folder: Path) -> bool:
    """True when some files may be old and others of their set new."""
    return (folder / NOTE).exists()


def tidy(folder: Path, names: Collection[str]) -> None:
    """Remove what stood beside these files; what the note may still need stays."""
    endings = (PART,) if is_unsettled(folder) else (PART, KEPT)
    for name in names:
        for ending in endings:
            with suppress(OSError):
                beside(folder / name, ending).unlink(missing_ok=True)
    # A folder made for files that never came; one with anything in it stays.
    for parent in {(folder / name).parent for name in names} - {folder}:
        with suppress(OSError):
            parent.rmdir()


def _place(path: Path) -> None:
    os.replace(beside(path, PART), path)


def _keep(path: Path) -> None:
    """Give the old file a second name; where the file system has no links, copy it."""
    kept = beside(path, KEPT)
    with suppress(OSError):
        kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
        with kept.open("rb+") as handle:
            os.fsync(handle.fileno())


def _note(folder: Path, olds: Olds) -> None:
    path = folder / NOTE
    try:
        write(beside(path, PART), json.dumps(olds).encode())
        _place(path)
    finally:
        with suppress(OSError):
            beside(path, PART).unlink(missing_ok=True)
    settle([folder])


def _undo(folder: Path, olds: Olds) -> None:
    """Bring back what was there and take away what was not; to do it twice changes nothing."""
    for name, was_there in olds.items():
        path = folder / name
        kept = beside(path, KEPT)
        if not was_there:
            path.unlink(missing_ok=True)
        elif kept.exists():
            os.replace(kept, path)
    settle((folder / name).parent for name in olds)
    _forget(folder)


def _forget(folder: Path) -> None:
    """Remove the note: from here on the files count as they stand."""
    (folder / NOTE).unlink(missing_ok=True)
    # Before any old file goes: a power cut must not bring back the note alone.
    settle([folder])


def _is_below(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())
