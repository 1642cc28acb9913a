"""A path enters; its file leaves, this process's alone until it is closed, or nothing does."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: IO[bytes]) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def held(handle: IO[bytes]) -> bool:
    """Lock an open file; False when another process has it.

    The lock is the operating system's, so that of a dead process is free at once. Raises OSError
    where files cannot be locked.
    """
    try:
        _try_lock(handle)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise
    return True


def hold(path: Path) -> IO[bytes] | None:
    """Open a file, made if need be, and lock it; None when another process has it.

    Raises OSError where it cannot be opened.
    """
    while True:
        handle = path.open("ab")
        try:
            ours = held(handle)
            # It may have been removed or renamed between the two.
            if ours and path.exists() and os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                return handle
        except OSError:
            handle.close()
            raise
        handle.close()
        if not ours:
            return None
