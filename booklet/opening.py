"""A folder and a path below it enter, an open file leaves: no link is followed on the way there.

To look first and open then is not enough: somebody could put a link in between. Where the system
can, each folder is opened from the one before it, so that what was looked at is what is read.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
# A pipe that takes a file's place must not keep us waiting for somebody to write to it.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)


class NotAFileError(Exception):
    """A folder, a pipe or a device stands where a file should."""


def read_below(root: Path | str, path: str, limit: int) -> bytes:
    """Read at most one byte more than ``limit`` of the file at ``path``, with ``/`` between parts.

    ``root`` itself may be a link; nothing below it may. Raises NotAFileError, and OSError when
    something on the way is a link or is not there.
    """
    handle = _opened(root, path.split("/"))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAFileError
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(limit + 1)
    finally:
        os.close(handle)


def _opened(root: Path | str, parts: list[str]) -> int:
    if os.open not in os.supports_dir_fd:
        whole = os.path.join(root, *parts)
        if not stat.S_ISREG(os.lstat(whole).st_mode):
            raise NotAFileError
        return os.open(whole, _FLAGS)
    folder = os.open(root, os.O_RDONLY | _FOLDER)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FLAGS | _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _FLAGS | _AT_ONCE, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, which cannot be opened at all
            raise NotAFileError from error
        raise
    finally:
        os.close(folder)
