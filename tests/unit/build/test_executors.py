"""The executors: results in plan order, faults handed on, a dead worker told in one line."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from booklet import executors
from booklet.errors import MachineError


def test_results_stand_in_input_order_whichever_finishes_first() -> None:
    delays = [0.05, 0.0, 0.02]
    finished: list[int] = []

    def work(delay: float) -> float:
        time.sleep(delay)
        return delay

    with ThreadPoolExecutor(3) as pool:
        results = executors.run(pool, work, delays, lambda index, _: finished.append(index))
    assert results == tuple(delays)
    assert sorted(finished) == [0, 1, 2]
    assert finished[0] == 1


def test_one_worker_is_this_very_process() -> None:
    with executors.executor(1) as pool:
        assert isinstance(pool, executors.InProcess)
        assert executors.run(pool, lambda _: os.getpid(), [1]) == (os.getpid(),)


def test_each_result_is_told_when_it_is_there() -> None:
    told: list[tuple[int, int]] = []
    order: list[str] = []

    def work(number: int) -> int:
        order.append(f"work {number}")
        return -number

    def done(index: int, result: int) -> None:
        order.append(f"told {index}")
        told.append((index, result))

    executors.run(executors.InProcess(), work, [7, 8], done)
    assert told == [(0, -7), (1, -8)]
    assert order == ["work 7", "told 0", "work 8", "told 1"]


def test_a_fault_of_the_work_is_raised_and_not_told_as_done() -> None:
    told: list[int] = []

    def work(number: int) -> int:
        if number == 2:
            raise MachineError("the disk is full")
        return number

    with pytest.raises(MachineError, match="disk is full"):
        executors.run(executors.InProcess(), work, [1, 2, 3], lambda i, _: told.append(i))
    assert told == [0, 2]


def test_an_interrupt_passes_through_this_process_at_once() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        done.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        executors.run(executors.InProcess(), work, [1, 2])
    assert done == [1]


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
        assert executors.run(pool, operator.neg, [3, 1, 2]) == (-3, -1, -2)


@pytest.mark.slow
def test_a_worker_that_dies_is_a_fault_of_the_machine() -> None:
    with (
        pytest.raises(MachineError, match="worker process") as fault,
        executors.executor(2) as pool,
    ):
        executors.run(pool, os._exit, [1])
    assert "--jobs 1" in fault.value.hint


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


def test_any_executor_serves() -> None:
    class Elsewhere(Executor):
        """Hands the work to a pool of its own, as an executor of other machines does."""

        def __init__(self) -> None:
            self.pool = ThreadPoolExecutor(1)
            self.submitted = 0

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            self.submitted += 1
            return self.pool.submit(fn, *args, **kwargs)

    pool = Elsewhere()
    assert executors.run(pool, operator.neg, [1, 2]) == (-1, -2)
    assert pool.submitted == 2
    pool.pool.shutdown()
