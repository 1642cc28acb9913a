"""The only hand that writes to the output folder: names and bytes in, whole sets of files out.

A set is written beside the old files first and then put in their place, all or none. A lock
keeps two builds out of one folder; what a killed build left behind is cleared by the next.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from booklet.errors import MachineError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: IO[bytes]) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK = ".booklet.lock"
PART = ".booklet-part"
KEPT = ".booklet-kept"
# Names that Windows keeps for devices, with or without an ending (Microsoft, "Naming Files").
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
# Windows allows 260 characters for a whole path; three parts of this length leave room.
LONGEST = 60
BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def safe_name(part: str) -> str:
    """Return a part of a file name that every system accepts.

    A part that had to be changed ends in a piece of its SHA-256, so that two never meet.
    """
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", part)[:LONGEST].strip(".-")
    if plain and plain == part and not RESERVED.fullmatch(plain):
        return plain
    mark = hashlib.sha256(part.encode(errors="backslashreplace")).hexdigest()[:8]
    return f"{plain.replace('.', '-')}-{mark}".lstrip("-")


def file_name(
    booklet: str, language: str, suffix: str, clinic: str | None, ending: str, mark: str = ""
) -> str:
    """Return ``<booklet>_<language>_<suffix>[_<clinic>][_<mark>].<ending>``."""
    parts = (booklet, language, suffix, *((clinic,) if clinic else ()), *((mark,) if mark else ()))
    return f"{'_'.join(safe_name(part) for part in parts)}.{ending}"


def transcript_name(name: str) -> str:
    """Return the name of the listening transcript of a finished file."""
    return f"{name.rpartition('.')[0]}.transcript.txt"


def place(booklet: str, name: str) -> str:
    """Return where a booklet's file stands below the output folder, as a POSIX path."""
    return f"{safe_name(booklet)}/{name}"


def read(folder: Path, name: str) -> bytes:
    """Return the bytes of a file below the output folder; none when it is not there.

    Raises MachineError when it cannot be read.
    """
    try:
        return (folder / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return b""
    except OSError as error:
        raise _fault(error, folder) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the output folder (made if need be) for this build alone.

    The lock is the operating system's, so that of a dead process is free at once. Raises
    MachineError when another build holds it or the folder cannot be written.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = _hold(path)
    except OSError as error:
        raise _fault(error, folder) from error
    try:
        _clear_leftovers(folder)
        yield
    finally:
        _let_go(path, handle)


def _hold(path: Path) -> IO[bytes]:
    """Open and lock; try again when the file was removed between the two."""
    while True:
        handle = path.open("ab")
        try:
            _try_lock(handle)
            if path.exists() and os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                return handle
            handle.close()
        except OSError as error:
            handle.close()
            if error.errno in BUSY:
                raise MachineError(
                    "another build is writing to this folder",
                    where=str(path.parent),
                    hint="Wait until it has finished, or choose another folder with --out.",
                ) from error
            raise


def _let_go(path: Path, handle: IO[bytes]) -> None:
    """Remove the lock file while it is still ours; Windows removes no open file."""
    with suppress(OSError):
        if sys.platform != "win32":
            path.unlink()
    handle.close()
    with suppress(OSError):
        if sys.platform == "win32":
            path.unlink()


def _clear_leftovers(folder: Path) -> None:
    for ending in (PART, KEPT):
        for leftover in (*folder.glob(f".*{ending}"), *folder.glob(f"*/.*{ending}")):
            with suppress(OSError):
                leftover.unlink()


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a set of files in place, all or none; the keys are POSIX paths below ``folder``.

    Every file is safe on the disk before the first takes its place; if one cannot, the old ones
    come back. A file that already holds these bytes is left alone. Raises MachineError.
    """
    new = {folder / name: data for name, data in files.items()}
    try:
        new = {path: data for path, data in new.items() if not _holds(path, data)}
        for path, data in new.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(_beside(path, PART), data)
        _swap(tuple(new))
    except OSError as error:
        raise _fault(error, folder) from error
    finally:
        for path in new:
            for ending in (PART, KEPT):
                with suppress(OSError):
                    _beside(path, ending).unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name}{ending}")


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _swap(paths: tuple[Path, ...]) -> None:
    """Put each part in its place; on any trouble put the old files back."""
    for path in paths:
        if path.exists():
            _keep(path)
    placed: list[Path] = []
    try:
        for path in paths:
            os.replace(_beside(path, PART), path)
            placed.append(path)
    except BaseException:
        for path in placed:
            if _beside(path, KEPT).exists():
                os.replace(_beside(path, KEPT), path)
            else:
                path.unlink()
        raise
    for parent in {path.parent for path in paths}:
        _settle(parent)


def _keep(path: Path) -> None:
    """Give the old file a second name; where the file system has no links, copy it."""
    kept = _beside(path, KEPT)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)


def _settle(folder: Path) -> None:
    """Make the new names safe on the disk, where the system knows how."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fault(error: OSError, folder: Path) -> MachineError:
    """Say in plain words why the folder cannot be written."""
    where = re.sub(rf"\.([^/\\]+){re.escape(PART)}$", r"\1", str(error.filename or folder))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return MachineError(
            "the disk is full",
            where=str(folder),
            hint="Free some space, then build again. The files built before are unchanged.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MachineError(
            "this may not be written",
            where=where,
            hint="Close the file if it is open, check who may write there, or use --out.",
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return MachineError(
            "this is a file, not a folder",
            where=where,
            hint="Choose a folder with --out.",
        )
    return MachineError(f"cannot write: {error.strerror or error}", where=where)
