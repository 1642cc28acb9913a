"""The address of a Dask scheduler enters; an executor whose workers are its machines leaves.

Jobs go out and bytes come back; nothing is read or written over there. A job whose worker dies is
given to another by the scheduler, ``distributed.scheduler.allowed-failures`` times (3 as it comes).
"""

from __future__ import annotations

import logging
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from booklet.errors import HaltError, MachineError

Pairs = tuple[tuple[str, str], ...]
Probe = Callable[[], Pairs]
Tell = Callable[[str], None]

# Seconds for what takes milliseconds on a network that works.
PATIENCE = 10
# Seconds that a build waits for a worker when there is none any more; then it ends.
WAIT = 300
# Seconds between two looks at who is there.
LOOK = 1.0
# Jobs a worker at a time. When one dies, Dask blames all that it had: with one job, the right one.
AHEAD = 1
# What must be the same for programs to understand one another at all.
_WIRE = ("dask", "distributed")
# The renderer is not made for threads, and a worker may have been started with several.
_ALONE = threading.Lock()


@contextmanager
def workers(address: str, probe: Probe, tell: Tell = lambda _: None) -> Iterator[Executor]:
    """Offer the workers of the scheduler at ``address``, such as ``tcp://10.0.0.5:8786``.

    ``probe`` says what shapes the bytes on a machine; each worker must answer as this one does,
    those too that come later. ``tell`` hears when no worker is left. Raises MachineError, in one
    line, for whatever goes wrong between the machines.
    """
    client = _connected(address)
    pool = _Workers(address, client.get_executor(pure=False), probe)
    over = threading.Event()
    try:
        with _told_in_one_line(address):
            pool.count = _agreed(client, address, probe)
            watch = partial(_watch, pool, lambda: len(client.nthreads()), tell, over)
            threading.Thread(target=watch, daemon=True).start()
            yield pool
    finally:
        over.set()
        # What still runs or waits is of no more use, for instance after Ctrl-C.
        with suppress(Exception):
            pool.inner.shutdown(wait=False)
        with suppress(Exception):
            client.close(timeout=0.5)


def _connected(address: str) -> Any:
    try:
        # Imported here, for it is an extra, and takes half a second.
        from distributed import Client
    except ImportError as error:
        raise MachineError(
            f"the package for a cluster is not installed ({error.name})",
            hint="Run: python -m pip install -r requirements-dask.lock; or leave out --executor.",
        ) from error
    # Dask gives some of its loggers a level and a voice of their own.
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            # Versions are compared below, in words of ours.
            warnings.simplefilter("ignore")
            connect = partial(Client, address, timeout=PATIENCE, set_as_default=False)
            return _within(PATIENCE * 2, connect)
    except Exception as error:  # whatever answers there, it is no scheduler that we can talk to
        raise MachineError(
            "no Dask scheduler answers",
            where=address,
            hint="Is it running (dask scheduler), of the same version, and the address right?",
        ) from error


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """Return what ``call`` does; raise TimeoutError for one that never ends.

    Dask waits forever for the answer of a program that is no scheduler.
    """
    answer: Future[Any] = Future()

    def ask() -> None:
        try:
            answer.set_result(call())
        except Exception as error:  # noqa: BLE001 - handed to whoever asks for the result
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return answer.result(seconds)


