"""A cluster that loses its scheduler, its workers or its patience; the long ones with --cluster."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from booklet import build, choices, cluster, executors, plan
from booklet.build import Request
from booklet.editions import Job, Made
from booklet.errors import HaltError, MachineError
from tests.clusters import Cluster, cluster_of, onlooker, worker
from tests.processes import environment, files, project

pytestmark = pytest.mark.slow


@pytest.fixture
def long(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--cluster"):
        pytest.skip("long: runs with --cluster")


def two_booklets(folder: Path, executor: str) -> Request:
    """A project of two booklets, one edition each, on a cluster."""
    source = project(folder).joinpath("source")
    for name in ("left", "right"):
        chapter = source / name / "01-first.md"
        chapter.parent.mkdir()
        text = (source / "tiny" / "booklet.yaml").read_text(encoding="utf-8")
        chapter.with_name("booklet.yaml").write_text(text.replace("id: tiny", f"id: {name}"))
        chapter.write_text("# The first chapter\n\nOne sentence.\n", encoding="utf-8")
    return Request(
        source=source,
        out=folder / "output",
        today=date(2027, 1, 1),
        booklets=("left", "right"),
        editions=choices.editions(["large-a4"], None),
        executor=executor,
    )


def alike() -> cluster.Pairs:
    return (("pango", "1"),)


# ------------------------------------------------------------- without any other process


@dataclass
class Played(Executor):
    """A cluster's executor, played: nothing is done until the test does it."""

    sent: list[Future[Any]] = field(default_factory=list)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent.append(Future())
        return self.sent[-1]


def watched(monkeypatch: pytest.MonkeyPatch, counts: list[int], wait: float) -> tuple[Any, Any]:
    """Watch a cluster whose workers are counted so; the last count stays. Return it and words."""
    monkeypatch.setattr(cluster, "LOOK", 0.005)
    monkeypatch.setattr(cluster, "WAIT", wait)
    told: list[str] = []
    over = Event()
    pool = cluster._Workers("tcp://there:1", Played(), alike)

    def count() -> int:
        now = counts.pop(0) if len(counts) > 1 else counts[0]
        if now < 0:
            raise OSError("nobody answers")
        if now == 9:
            over.set()
        return now

    job = pool.submit(int, "1")
    cluster._watch(pool, count, told.append, over)
    return job, told


def test_when_no_worker_is_left_it_is_told_and_after_a_time_all_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job, told = watched(monkeypatch, [1, 0], 0.05)
    with pytest.raises(HaltError, match="no worker has come for 0 seconds") as fault:
        job.result(0)
    assert "dask worker tcp://there:1 --nthreads 1" in fault.value.hint
    (line,) = told
    assert line.startswith("No worker is left at tcp://there:1; waiting for one, at most 0 seconds")


def test_a_worker_that_comes_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    job, told = watched(monkeypatch, [0, 0, 2, 9], 60)
    assert told[1] == "A worker has come; the build goes on."
    assert not job.done()


def test_a_scheduler_that_does_not_answer_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    job, told = watched(monkeypatch, [1, -1], 60)
    with pytest.raises(HaltError, match="connection to the Dask scheduler is lost"):
        job.result(0)
    assert told == []


def test_who_waits_to_hand_on_work_hears_that_all_ends() -> None:
    played = Played()
    pool = cluster._Workers("tcp://there:1", played, alike)
    first = pool.submit(int, "1")
    answers: list[Future[int]] = []
    waiting = Thread(target=lambda: answers.append(pool.submit(int, "2")))
    waiting.start()
    pool.give_up(HaltError("it is over"))
    waiting.join(10)
    for each in (first, answers[0], pool.submit(int, "3")):
        with pytest.raises(HaltError, match="it is over"):
            each.result(0)
    played.sent[0].set_result(1)  # too late, and nobody minds
    assert len(played.sent) == 1


def test_work_that_the_cluster_drops_is_a_lost_connection() -> None:
    pytest.importorskip("distributed")
    played = Played()
    pool = cluster._Workers("tcp://there:1", played, alike)
    job = pool.submit(int, "1")
    played.sent[0].set_exception(CancelledError())
    with pytest.raises(HaltError, match="connection to the Dask scheduler is lost"):
        job.result(0)
    assert pool.submit(int, "2") is not job


# ------------------------------------------------------------------- with real processes


@contextmanager
def on_a_terminal(asked: Request) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the command until it has told of the first edition; yield it and its terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "booklet", "build", "--today", "2027-01-01"]
    with subprocess.Popen(
        [*command, "--executor", asked.executor.replace("tcp", "dask")],
        cwd=asked.source.parent,
        env=environment(TERM="xterm"),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    ) as process:
        os.close(follower)
        said = b""
        while b"] 1 of " not in said:
            said += os.read(leader, 1024)
        yield process, leader
    os.close(leader)


@pytest.mark.usefixtures("long")
def test_a_scheduler_that_dies_ends_the_build_in_one_line(tmp_path: Path) -> None:
    with cluster_of(tmp_path / "cluster") as two:
        asked = two_booklets(tmp_path / "project", two.address)
        with on_a_terminal(asked) as (process, leader):
            two.scheduler.kill()
            begun = time.monotonic()
            said = _rest(leader).decode().splitlines()
            print("told after", time.monotonic() - begun)
    lines = [line for line in said if not re.search(r"\[#*\.*\] \d+ of |page", line)]
    assert process.returncode == 3
    assert len(lines) == 1, said
    assert lines[0].startswith(f"{two.address}: the connection to the Dask scheduler is lost Hint:")


