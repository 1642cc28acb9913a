"""A crew: few tasks out at a time, answers as they come, and a dead worker blamed on its task."""

from __future__ import annotations

import operator
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from booklet import executors
from booklet.crew import Answer, Crew, Hands, Hire, Task
from booklet.errors import HaltError, MachineError


def tasks(work: Callable[[Any], Any], *given: Any) -> list[Task]:
    return [Task((number,), number, work, each) for number, each in enumerate(given)]


def hire(pool: Executor) -> Hire:
    @contextmanager
    def hired() -> Iterator[Hands]:
        yield Hands(pool, pool)

    return hired


def answers(crew: Crew, *given: Task) -> list[Answer]:
    for each in given:
        crew.give(each)
    got = []
    while not crew.is_idle:
        got.append(crew.answer())
    return got


def test_the_lowest_rank_is_begun_first_and_the_rest_waits() -> None:
    begun: list[int] = []
    with Crew(hire(executors.InProcess())) as crew:
        for number in (3, 1, 2):
            crew.give(Task((number,), number, begun.append, number))
        crew.answer()
        assert begun == [1]
        crew.give(Task((0,), 0, begun.append, 0))
        while not crew.is_idle:
            crew.answer()
    assert begun == [1, 0, 2, 3]


def test_answers_come_as_they_are_ready_and_no_more_is_out_than_there_is_room() -> None:
    out: list[int] = []
    most: list[int] = []
    lock = threading.Lock()

    def work(delay: float) -> float:
        with lock:
            out.append(1)
            most.append(len(out))
        time.sleep(delay)
        with lock:
            out.pop()
        return delay

    class Roomy(ThreadPoolExecutor):
        room = 2

    with Roomy(8) as pool, Crew(hire(pool)) as crew:
        got = [answer.result for answer in answers(crew, *tasks(work, 0.2, 0.0, 0.0, 0.0))]
    assert got[-1] == 0.2
    assert sorted(got) == [0.0, 0.0, 0.0, 0.2]
    assert max(most) == 2


def test_a_fault_is_an_answer_and_an_interrupt_is_not() -> None:
    with Crew(hire(executors.InProcess())) as crew:
        (bad, good) = answers(crew, *tasks(int, "x", "1"))
    assert isinstance(bad.fault, ValueError)
    assert (good.result, good.fault) == (1, None)

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(hire(executors.InProcess())) as crew:
        answers(crew, *tasks(stop, 1))


def test_one_that_lends_a_hand_takes_the_first_and_hands_out_the_others() -> None:
    with ThreadPoolExecutor(1) as pool, Crew(hire(pool), lends_a_hand=True) as crew:
        got = answers(crew, *tasks(lambda _: threading.get_ident(), 1, 2))
    by_name = {answer.task.name: answer.result for answer in got}
    assert by_name[0] == threading.get_ident()
    assert by_name[1] != threading.get_ident()


def test_near_work_is_done_near() -> None:
    near, far = executors.InProcess(), ThreadPoolExecutor(1)

    @contextmanager
    def both() -> Iterator[Hands]:
        yield Hands(far, near)

    with far, Crew(both) as crew:
        here = Task((0,), "near", lambda _: threading.get_ident(), None, near=True)
        there = Task((1,), "far", lambda _: threading.get_ident(), None)
        got = {answer.task.name: answer.result for answer in answers(crew, here, there)}
    assert got["near"] == threading.get_ident() != got["far"]


# ----------------------------------------------------------------- workers that die


@dataclass
class Fragile(Executor):
    """A pool that breaks over some work, as a real one does: all that is under way is lost."""

    deadly: set[int]
    tried: list[int]
    room: int = 3
    broken: bool = False
    under_way: list[Future[Any]] = field(default_factory=list)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.broken:
            raise BrokenProcessPool
        future: Future[Any] = Future()
        self.under_way.append(future)
        self.tried.append(args[0])
        if args[0] in self.deadly:
            self.broken = True
            for each in self.under_way:
                each.set_exception(BrokenProcessPool())
        elif len(self.deadly) == 0 or self.alone:
            future.set_result(fn(*args))
            self.under_way.remove(future)
        return future

    @property
    def alone(self) -> bool:
        return len(self.under_way) == 1 and self.tried.count(self.tried[-1]) > 1


@contextmanager
def fragile(deadly: set[int], tried: list[int], hired: list[int]) -> Iterator[Hands]:
    hired.append(1)
    pool = Fragile(deadly, tried)
    yield Hands(pool, pool)


def test_only_the_one_over_which_workers_die_is_blamed() -> None:
    tried: list[int] = []
    hired: list[int] = []
    with Crew(lambda: fragile({2}, tried, hired)) as crew:
        got = answers(crew, *tasks(operator.neg, 1, 3, 2))
    assert {answer.task.given: answer.result for answer in got} == {1: -1, 3: -3, 2: None}
    (fault,) = [answer.fault for answer in got if answer.fault]
    assert isinstance(fault, MachineError)
    assert "died over it, twice" in fault.line()
    assert "--jobs 1" in fault.hint
    assert tried == [1, 3, 2, 1, 3, 2]
    assert len(hired) == 3


def test_workers_that_never_live_long_enough_stop_all() -> None:
    with (
        pytest.raises(HaltError, match="do not live long enough"),
        Crew(lambda: fragile({1, 2, 3, 4, 5}, [], [])) as crew,
    ):
        answers(crew, *tasks(operator.neg, 1, 2, 3, 4, 5))


def die_of_two(number: int) -> int:
    if number == 2:
        os._exit(1)
    return -number


@pytest.mark.slow
def test_a_real_worker_that_dies_takes_nobody_with_it() -> None:
    @contextmanager
    def hired() -> Iterator[Hands]:
        with executors.executor(2) as pool:
            yield Hands(pool, pool)

    with Crew(hired) as crew:
        got = answers(crew, *tasks(die_of_two, 1, 2, 3, 4))
    assert {answer.task.given: answer.result for answer in got} == {1: -1, 2: None, 3: -3, 4: -4}
    assert [answer.task.given for answer in got if answer.fault] == [2]
