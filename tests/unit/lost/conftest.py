"""Two small booklets, built once from old words and once from new ones, for all tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import Trials, trials
from tests.processes import TODAY, environment, files, project

NAMES = ("left", "right")
BUILD = ("build", "--today", TODAY, "--edition", "large-a4")


@dataclass(frozen=True)
class World:
    """A project with new words, in whose ``output`` stand the files of the old ones.

    ``old`` and ``new`` are the files of either by their place below ``output``. What both come to
    is in the cache, so that a build in a copy only has to put it out.
    """

    folder: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def copy(self, folder: Path, *, cached: bool = True) -> Path:
        """Lay out a copy, with the cache or without it."""
        unwanted = shutil.ignore_patterns(*([] if cached else [".cache"]), "new")
        shutil.copytree(self.folder, folder, ignore=unwanted)
        return folder

    def side(self, name: str, data: bytes) -> str:
        """Say whether a file is ``old`` or ``new``; ``torn`` when it is neither."""
        return next(
            (side for side, known in (("old", self.old), ("new", self.new))
             if known.get(name) == data),
            "torn",
        )  # fmt: skip


def say(folder: Path, words: str) -> None:
    """Write the same words into the chapter of each booklet."""
    for name in NAMES:
        chapter = folder / "source" / name / "01-first.md"
        chapter.write_text(f"# The first chapter\n\n{words}\n", encoding="utf-8")


@pytest.fixture(scope="session")
def world(tried: Trials, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = project(tmp_path_factory.mktemp("lost") / "project")
    tiny = folder / "source" / "tiny"
    for name in NAMES:
        shutil.copytree(tiny, tiny.with_name(name))
        settings = tiny.with_name(name) / "booklet.yaml"
        words = settings.read_text(encoding="utf-8").replace("id: tiny", f"id: {name}")
        settings.write_text(words, encoding="utf-8")
    shutil.rmtree(tiny)
    for words, out in (("Old words.", "output"), ("New words.", "new")):
        say(folder, words)
        done = tried.command(*BUILD, "--jobs", "1", "--out", out, cwd=folder)
        assert done.code == 0, done.out + done.err
    return World(folder, files(folder / "output"), files(folder / "new"))


@pytest.fixture(scope="session")
def tried() -> Iterator[Trials]:
    with trials(environment()) as ready:
        yield ready
