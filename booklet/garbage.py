"""A stretch of work enters; while it runs, Python looks for garbage rarely, and never at the end.

What a booklet is made of lives until its file is finished. To look through all of it again and
again finds next to nothing, and took a seventh of the time of a build.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

RARELY = (200_000, 20, 1_000)
"""Objects between two looks at the young ones, and such looks between two at the older ones. The
largest booklet of the benchmark takes 4 % more memory with it, and 13 % without any look."""


@contextmanager
def looked_for_rarely() -> Iterator[None]:
    """Look for garbage rarely, then as often as before; one stretch may stand in another."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def leave(code: int) -> NoReturn:
    """End this process with an exit code, without taking its memory apart piece by piece.

    That is of no use to anybody, and took a thirteenth of the time of a build. All else that
    Python does at its end is done: what is to be written is written, and who asked is called.
    Raises SystemExit, the usual way, while a thread is at work or where nothing can be written.
    """
    at_work = any(not t.daemon for t in threading.enumerate() if t is not threading.main_thread())
    if at_work:
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - the only way to call them; no harm where there are none
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # a closed pipe: Python says it as it always does
        sys.exit(code)
    os._exit(code)
