"""What is dear to make enters as a recipe; it leaves made once a run, for all processes of tests.

Each process of pytest-xdist has session fixtures of its own; without this each would build again.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """Return what ``make`` returns for a folder of this name, which is new when it is called.

    Who asks second waits for the first, and makes it again if that one failed. Nobody may change
    what lies in the folder.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    shared = root / "shared"
    shared.mkdir(exist_ok=True)
    result = shared / f"{name}.pickle"
    with _alone(shared / f"{name}.lock"):
        if not result.exists():
            folder = shared / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            made = make(folder)
            result.with_suffix(".part").write_bytes(pickle.dumps(made))
            result.with_suffix(".part").replace(result)
    loaded: Made = pickle.loads(result.read_bytes())
    return loaded


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when its process dies."""
    if sys.platform == "win32":
        # Two may make the same there: twice the time, and the same files.
        yield
        return
    import fcntl

    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
