"""An open file enters; it is this process's alone until it is closed, or the attempt is refused."""

from __future__ import annotations

import errno
import sys
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
