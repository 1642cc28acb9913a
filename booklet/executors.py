"""Where work is done: a pure function and its inputs go in, results come out in input order.

Any ``concurrent.futures.Executor`` serves. Two are offered: the work done here and now, and a
pool of processes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from booklet.errors import MachineError

Input = TypeVar("Input")
Result = TypeVar("Result")

# Each worker holds a whole renderer in memory (some 150 MB), so a small computer gets two.
MOST_BY_DEFAULT = 2


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
    """Return how many processes to use: ``asked``, or two if there are so many cores and jobs."""
    if asked is not None:
        return asked
    return max(1, min(MOST_BY_DEFAULT, os.cpu_count() or 1, jobs))


@contextmanager
def executor(workers: int) -> Iterator[Executor]:
    """Offer an executor of so many workers; 1 means this very process.

    The pool is spawned, never forked: a worker starts clean on every system alike. When the
    user interrupts, the workers are stopped at once.
    """
    if workers == 1:
        yield InProcess()
        return
    spawn = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_die_quietly) as pool:
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


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback; the parent says the one line."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
