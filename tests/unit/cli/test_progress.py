"""What is told of a long build: a bar, how fast it goes and how long it will take."""

from __future__ import annotations

import pytest

from booklet.build import Step
from booklet.cli_progress import MANY, Progress, bar, shown_rate, shown_time


class Told:
    """A clock that is set by hand, and what was told by it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.lines: list[str] = []
        self.progress = Progress(self.lines.append, lambda: self.now)

    def step(self, done: int, total: int, at: float) -> str:
        self.now, before = at, len(self.lines)
        self.progress(Step("a, Large print", done, total))
        return self.lines[-1] if len(self.lines) > before else ""


def test_a_step_is_words_with_its_place() -> None:
    step = Step("a, E-book", 3, 12)
    assert (step, step.done, step.total) == ("3 of 12: a, E-book", 3, 12)


def test_words_are_told_as_they_are() -> None:
    told = Told()
    told.progress("Asking the outside checkers.")
    assert told.lines == ["Asking the outside checkers."]


def test_the_rate_and_the_time_left_are_told_when_they_are_known() -> None:
    told = Told()
    assert told.step(1, 10, 1.0) == "[##..................] 1 of 10: a, Large print"
    told.step(2, 10, 2.0)
    line = told.step(4, 10, 4.0)
    assert line == "[########............] 4 of 10: a, Large print (1.0 a second, 6 s left)"
    assert told.step(10, 10, 9.0) == "[####################] 10 of 10: a, Large print"


def test_what_came_from_the_cache_at_once_does_not_spoil_the_rate() -> None:
    told = Told()
    for done in range(1, 61):
        told.step(done, 100, 0.0)
    for done in range(61, 95):
        told.step(done, 100, 2.0 * (done - 60))
    assert "(30 a minute, 12 s left)" in told.lines[-1]


def test_of_very_many_steps_one_a_second_is_told_and_the_last() -> None:
    told = Told()
    total = 10 * MANY
    for done in range(1, total + 1):
        told.step(done, total, done / 100)
    assert 9 <= len(told.lines) <= 12
    assert f"{total} of {total}" in told.lines[-1]


@pytest.mark.parametrize(("done", "full"), [(0, 0), (1, 0), (50, 10), (99, 19), (100, 20)])
def test_the_bar_is_full_only_at_the_end(done: int, full: int) -> None:
    assert bar(done, 100) == f"[{'#' * full}{'.' * (20 - full)}]"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 s"), (45, "45 s"), (89, "89 s"), (600, "10 min"), (3 * 3600, "3.0 h")],
)
def test_times_are_told_in_the_unit_that_fits(seconds: float, words: str) -> None:
    assert shown_time(seconds) == words


@pytest.mark.parametrize(
    ("rate", "words"), [(12.34, "12.3 a second"), (0.5, "30 a minute"), (0.001, "1 a minute")]
)
def test_slow_work_is_counted_by_the_minute(rate: float, words: str) -> None:
    assert shown_rate(rate) == words
