"""Tasks enter; what came of each leaves, one by one as it is ready, in the thread that asks.

An executor does the work. Only a few tasks are handed to it at a time, the lowest in rank first, so
that nothing piles up. When a worker process dies, its pool is made anew and each task that was
out is tried once more, alone: so it is known over which of them workers die.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import count
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, Self

from booklet.errors import HaltError, MachineError

TICK = 0.2
"""Seconds after which the waiting thread looks up, for on some systems Ctrl-C is not heard else."""
MOST_DEAD = 3
"""Workers that may die before any has ever answered: then it is not the work that kills them."""


class Hands(NamedTuple):
    """Who does the work: ``far`` may be other computers, ``near`` is where the source is."""

    far: Executor
    near: Executor

    @property
    def room(self) -> int:
        """How many tasks to have out: enough that no worker idles while answers are looked at.

        An executor says it by its own ``room``; one that does not gets one task at a time.
        """
        pools = self[:1] if self.far is self.near else self
        return sum(getattr(pool, "room", 1) for pool in pools)


Hire = Callable[[], AbstractContextManager[Hands]]


@dataclass(frozen=True, slots=True)
class Task:
    """``work`` to be done on ``given``; ``name`` says for what, ``near`` where the source is."""

    rank: tuple[int, ...]
    name: Any
    work: Callable[[Any], Any]
    given: Any
    near: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task: a result, or the ``fault`` that was raised."""

    task: Task
    result: Any = None
    fault: BaseException | None = None


class Crew:
    """Hands out tasks and takes answers. With ``lends_a_hand`` it also works itself."""

    def __init__(self, hire: Hire, *, lends_a_hand: bool = False) -> None:
        self._hire = hire
        self._lends_a_hand = lends_a_hand
        self._stack = ExitStack()
        self._hands = self._stack.enter_context(hire())
        self._number = count()
        self._waiting: list[tuple[tuple[int, ...], int, Task]] = []
        self._out: dict[Future[Any], Task] = {}
        self._back: SimpleQueue[Future[Any]] = SimpleQueue()
        self._suspects: deque[Task] = deque()
        self._alone: Task | None = None
        self._has_answered = False
        self._dead = 0

    def __enter__(self) -> Self:
        """Return the crew itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the workers go."""
        self._stack.__exit__(kind, fault, trace)

    @property
    def room(self) -> int:
        """How many tasks are out at the same time, at most."""
        return self._hands.room

    @property
    def is_idle(self) -> bool:
        """True when all has been answered."""
        return not (self._waiting or self._out or self._suspects)

    def give(self, task: Task) -> None:
        """Take a task on."""
        heapq.heappush(self._waiting, (task.rank, next(self._number), task))

    def answer(self) -> Answer:
        """Wait for what comes of one task and return it. Raises HaltError when no worker lives."""
        while True:
            if self._lends_a_hand and self._waiting and self._back.empty():
                own = self._pop()
                self._hand_out()
                return _done_here(own)
            self._hand_out()
            future = self._next()
            task = self._out.pop(future, None)
            if task is None:  # its pool broke, and it has been handed out anew
                continue
            fault = future.exception()
            if isinstance(fault, BrokenProcessPool):
                if dead := self._broken(task):
                    return dead
                continue
            self._has_answered = True
            self._alone = None if task is self._alone else self._alone
            return Answer(task, None if fault else future.result(), fault)

    def _pop(self) -> Task:
        return heapq.heappop(self._waiting)[2]

    def _next(self) -> Future[Any]:
        while True:
            try:
                return self._back.get(timeout=TICK)
            except Empty:
                continue

    def _hand_out(self) -> None:
        if self._alone:
            return
        if self._suspects and not self._out:
            self._alone = self._suspects.popleft()
            self._submit(self._alone)
        room = 0 if self._alone or self._suspects else self._hands.room
        while self._waiting and len(self._out) < room:
            self._submit(self._pop())

    def _submit(self, task: Task) -> None:
        pool = self._hands.near if task.near else self._hands.far
        try:
            future = pool.submit(task.work, task.given)
        except BrokenProcessPool as error:  # it broke when nothing was under way
            future = Future()
            future.set_exception(error)
        self._out[future] = task
        future.add_done_callback(self._back.put)

    def _broken(self, task: Task) -> Answer | None:
        """Make the pool anew; what was out is tried alone. Return the answer of one that was."""
        left = {future: each for future, each in self._out.items() if _is_sound(future)}
        others = [each for future, each in self._out.items() if future not in left]
        self._out = left
        self._stack.close()
        self._hands = self._stack.enter_context(self._hire())
        if task is not self._alone:
            self._suspects += sorted((task, *others), key=lambda each: each.rank)
            return None
        self._alone = None
        self._dead += 1
        if self._dead >= MOST_DEAD and not self._has_answered:
            hint = "The computer may be short of memory; try again with --jobs 1."
            raise HaltError("worker processes do not live long enough to answer", hint=hint)
        return Answer(task, fault=_death())


def _is_sound(future: Future[Any]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _death() -> MachineError:
    return MachineError(
        "a worker process died over it, twice",
        hint="The computer may be short of memory; try again with --jobs 1.",
    )


def _done_here(task: Task) -> Answer:
    try:
        return Answer(task, task.work(task.given))
    except Exception as error:  # noqa: BLE001 - handed to whoever asks for the answer
        return Answer(task, fault=error)
