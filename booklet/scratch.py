"""The system's folder for passing files enters; one of our own in it leaves, gone when we are.

What a killed run left behind goes with the next run of the same user.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from booklet.hold import held, hold

PREFIX = "booklet-run-"
LOCK = ".lock"
# Where Python and the programs that we start look for the folder: POSIX, then Windows.
_NAMES = ("TMPDIR", "TEMP", "TMP")


@contextmanager
def own_folder() -> Iterator[None]:
    """Have all passing files of this process and those that it starts made in one new folder.

    Where none can be made there is none: most work needs no passing files.
    """
    before = {name: os.environ.get(name) for name in _NAMES}
    with suppress(OSError):
        _clear(Path(tempfile.gettempdir()))
    folder, handle = _made()
    if handle is None:
        yield
        return
    try:
        _point(dict.fromkeys(_NAMES, str(folder)))
        yield
    finally:
        _point(before)
        handle.close()
        shutil.rmtree(folder, ignore_errors=True)


def _made() -> tuple[Path, IO[bytes] | None]:
    """Make a folder and hold it, as long as nobody takes it for one that was left behind."""
    try:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            with suppress(FileNotFoundError):
                if handle := hold(folder / LOCK):
                    return folder, handle
    except OSError:
        return Path(), None


def _point(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    tempfile.tempdir = None  # to be looked up again


def _clear(base: Path) -> None:
    for folder in base.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if not _is_mine(folder):
                continue
            with (folder / LOCK).open("rb+") as handle:
                left = held(handle)
            if left:
                shutil.rmtree(folder, ignore_errors=True)


def _is_mine(folder: Path) -> bool:
    """True for a folder that this user made; a link could lead anywhere."""
    user = getattr(os, "getuid", lambda: None)()
    return not folder.is_symlink() and user in (None, folder.lstat().st_uid)
