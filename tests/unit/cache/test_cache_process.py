"""The command as a process: what comes from the cache is, byte for byte, what is made anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from booklet.cache import Store
from tests.processes import TODAY, files, inside, project

BUILD = ("build", "--edition", "epub", "--today", TODAY, "--jobs", "1")


def built(folder: Path, *options: str) -> dict[str, bytes]:
    """Build into an empty output folder; return every file."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    done = inside(*BUILD, *options, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return files(folder / "output")


@pytest.mark.slow
def test_files_from_the_cache_are_those_that_are_made_anew(tmp_path: Path) -> None:
    folder = project(tmp_path / "tiny")
    anew = built(folder, "--no-cache")
    assert any(name.endswith(".epub") for name in anew)
    assert not (folder / ".cache").exists()
    assert built(folder) == anew
    kept = files(folder / ".cache" / "booklet")
    assert len(kept) == 3, "two editions, and what was said of the booklet"
    store, old = Store(folder / ".cache" / "booklet"), "0" * 64
    store.write(old, b"{}")
    os.utime(store.path(old), (0, 0))
    assert built(folder) == anew
    assert files(store.folder).keys() == kept.keys(), "and what nobody has used for long is gone"
