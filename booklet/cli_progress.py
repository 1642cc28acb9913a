"""Steps of a long work enter; lines with a bar, the rate and the time left leave.

Each is a line of its own and none is drawn over: a screen reader can follow, and so can a log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from booklet.build import Step, Tell

BAR = 20
# Where there are more steps than this, not each is told, but one a second.
MANY = 100
# So many steps back the rate is measured: what came from the cache at the start is soon forgotten.
WINDOW = 30
# Before so many steps and seconds have gone by, a rate would be a guess.
LEAST_STEPS, LEAST_SECONDS = 3, 2.0


class Progress:
    """Tells of each step, with what is left by the clock that it is given (in seconds)."""

    def __init__(self, tell: Tell, clock: Callable[[], float]) -> None:
        self._tell = tell
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), 0)], maxlen=WINDOW)
        self._told = float("-inf")

    def __call__(self, words: str) -> None:
        """Tell words as they are, and a step with its bar; of very many steps one a second."""
        if not isinstance(words, Step):
            self._tell(words)
            return
        now = self._clock()
        self._seen.append((now, words.done))
        last = words.done == words.total
        if words.total > MANY and not last and now - self._told < 1:
            return
        self._told = now
        left = "" if last else self._left(words)
        self._tell(f"{bar(words.done, words.total)} {words}{left}")

    def _left(self, step: Step) -> str:
        then, done = self._seen[0]
        now, steps = self._seen[-1][0], step.done - done
        if steps < LEAST_STEPS or now - then < LEAST_SECONDS:
            return ""
        rate = steps / (now - then)
        return f" ({shown_rate(rate)}, {shown_time((step.total - step.done) / rate)} left)"


def bar(done: int, total: int) -> str:
    """Return a bar of plain signs; it is full only when all is done."""
    full = BAR * done // total
    return f"[{'#' * full}{'.' * (BAR - full)}]"


def shown_rate(rate: float) -> str:
    """Return how many there are in a second, or in a minute when they are few."""
    return f"{rate:.1f} a second" if rate >= 1 else f"{max(1, round(rate * 60))} a minute"


def shown_time(seconds: float) -> str:
    """Return a time in the unit that a person would say it in."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
