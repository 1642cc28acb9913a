"""Builds are really killed: each file is whole, each set old or new, and the next run completes.

``--kills N`` says how often at a random moment; the moments come from a seed, so that they are the
same each time as far as the machine allows.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from booklet import exchange
from tests.faults import Fault, Trials
from tests.processes import environment, files
from tests.unit.lost.conftest import BUILD, NAMES, World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kills process groups, reads /proc"),
]
SEED = 6
# What a build does: put out what is in the cache, or make all in this process, or with workers.
KINDS = (("cached", "1"), ("anew", "1"), ("anew", "2"))


def assert_whole(folder: Path, world: World) -> str:
    """Hold what a killed build left behind to the promise; return what it shows."""
    out = folder / "output"
    sides = {
        name: world.side(name, data)
        for name, data in files(out).items()
        if not Path(name).name.startswith(".")
    }
    unsettled = exchange.is_unsettled(out)
    assert set(sides) == set(world.new)
    listed = {row["file"]: row for row in json.loads((out / "manifest.json").read_bytes())["files"]}
    for booklet in NAMES:
        mine = {sides[name] for name in sides if name.startswith(f"{booklet}/")}
        assert "torn" not in mine
        assert len(mine) == 1 or unsettled, (booklet, sides)
        (row,) = (row for name, row in listed.items() if name.startswith(f"{booklet}/"))
        digest = sha256((out / row["file"]).read_bytes()).hexdigest()
        assert digest == row["sha256"] or unsettled, booklet
    if unsettled:
        return "in between"
    return (
        "new" if sides["manifest.json"] == "new" else "some" if "new" in sides.values() else "old"
    )


def assert_next_run_completes(folder: Path, world: World, done: tuple[int, str]) -> None:
    """The run after the kill gave the bytes of an undisturbed build, and nothing else."""
    code, said = done
    assert code == 0, said
    assert files(folder / "output") == world.new
    assert not [name for name in files(folder) if "/." in f"/{name}" and ".cache" not in name]
    assert not list((folder / ".cache").rglob("*.part"))


def long_ago(folder: Path) -> None:
    """Let an hour go by for the halves in a cache, which could be another build's for so long."""
    for path in (folder / ".cache").rglob("*.part"):
        os.utime(path, (path.stat().st_mtime - 4000,) * 2)


# --------------------------------------------------------- at each step that changes a file


@pytest.mark.parametrize("rest", range(4))
def test_a_kill_at_a_step_of_a_build_that_puts_out(
    rest: int, world: World, tried: Trials, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Each process of the tests takes its share; few steps, or with many ``--kills`` all."""
    folder = world.copy(tmp_path / "whole")
    whole = tried.command(*BUILD, "--jobs", "1", cwd=folder, fault=Fault(below=str(folder)))
    assert whole.code == 0, whole.err
    apart = 16 if pytestconfig.getoption("--kills") < 100 else 1
    for at in range(rest * apart, len(whole.steps), 4 * apart):
        folder = world.copy(tmp_path / str(at))
        fault = Fault("kill", at, str(folder))
        assert tried.command(*BUILD, "--jobs", "1", cwd=folder, fault=fault).code == -9
        assert_whole(folder, world)
        long_ago(folder)
        again = tried.command(*BUILD, "--jobs", "1", cwd=folder)
        assert_next_run_completes(folder, world, (again.code, again.err))


# ------------------------------------------------------------------------ at random moments


def started(folder: Path, jobs: str) -> subprocess.Popen[bytes]:
    own = folder / "temporary"
    own.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "booklet", *BUILD, "--jobs", jobs],
        cwd=folder,
        env=environment(TMPDIR=str(own)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=300)
    return process.returncode, said.decode()


def group(leader: int) -> Iterator[int]:
    """Yield the processes of a group that still run."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == leader and state not in "ZX":
            yield int(path.parent.name)


def assert_alone(leader: int) -> None:
    """Nobody of the group outlives it for long."""
    deadline = time.monotonic() + 30
    while list(group(leader)):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


def how_long(folder: Path, jobs: str) -> float:
    """Build undisturbed; return the seconds that it takes."""
    begun = time.monotonic()
    code, said = finished(started(folder, jobs))
    assert code == 0, said
    return time.monotonic() - begun


def test_a_kill_at_a_random_moment(
    world: World, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    moments = random.Random(SEED)
    wanted = pytestconfig.getoption("--kills")
    takes = dict.fromkeys(KINDS, 2.0)  # seconds: a guess, which is enough for a few
    for kind in KINDS if wanted > 10 else ():
        takes[kind] = how_long(
            world.copy(tmp_path / "-".join(kind), cached=kind[0] != "anew"), kind[1]
        )
    shown: Counter[str] = Counter()
    for number in itertools.count():
        kind = cached, jobs = KINDS[(0, 2, 0, 1, 0, 0)[number % 6]]
        folder = world.copy(tmp_path / str(number), cached=cached == "cached")
        begun = time.monotonic()
        process = started(folder, jobs)
        try:
            process.wait(moments.random() * takes[kind])
            takes[kind] = time.monotonic() - begun
        except subprocess.TimeoutExpired:
            whole_group = moments.random() < 0.8
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
        code, said = finished(process)
        assert code in (0, -signal.SIGKILL), said
        assert_alone(process.pid)
        if code:  # it came in time
            shown[f"{assert_whole(folder, world)} ({cached}, jobs {jobs})"] += 1
        long_ago(folder)
        assert_next_run_completes(folder, world, finished(started(folder, jobs)))
        assert not list((folder / "temporary").iterdir())
        shutil.rmtree(folder)
        if shown.total() == wanted:
            break
    print(f"killed with seed {SEED}:", dict(sorted(shown.items())), f"of {number + 1} builds")
