"""Where work is done: a number of workers or an address goes in, an executor comes out.

Any ``concurrent.futures.Executor`` serves. Three are offered: the work done here and now, a pool of
processes, and the workers of a cluster. ``room`` is how many jobs each likes to have under way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from booklet import cluster

WORKER = 512 * 1024 * 1024
"""Bytes of memory a worker: a renderer takes some 125 MB, with a long booklet 200 and more."""
UNKNOWN_MEMORY = 2 * WORKER
AHEAD = 2
"""Jobs for each process: the one that it works on, and the next."""
# Where Linux says how much memory a container may use (kernel.org, cgroup v2).
CGROUP = Path("/sys/fs/cgroup/memory.max")


class InProcess(Executor):
    """An executor that does the work at once, in this process."""

    room = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call ``fn`` now and return a future that is already done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed to whoever asks for the result
            future.set_exception(error)
        return future


def workers_for(jobs: int, asked: int | None) -> int:
    """Return how many processes to use: ``asked``, or as many as cores, memory and jobs allow."""
    if asked is not None:
        return asked
    return max(1, min(_cores(), _memory() // WORKER, jobs))


def _cores() -> int:
    """Return how many cores this process may use, where the system tells; else all."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _memory() -> int:
    """Return the bytes of memory: the computer's, or what this container may use of it."""
    if sys.platform == "win32":
        return UNKNOWN_MEMORY
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return UNKNOWN_MEMORY
    with suppress(OSError, ValueError):  # no such file, or "max", where there is no limit
        return min(memory, int(CGROUP.read_text("ascii")))
    return memory


@contextmanager
def offered(
    address: str, workers: int, probe: cluster.Probe, tell: cluster.Tell = lambda _: None
) -> Iterator[Executor]:
    """Offer the cluster at an address, or so many workers here when there is none.

    ``probe`` says what shapes the bytes on a machine; ``tell`` hears when no worker is left. Raises
    MachineError.
    """
    with cluster.workers(address, probe, tell) if address else executor(workers) as pool:
        yield pool


@contextmanager
def executor(workers: int) -> Iterator[Executor]:
    """Offer an executor of so many workers; 1 means this very process."""
    if workers == 1:
        yield InProcess()
        return
    with spawned(workers) as pool:
        yield pool


@contextmanager
def spawned(workers: int) -> Iterator[Executor]:
    """Offer a pool of so many processes.

    They are spawned, never forked: a worker starts clean on every system alike. Whoever leaves has
    all answers that are wanted, or was interrupted: the workers are stopped at once.
    """
    spawn = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    with _Pool(workers, mp_context=spawn, initializer=_follow_the_parent) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()


class _Pool(ProcessPoolExecutor):
    """A pool whose workers never hear Ctrl-C: the parent does, and stops them without a word."""

    def __init__(self, workers: int, **options: Any) -> None:
        super().__init__(workers, **options)
        self.room = AHEAD * workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand on the work; a worker that is started for it inherits a deaf ear."""
        with _interrupts_held():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait, where the system can; what is started meanwhile is born without it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow_the_parent() -> None:
    """End this worker when its parent is gone, however it died; nobody else would."""
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(parent: int) -> None:
    wait([parent])
    os._exit(1)
