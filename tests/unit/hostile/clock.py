"""Seconds enter; what takes longer than that ends with SlowError."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class SlowError(Exception):
    """It took longer than it may."""


@contextmanager
def clock(seconds: int) -> Iterator[None]:
    """Raise SlowError when what stands inside takes longer than so many seconds."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
