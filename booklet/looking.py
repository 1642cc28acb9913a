"""The tasks of reading enter; booklets as they were read leave, or why one could not be.

Here it is told what of a fault concerns one booklet alone, and what concerns all.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from typing import NamedTuple, Self

from booklet.crew import Answer, Crew, Task
from booklet.editions import Edition
from booklet.errors import HaltError, UsageError, explained, was_interrupted
from booklet.report import Fault
from booklet.source import SourceTree
from booklet.survey import Copy, Draft, Errand, Request, look

Tell = Callable[[str], None]
# A booklet as it was read, or why it could not be.
Looked = Draft | Fault


class Step(str):
    """What is told of a finished edition: words, and how many of how many are ``done``."""

    __slots__ = ("done", "total")
    done: int
    total: int

    def __new__(cls, words: str, done: int, total: int) -> Self:
        """Make the words ``done of total: words``."""
        step = super().__new__(cls, f"{done} of {total}: {words}")
        step.done, step.total = done, total
        return step


class Wanted(NamedTuple):
    """What a task is about: an edition of a booklet, or the booklet as it is read."""

    number: int
    row: Edition | None = None
    key: str = ""


def look_at_all(
    crew: Crew, request: Request, asked: Iterable[Copy], tell: Tell
) -> dict[Copy, Looked]:
    """Read and check booklets before anything else is done with any of them.

    Raises BookletError for what concerns all of them.
    """
    tree = SourceTree.open(request.source)
    wanted = tuple(asked)
    for number, copy in enumerate(wanted):
        crew.give(reading(number, Errand(tree, copy, request.today)))
    looked: dict[Copy, Looked] = {}
    while not crew.is_idle:
        answer = crew.answer()
        copy = wanted[answer.task.name.number]
        looked[copy] = looked_at(answer, tree)
        if len(wanted) > 1:
            tell(Step(f"{' for '.join(filter(None, copy))}, checked", len(looked), len(wanted)))
    return {copy: looked[copy] for copy in wanted}


def reading(number: int, errand: Errand) -> Task:
    """Return the task of reading a booklet, which can be done only where the source is."""
    return Task((number, -1), Wanted(number), look, errand, near=True)


def looked_at(answer: Answer, tree: SourceTree) -> Looked:
    """Return the draft, or the fault of a booklet's own. Raises that which concerns all."""
    if answer.fault is None:
        draft: Draft = answer.result
        return draft
    fault = explained(answer.fault)
    name, clinic = answer.task.given.copy
    is_shared = fault.where and not f"{fault.where}/".startswith(f"{tree.name}/{name}/")
    if is_shared and fault is answer.fault:
        raise fault
    return fault_of(answer.fault, f"{name} for {clinic}" if clinic else name)


def fault_of(error: BaseException, where: str) -> Fault:
    """Put into a line what kept a booklet back. Raises what concerns all of them."""
    if was_interrupted(error):
        raise KeyboardInterrupt from error
    fault = explained(error)
    if isinstance(fault, HaltError | UsageError):
        raise fault from error
    place = f"{where}: {fault.where}" if fault.where else where
    trace = "".join(traceback.format_exception(error))
    return Fault(fault.message, place, fault.hint, trace)
