"""Ctrl-C and SIGTERM, wherever they come: one line, code 130, nobody left over, old files whole."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import Fault, Trials
from tests.needs import need_validator
from tests.processes import environment, files
from tests.unit.lost.conftest import BUILD, World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
STOPPED = "Stopped. No file was left half written."
# It takes less than a second on a machine that has time; other tests take theirs, too.
LONG = 15.0


@dataclass
class Started:
    """A command on a terminal of its own; ``mark`` is in the environment of all that it starts."""

    process: subprocess.Popen[bytes]
    leader: int
    mark: str
    said: str = ""

    def wait_for(self, words: str) -> None:
        while words not in self.said:
            piece = self._read()
            assert piece, self.said
            self.said += piece

    def stop(self, number: signal.Signals, *, group: bool) -> float:
        """Send a signal; return the seconds until all that was started is gone."""
        begun = time.monotonic()
        (os.killpg if group else os.kill)(self.process.pid, number)
        while piece := self._read():
            self.said += piece
        self.process.wait(60)
        while list(self._left()):
            assert time.monotonic() - begun < 60, "somebody was left over"
            time.sleep(0.02)
        return time.monotonic() - begun

    def _read(self) -> str:
        try:
            return os.read(self.leader, 1024).decode()
        except OSError:  # so Linux says that the last writer has gone
            return ""

    def _left(self) -> Iterator[int]:
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if self.mark.encode() in path.read_bytes():
                    yield int(path.parent.name)
            except OSError:
                continue


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[Started]:
    leader, follower = pty.openpty()
    own = folder / "passing"
    own.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "booklet", *arguments],
        cwd=folder,
        env=environment(TERM="xterm", NO_COLOR="1", TMPDIR=str(own), LOST_MARK=str(folder)),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    ) as process:
        os.close(follower)
        try:
            yield Started(process, leader, f"LOST_MARK={folder}")
        finally:
            process.kill()
            os.close(leader)
    assert list(own.iterdir()) == []


def assert_sets(folder: Path, world: World) -> None:
    """The files of each booklet are all old or all new, and there are no others."""
    out = files(folder / "output")
    assert set(out) == set(world.new)
    for booklet in ("left/", "right/"):
        sides = {world.side(name, data) for name, data in out.items() if name.startswith(booklet)}
        assert sides in ({"old"}, {"new"})


# ------------------------------------------------------------------------ while a build works


@pytest.mark.parametrize(
    ("jobs", "number", "group"),
    [("1", signal.SIGTERM, False), ("2", signal.SIGTERM, True)],
)
def test_while_editions_are_made(
    jobs: str, number: signal.Signals, group: bool, world: World, tried: Trials, tmp_path: Path
) -> None:
    folder = world.copy(tmp_path / "project", cached=False)
    with started(folder, *BUILD, "--jobs", jobs) as build:
        build.wait_for("] 1 of 2: ")
        took = build.stop(number, group=group)
    assert build.process.returncode == 130, build.said
    lines = [line for line in build.said.splitlines() if " of 2: " not in line]
    assert lines == [STOPPED]
    assert took < LONG
    assert_sets(folder, world)
    if jobs == "2":  # what comes next is the same
        return
    # What was finished is not made again: of two editions, one at most.
    again = tried.command(*BUILD, "--jobs", "1", cwd=folder)
    assert again.code == 0, again.err
    assert files(folder / "output") == world.new


def test_while_files_are_read(world: World, tried: Trials, tmp_path: Path) -> None:
    folder = world.copy(tmp_path / "project")
    for time_ in range(3):
        fault = Fault("interrupt", time_, on="right/01-first.md")
        came = tried.command(*BUILD, "--jobs", "1", cwd=folder, fault=fault)
        assert (came.code, came.out, came.err) == (130, "", f"{STOPPED}\n")
    assert_sets(folder, world)


def test_while_files_are_put_out(world: World, tried: Trials, tmp_path: Path) -> None:
    folder = world.copy(tmp_path / "whole")
    out = str(folder / "output")
    whole = tried.command(*BUILD, "--jobs", "1", cwd=folder, fault=Fault(below=out))
    assert whole.code == 0, whole.err
    codes = set()
    for at in range(0, len(whole.steps), 11):
        folder = world.copy(tmp_path / str(at))
        fault = Fault("interrupt", at, str(folder / "output"))
        came = tried.command(*BUILD, "--jobs", "1", cwd=folder, fault=fault)
        codes.add(came.code)
        assert came.err == (f"{STOPPED}\n" if came.code == 130 else "")
        assert_sets(folder, world)
    assert 130 in codes
    assert codes <= {0, 130}


def test_while_outside_programs_judge(world: World, tmp_path: Path) -> None:
    need_validator("veraPDF")
    folder = world.copy(tmp_path / "project")
    with started(folder, *BUILD, "--jobs", "1", "--full", "left") as build:
        build.wait_for("Asking the outside checkers")
        time.sleep(0.5)
        took = build.stop(signal.SIGTERM, group=False)
    assert build.process.returncode == 130, build.said
    assert build.said.splitlines()[-1] == STOPPED
    assert took < LONG
    assert_sets(folder, world)


# ------------------------------------------------------------------------- other commands


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_preview_ends_as_it_is_meant_to(
    number: signal.Signals, world: World, tmp_path: Path
) -> None:
    folder = world.copy(tmp_path / "project")
    with started(folder, "preview", "left", "--no-open", "--port", "0") as preview:
        preview.wait_for("Ctrl-C ends it.")
        took = preview.stop(number, group=True)
    assert preview.process.returncode == 0
    assert preview.said.splitlines()[-1] == "The preview has ended."
    assert "Traceback" not in preview.said
    assert took < LONG


def test_the_network_is_not_waited_for(world: World, tmp_path: Path) -> None:
    folder = world.copy(tmp_path / "project")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        chapter = folder / "source" / "left" / "01-first.md"
        links = "\n\n".join(f"See [page {number}]({address}{number})." for number in range(9))
        chapter.write_text(f"# The first chapter\n\n{links}\n", encoding="utf-8")
        with started(folder, "check", "left", "--online", "--today", BUILD[2]) as check:
            check.wait_for("Asking whether the links still work")
            asked, _ = deaf.accept()
            took = check.stop(signal.SIGINT, group=True)
            asked.close()
    assert check.process.returncode == 130
    assert check.said.splitlines()[1:] == [STOPPED]
    assert took < LONG