@pytest.mark.usefixtures("long")
def test_the_last_worker_dies_and_a_late_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WAIT", 120)
    folder = tmp_path / "cluster"
    told: list[str] = []
    with (
        cluster_of(folder, ("one",)) as only,
        executors.offered(only.address, 1, alike, told.append) as pool,
    ):
        job = pool.submit(time.sleep, 3)
        time.sleep(0.5)
        (process,) = only.workers.values()
        process.kill()
        deadline = time.monotonic() + 60
        while not told:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        with worker(folder, only.address, "late"):
            job.result(60)
    assert told[0].startswith(f"No worker is left at {only.address}; waiting for one, at most")
    assert told[1:] in ([], ["A worker has come; the build goes on."])


@pytest.mark.usefixtures("long")
def test_the_last_worker_dies_and_nobody_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "WAIT", 4)
    with cluster_of(tmp_path / "cluster", ("one",)) as only:
        asked = two_booklets(tmp_path / "project", only.address)

        def kill(line: str) -> None:
            for process in only.workers.values():
                process.kill()

        with pytest.raises(MachineError, match="no worker has come for 4 seconds"):
            build.build(asked, kill)
        left = files(asked.out)
    # What was finished before is put out, whole and listed.
    assert {name.split("/")[0] for name in left} in (
        {"left", "manifest.json"},
        {"right", "manifest.json"},
    )


def deadly_for_left(job: Job) -> Made:
    """Kill the process that works on the booklet ``left``; do the work on any other."""
    if job.cleared.booklet.meta.id == "left":
        os._exit(7)
    return plan.make(job)


@pytest.mark.usefixtures("long")
def test_an_edition_that_kills_its_workers_is_blamed_and_the_other_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "make", deadly_for_left)
    with cluster_of(tmp_path / "cluster", ("one", "two"), "--nanny") as two:
        asked = two_booklets(tmp_path / "project", two.address)
        report = build.build(asked, lambda _: None)
    left, right = report.booklets
    assert (left.id, left.status, right.id, right.status) == ("left", "failed", "right", "built")
    assert left.fault is not None
    assert "4 workers died over the same edition" in left.fault.message
    assert left.fault.where.startswith("left, Large print, A4")
    assert report.exit_code != 0
    assert {name.split("/")[0] for name in files(asked.out)} == {"right", "manifest.json"}


def my_name(_: int) -> str:
    time.sleep(0.3)
    return cluster._name()


@pytest.mark.usefixtures("long")
def test_a_worker_that_comes_late_gets_its_share_if_it_is_set_up_alike(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"

    def odd_one_out() -> cluster.Pairs:
        return (("pango", "2" if os.environ.get("ODD") else "1"),)

    with (
        cluster_of(folder, ("one",)) as only,
        executors.offered(only.address, 1, odd_one_out) as pool,
        onlooker(only.address) as client,
    ):
        (first,) = only.workers
        assert pool.submit(my_name, 0).result(60) == first
        with worker(folder, only.address, "late"):
            client.wait_for_workers(2, timeout=60)
            time.sleep(2 * cluster.LOOK)
            names = {each.result(60) for each in [pool.submit(my_name, n) for n in range(8)]}
            assert len(names) == 2
            client.run(lambda: os.environ.update(ODD="1"), workers=list(names - {first}))
            jobs = [pool.submit(my_name, number) for number in range(8)]
            faults = [fault for each in jobs if (fault := each.exception(60))]
    assert faults
    for fault in faults:
        assert isinstance(fault, HaltError)
        assert "pango is 2 there and 1 here" in fault.message
        assert fault.where in names - {first}


@pytest.mark.usefixtures("long")
def test_a_result_larger_than_one_frame_arrives_whole(tmp_path: Path) -> None:
    size = 100_000_000  # of 64 MiB are the pieces that Dask sends
    with (
        cluster_of(tmp_path / "cluster", ("one",)) as only,
        executors.offered(only.address, 1, alike) as pool,
    ):
        data = pool.submit(os.urandom, size).result(120)
    assert len(data) == size


@pytest.mark.usefixtures("long")
@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of its own")
def test_ctrl_c_leaves_the_cluster_to_others(tmp_path: Path) -> None:
    with cluster_of(tmp_path / "cluster", ("one",)) as only:
        asked = two_booklets(tmp_path / "project", only.address)
        with on_a_terminal(asked) as (process, leader):
            begun = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            said = _rest(leader)
        took = time.monotonic() - begun
        print("stopped after", took)
        assert process.returncode == 130, said
        assert said.decode().splitlines()[-1] == "Stopped. No file was left half written."
        assert took < 15
        with executors.offered(only.address, 1, alike) as pool:
            assert pool.submit(int, "1").result(60) == 1


def _rest(leader: int) -> bytes:
    said = b""
    while True:
        try:
            piece = os.read(leader, 1024)
        except OSError:
            return said
        if not piece:
            return said
        said += piece


@pytest.mark.usefixtures("long")
def test_a_scheduler_without_workers_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    with cluster_of(tmp_path / "cluster", ()) as empty:
        asked = two_booklets(tmp_path / "project", empty.address)
        with pytest.raises(MachineError, match="the Dask scheduler has no workers") as fault:
            build.build(asked, lambda _: None)
    assert "dask worker" in fault.value.line()
    assert not list(asked.out.glob("*/*"))
    assert isinstance(empty, Cluster)
