"""Several at once: one build in a folder, any number on one cache, and readers at any time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from booklet import exchange
from booklet.hold import hold
from tests.faults import Trials
from tests.processes import environment, files
from tests.unit.lost.conftest import BUILD, World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="stops a process, and lets it go on"),
]


def build(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "booklet", *BUILD, "--jobs", "1", *options],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_build_is_refused_and_readers_are_served(
    world: World, tried: Trials, tmp_path: Path
) -> None:
    folder = world.copy(tmp_path / "project")
    out = folder / "output"
    pdfs = [f"output/{name}" for name in world.old if name.endswith(".pdf")]
    with build(folder) as first:
        deadline = time.monotonic() + 60
        while not list(out.rglob(f".*{exchange.PART}")):  # it holds the folder, and writes
            assert time.monotonic() < deadline
            time.sleep(0.001)
        first.send_signal(signal.SIGSTOP)
        try:
            second = tried.command(*BUILD, "--jobs", "1", cwd=folder)
            listed = tried.command("list", "--due", "--today", BUILD[2], cwd=folder)
            # Puts its reports beside the files, so it is a writer as well.
            proven = tried.command("verify", *pdfs, cwd=folder)
            seen = {name: data for name, data in files(out).items() if "/." not in f"/{name}"}
        finally:
            first.send_signal(signal.SIGCONT)
        _, said = first.communicate(timeout=120)
    assert (second.code, second.out) == (3, "")
    assert second.err == (
        "output: another build is writing to this folder Hint: Wait until it has finished,"
        " or choose another folder with --out.\n"
    )
    assert listed.code in (0, 1)
    assert proven.code == 3
    assert "output: another build is writing to this folder" in proven.err
    assert {world.side(name, data) for name, data in seen.items()} <= {"old", "new"}
    assert "Traceback" not in listed.err + proven.err
    assert (first.returncode, said) == (0, "")
    assert files(out) == world.new


def test_two_builds_share_a_cache(world: World, tmp_path: Path) -> None:
    """Both make the same things, at the same time, and keep them under the same names."""
    folder = world.copy(tmp_path / "project", cached=False)
    both = [build(folder, "left", "--out", out) for out in ("one", "two")]
    for each in both:
        said, wrong = each.communicate(timeout=240)
        assert (each.returncode, wrong) == (0, ""), said
    mine = {name: data for name, data in world.new.items() if name.startswith("left/")}
    for out in ("one", "two"):
        made = files(folder / out)
        del made["manifest.json"]
        assert made == mine
    assert not list((folder / ".cache").rglob("*.part"))


def test_locking_twice_at_once_is_refused_in_one_line(
    world: World, tried: Trials, tmp_path: Path
) -> None:
    folder = world.copy(tmp_path / "project")
    lock = folder / "source" / "disclaimers" / "lock.yaml"
    words = lock.with_name("en.md")
    text = words.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    words.write_text(text, encoding="utf-8")
    before = lock.read_bytes()
    other = hold(exchange.beside(lock, exchange.PART))
    assert other is not None
    with other:
        came = tried.command("lock-disclaimer", cwd=folder)
        assert (came.code, came.out) == (3, "")
        assert came.err.startswith("source/disclaimers/lock.yaml: another lock-disclaimer is")
        assert came.err.count("\n") == 1
        assert lock.read_bytes() == before
    assert tried.command("lock-disclaimer", cwd=folder).code == 0
    assert lock.read_bytes() != before
    assert {path.name for path in lock.parent.iterdir()} == {"en.md", "lock.yaml"}
