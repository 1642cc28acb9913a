"""Folders go in; whether anything in them has changed, and has come to rest, comes out.

Looking at every file's time and size costs a millisecond for a source folder, and works on any
disk, shared folder and container alike; what the system could tell us does not.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

EVERY = 0.1
"""Seconds between two looks."""
REST = 0.05
"""Seconds that nothing may change before a change counts as whole: programs save in steps."""
MOST_FILES = 20_000
"""More files than this are no source folder; the rest is not watched."""
# What editing programs leave beside a file while they work on it.
_PASSING = ("~", ".swp", ".swx", ".tmp", ".bak", ".part")

Look = dict[str, tuple[int, int, int]]


def look(folders: Sequence[Path]) -> Look:
    """Return time (ns), size (bytes) and number on disk of each file, by its path."""
    seen: Look = {}
    for folder in folders:
        for path, state in _files(folder):
            seen[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
            if len(seen) >= MOST_FILES:
                return seen
    return seen


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what can be seen now; a file that goes away meanwhile is simply gone."""
    waiting = [str(folder)]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith(_PASSING):
                continue
            try:
                state = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(state.st_mode):
                waiting.append(entry.path)
            else:
                yield entry.path, state


def watch(
    folders: Sequence[Path], changed: Callable[[], None], pause: Callable[[float], bool]
) -> None:
    """Call ``changed`` after each change that has come to rest, until ``pause`` says to stop.

    ``pause`` waits so many seconds and returns True when it is time to stop.
    """
    last = look(folders)
    while not pause(EVERY):
        now = look(folders)
        if now == last:
            continue
        while not pause(REST) and (after := look(folders)) != now:
            now = after
        last = now
        changed()