@contextmanager
def _told_in_one_line(address: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        fault = _one_line(error, address)
        if fault is error:
            raise
        raise fault from error


def _one_line(error: BaseException, address: str) -> BaseException:
    """Return the fault to tell of: what happened between the machines is said in words of ours."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    if isinstance(error, KilledWorker):
        return MachineError(
            f"{error.allowed_failures + 1} workers died over the same edition",
            where=address,
            hint="They may be short of memory; see their log, and docs/scale.md.",
        )
    if isinstance(error, CancelledError | CommClosedError):
        return _lost(address)
    return error


def _lost(address: str) -> HaltError:
    return HaltError(
        "the connection to the Dask scheduler is lost",
        where=address,
        hint="What was finished is put out; run the build again when the scheduler is up.",
    )


def _watch(pool: _Workers, count: Callable[[], int], tell: Tell, over: threading.Event) -> None:
    """Look who is there until all is over; give up when nobody has come for long."""
    missed: float | None = None
    while not over.wait(LOOK):
        try:
            pool.count = count()
        except Exception:  # noqa: BLE001 - whatever it is, nobody answers there any more
            if not over.is_set():
                pool.give_up(_lost(pool.address))
            return
        now = time.monotonic()
        if pool.count:
            if missed is not None:
                tell("A worker has come; the build goes on.")
            missed = None
        elif missed is None:
            missed = now
            tell(f"No worker is left at {pool.address}; waiting for one, at most {_minutes(WAIT)}.")
        elif now - missed > WAIT:
            pool.give_up(
                HaltError(
                    f"no worker has come for {_minutes(WAIT)}",
                    where=pool.address,
                    hint=f"Start some with: dask worker {pool.address} --nthreads 1",
                )
            )
            return


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


# ------------------------------------------------------------- the same bytes everywhere


def _agreed(client: Any, address: str, probe: Probe) -> int:
    """Return how many workers there are, all of them set up as this machine. Raises MachineError.

    One that is no longer there when it is asked says nothing; whoever comes later is asked, too.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise MachineError(
            "the Dask scheduler has no workers",
            where=address,
            hint=f"Start some with: dask worker {address} --nthreads 1",
        ) from error
    versions = client.get_versions()
    ours = versions["client"]["packages"]
    for place, answer in {address: versions["scheduler"], **versions["workers"]}.items():
        theirs = answer["packages"]
        _compare(place, *(tuple((name, each[name]) for name in _WIRE) for each in (theirs, ours)))
    answers = client.run(probe, on_error="return")
    for place, answer in answers.items():
        if isinstance(answer, BaseException):
            raise MachineError(
                f"this worker cannot make booklets: {answer}",
                where=place,
                hint="Install booklet-builder there, the same version as here.",
            ) from answer
        _compare(place, answer, probe())
    return len(answers)


def _compare(place: str, theirs: Pairs, ours: Pairs) -> None:
    """Raise HaltError, naming the first difference, unless both are set up alike."""
    there, here = dict(theirs), dict(ours)
    for name in sorted({*there, *here}):
        if there.get(name) != here.get(name):
            said = f"{name} is {there.get(name, 'missing')} there and {here.get(name, 'not')} here"
            raise HaltError(
                f"this machine would make other files: {said}",
                where=place,
                hint="Install the same on every machine; requirements-dask.lock says what.",
            )


# ---------------------------------------------------------------------- out and back


@dataclass
class _Workers(Executor):
    """Dask's executor, a few jobs ahead of its workers and never more.

    A result is held by the cluster only until it is here: the future that is handed out is ours,
    and Dask's is let go with the answer.
    """

    address: str
    inner: Executor
    probe: Probe
    count: int = 1
    fault: HaltError | None = None
    out: set[Future[Any]] = field(default_factory=set)
    change: threading.Condition = field(default_factory=threading.Condition)

    @property
    def room(self) -> int:
        """How many jobs may be under way."""
        return AHEAD * max(1, self.count)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand on the work; wait while every worker has enough of it."""
        ours: Future[Any] = Future()
        with self.change:
            self.change.wait_for(lambda: self.fault or len(self.out) < self.room)
            if self.fault:
                ours.set_exception(self.fault)
                return ours
            self.out.add(ours)
        work = partial(_guarded, self.probe, self.probe(), fn)
        theirs = self.inner.submit(work, *args, **kwargs)
        theirs.add_done_callback(partial(self._arrived, ours))
        return ours

    def give_up(self, fault: HaltError) -> None:
        """Let everybody who waits, and who will ask, have this fault for an answer."""
        with self.change:
            self.fault = self.fault or fault
            left, self.out = self.out, set()
            self.change.notify_all()
        for ours in left:
            ours.set_exception(self.fault)

    def _arrived(self, ours: Future[Any], theirs: Future[Any]) -> None:
        with self.change:
            if ours not in self.out:  # given up
                return
            self.out.remove(ours)
            self.change.notify()
        error = CancelledError() if theirs.cancelled() else theirs.exception()
        if error is None:
            ours.set_result(theirs.result())
        else:
            ours.set_exception(_one_line(error, self.address))


def _guarded(probe: Probe, wanted: Pairs, work: Callable[..., Any], *args: Any) -> Any:
    """Do the work on a worker, unless it would come to other bytes than at home."""
    with _ALONE:
        _compare(_name(), probe(), wanted)
        return work(*args)


def _name() -> str:
    from distributed import get_worker

    return str(get_worker().address)
