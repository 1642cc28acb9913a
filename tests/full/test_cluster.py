"""A real Dask scheduler and two workers: the same bytes as at home, though a worker is killed."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from booklet import build, choices, cluster, executors
from booklet.build import Request
from booklet.errors import MachineError
from tests.clusters import HOME, Cluster, cluster_of, onlooker
from tests.processes import files, inside, project

pytestmark = pytest.mark.slow


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Cluster]:
    with cluster_of(tmp_path / "cluster") as cluster_:
        yield cluster_


def request(folder: Path, out: str, **options: Any) -> Request:
    return Request(
        source=folder / "source",
        out=folder / out,
        today=date(2027, 1, 1),
        editions=choices.editions(["clear-a4", "large", "epub"], None),
        **options,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_every_edition_arrives_though_a_worker_is_killed_and_bytes_are_those_of_home(
    tmp_path: Path, two_workers: Cluster
) -> None:
    """In this process, in a pool of processes, and on a cluster that loses a machine."""
    folder = project(tmp_path / "project")
    asked = request(folder, "far", executor=two_workers.address)
    told: list[str] = []
    killed: list[str] = []
    with onlooker(two_workers.address) as client:

        def tell(line: str) -> None:
            told.append(line)
            if len(told) == 1:
                # One that works on an edition at this moment, and dies over it.
                killed.append(_busy(two_workers))

        report = build.build(asked, tell)
        assert set(client.nthreads()) == set(two_workers.workers) - set(killed)
    assert report.exit_code == 0, report.findings
    assert len(killed) == 1
    assert len(told) == len(asked.editions)
    far = files(folder / "far")
    for out, jobs in (("here", 1), ("pool", 2)):
        near = replace(asked, out=folder / out, jobs=jobs, executor="")
        assert build.build(near, lambda line: None).exit_code == 0
        assert files(folder / out) == far


def _busy(two: Cluster) -> str:
    """Kill a worker that uses its processor now; return its address."""
    before = {place: _seconds(process.pid) for place, process in two.workers.items()}
    while True:
        for place, process in two.workers.items():
            if _seconds(process.pid) > before[place] + 0.1:
                process.kill()
                process.wait()
                return place
        time.sleep(0.02)


def _seconds(process: int) -> float:
    """Seconds of processor time that a process has used."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def test_a_worker_that_is_set_up_otherwise_is_named(two_workers: Cluster) -> None:
    # A number that each process has for itself plays a library of another version.
    def pango() -> cluster.Pairs:
        return (("pango", str(os.getpid())),)

    with (
        pytest.raises(MachineError, match=r"pango is [0-9]+ there and [0-9]+ here") as fault,
        executors.offered(two_workers.address, 1, pango),
    ):
        pass
    assert fault.value.where in two_workers.workers


def test_a_worker_that_lacks_the_program_is_named(two_workers: Cluster) -> None:
    def absent() -> cluster.Pairs:
        raise ModuleNotFoundError("No module named 'booklet'")

    with (
        pytest.raises(MachineError, match="cannot make booklets: No module") as fault,
        executors.offered(two_workers.address, 1, absent),
    ):
        pass
    assert "Install booklet-builder there" in fault.value.hint


def test_faults_of_the_work_come_home_as_they_are(two_workers: Cluster) -> None:
    def alike() -> cluster.Pairs:
        return (("pango", "1"),)

    with executors.offered(two_workers.address, 1, alike) as pool:
        assert list(pool.map(int, [str(number) for number in range(20)])) == list(range(20))
        with pytest.raises(ValueError, match="invalid literal"):
            list(pool.map(int, ["1", "x"]))


def test_a_scheduler_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.socket() as free:
        free.bind((HOME, 0))
        port = free.getsockname()[1]
        folder = project(tmp_path / "project")
        answer = inside("build", "--executor", f"dask://{HOME}:{port}", cwd=folder)
    assert answer.returncode == 3
    assert answer.stderr.startswith(f"tcp://{HOME}:{port}: no Dask scheduler answers Hint: ")
    assert answer.stderr.count("\n") == 1
    assert not list((folder / "output").glob("*/*"))


def test_a_program_that_is_no_scheduler_is_not_waited_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.socket() as deaf:
        deaf.bind((HOME, 0))
        deaf.listen()
        begun = time.monotonic()
        with (
            pytest.raises(MachineError, match="no Dask scheduler answers"),
            executors.offered(f"tcp://{HOME}:{deaf.getsockname()[1]}", 1, tuple),
        ):
            pass
    assert time.monotonic() - begun < 10


def test_a_missing_package_is_one_line(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(MachineError, match="package for a cluster is not installed") as fault,
        executors.offered("tcp://127.0.0.1:1", 1, tuple),
    ):
        pass
    assert "requirements-dask.lock" in fault.value.hint
