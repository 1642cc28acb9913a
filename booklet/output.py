"""The only hand that writes to the output folder: names and bytes in, whole sets of files out.

A set is written beside the old files first and then put in their place, all or none (see
``exchange``). A lock keeps two builds out of one folder; what a killed build left behind is put
right by the next.
"""

from __future__ import annotations

import errno
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from booklet import exchange
from booklet.errors import MachineError
from booklet.exchange import KEPT, PART
from booklet.hold import hold

LOCK = ".booklet.lock"
# Names that Windows keeps for devices, with or without an ending (Microsoft, "Naming Files").
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
# Windows allows 260 characters for a whole path; three parts of this length leave room.
LONGEST = 60


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
        raise MachineError(
            f"this may not be read: {error.strerror or error}",
            where=str(folder / name),
            hint="Check who may read it.",
        ) from error


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
        # Once more, for Ctrl-C may have come between two steps of the tidying itself.
        with suppress(MachineError):
            _clear_leftovers(folder)
        _let_go(path, handle)


def put_back(folder: Path) -> None:
    """Put right what a build that died left behind, if one did. Raises MachineError."""
    if (folder / LOCK).exists() or exchange.is_unsettled(folder):
        with locked(folder):
            pass


def _hold(path: Path) -> IO[bytes]:
    handle = hold(path)
    if handle is None:
        raise MachineError(
            "another build is writing to this folder",
            where=str(path.parent),
            hint="Wait until it has finished, or choose another folder with --out.",
        )
    return handle


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
    try:
        exchange.put_back(folder)
    except OSError as error:
        raise _fault(error, folder) from error
    for ending in (PART, KEPT):
        for leftover in (*folder.glob(f".*{ending}"), *folder.glob(f"*/.*{ending}")):
            with suppress(OSError):
                leftover.unlink()


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a set of files in place, all or none; the keys are POSIX paths below ``folder``.

    Every file is safe on the disk before the first takes its place; if one cannot, the old ones
    come back. A file that already holds these bytes is left alone. Raises MachineError.
    """
    new: dict[str, bytes] = dict(files)
    try:
        new = {name: data for name, data in files.items() if not _holds(folder / name, data)}
        for name, data in new.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            exchange.write(exchange.beside(path, PART), data)
        exchange.exchange(folder, new)
    except OSError as error:
        raise _fault(error, folder) from error
    finally:
        exchange.tidy(folder, new)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


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
