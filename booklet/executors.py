"""Where work is done: a pure function and its inputs go in, results come out in input order.

Any ``concurrent.futures.Executor`` serves. Three are offered: the work done here and now, a pool of
processes, and the workers of a cluster.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TypeVar

from booklet import cluster
from booklet.errors import MachineError

Input = TypeVar("Input")
Result = TypeVar("Result")

WORKER = 512 * 1024 * 1024
"""Bytes of memory a worker: a renderer takes some 125 MB, with a long booklet 200 and more."""
UNKNOWN_MEMORY = 2 * WORKER
# Where Linux says how much memory a container may use (kernel.org, cgroup v2).
CGROUP = Path("/sys/fs/cgroup/memory.max")


class InProcess(Executor):
    """An executor that does the work at once, in this process."""

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
def offered(address: str, workers: int, probe: cluster.Probe) -> Iterator[Executor]:
    """Offer the cluster at an address, or so many workers here when there is none.

    ``probe`` says what shapes the bytes on a machine. Raises MachineError.
    """
    with cluster.workers(address, probe) if address else executor(workers) as pool:
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

    They are spawned, never forked: a worker starts clean on every system alike. When the user
    interrupts, the workers are stopped at once.
    """
    spawn = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    with _Pool(workers, mp_context=spawn, initializer=_follow_the_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()
            raise


def run(
    pool: Executor,
    work: Callable[[Input], Result],
    inputs: Sequence[Input],
    done: Callable[[int, Result], None] | None = None,
) -> tuple[Result, ...]:
    """Return ``work`` of each input, in input order whatever finishes first.

    ``done`` is told of each result, with the input's index, as soon as it is there. Raises what
    ``work`` raises; MachineError when a worker process dies.
    """
    futures: list[Future[Result]] = []
    try:
        for index, item in enumerate(inputs):
            future = pool.submit(work, item)
            if done is not None:
                future.add_done_callback(partial(_tell, done, index))
            futures.append(future)
        return tuple(future.result() for future in futures)
    except BrokenProcessPool as error:
        raise MachineError(
            "a worker process stopped without an answer",
            hint="The computer may be short of memory; try again with --jobs 1.",
        ) from error


def _tell(done: Callable[[int, Result], None], index: int, future: Future[Result]) -> None:
    if not future.cancelled() and future.exception() is None:
        done(index, future.result())


class _Pool(ProcessPoolExecutor):
    """A pool whose workers never hear Ctrl-C: the parent does, and stops them without a word."""

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
