"""Ctrl-C and SIGTERM enter; a KeyboardInterrupt that cannot get lost on its way leaves."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from booklet.errors import was_interrupted

__all__ = ["AGAIN", "arrived", "interrupts", "was_interrupted"]

AGAIN = 0.1
"""Seconds after which an interrupt that has not arrived is raised once more."""


@contextmanager
def interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt for Ctrl-C, and for SIGTERM, by which a service ends a program.

    Python drops what is raised in a finalizer or a callback of C, and a library may swallow it. So
    an alarm looks whether the interrupt is under way, and raises it again if it is not; while it
    is, nothing disturbs the tidying up. What somebody ignores or handles already is left alone.
    """
    with_alarm = hasattr(signal, "setitimer")

    def heard(_: int, __: FrameType | None) -> None:
        if with_alarm:
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
        if not _is_under_way():
            raise KeyboardInterrupt

    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    if with_alarm:
        usual[signal.SIGALRM] = signal.SIG_DFL
    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: old for number, old in usual.items() if signal.getsignal(number) == old}
    for number in before:
        signal.signal(number, heard)
    try:
        yield
    finally:
        arrived()
        for number, old in before.items():
            signal.signal(number, old)


def arrived() -> None:
    """Look for no interrupt any more: it has been answered."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _is_under_way() -> bool:
    return was_interrupted(sys.exception())
