"""The executors: how many workers there are, and how they end."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from booklet import executors


def test_one_worker_is_this_very_process() -> None:
    with executors.executor(1) as pool:
        assert isinstance(pool, executors.InProcess)
        assert pool.submit(os.getpid).result() == os.getpid()


@pytest.mark.parametrize(
    ("jobs", "asked", "cores", "memory", "expected"),
    [
        (30, None, 8, 64, 8),
        (3, None, 8, 64, 3),
        (1, None, 8, 64, 1),
        (30, None, 1, 64, 1),
        (3, 4, 1, 1, 4),
        (30, None, 8, 2, 4),
        (30, None, 8, 0.25, 1),
    ],
)
def test_the_usual_number_of_workers(
    jobs: int,
    asked: int | None,
    cores: int,
    memory: float,
    expected: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(executors, "_cores", lambda: cores)
    monkeypatch.setattr(executors, "_memory", lambda: int(memory * 1024**3))
    assert executors.workers_for(jobs, asked) == expected


def test_cores_and_memory_are_asked_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 1 <= executors._cores() <= (os.cpu_count() or 1)
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(executors, "CGROUP", limit)
    whole = executors._memory()
    assert whole >= executors.WORKER
    limit.write_text("max\n")
    assert executors._memory() == whole
    limit.write_text("1000000\n")
    assert executors._memory() == (executors.UNKNOWN_MEMORY if os.name == "nt" else 1_000_000)


@pytest.mark.slow
def test_a_pool_of_processes_gives_the_same_results() -> None:
    with executors.executor(2) as pool:
        assert list(pool.map(operator.neg, [3, 1, 2])) == [-3, -1, -2]


@pytest.mark.slow
def test_an_interrupt_stops_the_workers_instead_of_waiting_for_them() -> None:
    begun = time.monotonic()

    def interrupted() -> None:
        with executors.executor(2) as pool:
            pool.submit(time.sleep, 60)
            pool.submit(time.sleep, 60)
            time.sleep(1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begun < 20


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent_or_says_a_word(how: signal.Signals) -> None:
    code = (
        "import os, time\nfrom booklet import executors\n"
        "if __name__ == '__main__':\n"
        "    with executors.executor(2) as pool:\n"
        "        for future in [pool.submit(os.getpid) for _ in range(2)]:\n"
        "            print(future.result(), flush=True)\n"
        "        pool.submit(time.sleep, 60)\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        lines = [parent.stdout.readline() for _ in range(3)]
        assert lines[2] == "ready\n"
        workers = {int(line) for line in lines[:2]}
        assert all(alive(worker) for worker in workers)
        parent.send_signal(how)
        deadline = time.monotonic() + 20
        while any(alive(worker) for worker in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(alive(worker) for worker in workers)
        said = parent.stderr.read()
    assert said.count("Traceback") == (1 if how == signal.SIGINT else 0)


def alive(process: int) -> bool:
    """True while a process runs; one that ended and waits to be fetched does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
