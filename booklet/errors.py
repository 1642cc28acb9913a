"""Faults of the operator or the machine: one line for the person, one exit code for the script.

An author's mistake is never one of these; it is a Finding (see ``findings``).
"""

from __future__ import annotations

import errno

DEBUG = "BOOKLET_DEBUG"
"""The environment variable that asks for the place in the program where a fault arose."""
EXIT_OK = 0
EXIT_CONTENT = 1
EXIT_USAGE = 2
EXIT_MACHINE = 3
EXIT_INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT)


class BookletError(Exception):
    """Base of all faults: ``message`` says what, ``where`` names the place, ``hint`` a way out."""

    exit_code = EXIT_MACHINE

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def line(self) -> str:
        """The fault as one line of text."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} Hint: {self.hint}" if self.hint else head


class UsageError(BookletError):
    """The command was called wrongly: exit code 2."""

    exit_code = EXIT_USAGE


class MachineError(BookletError):
    """The machine cannot do it (disk, permissions, a missing library): exit code 3."""

    exit_code = EXIT_MACHINE


class HaltError(MachineError):
    """A fault that every booklet would meet (a missing renderer, a lost cluster): all must stop."""


def explained(error: BaseException) -> BookletError:
    """Put a fault that nobody foresaw into one line; return one of ours as it is."""
    if isinstance(error, BookletError):
        return error
    if isinstance(error, ImportError):
        return HaltError(
            f"a part of the program cannot be loaded: {error}",
            hint="Run python3 make_booklet.py doctor.",
        )
    if isinstance(error, MemoryError):
        return MachineError("the memory is full", hint="Try --jobs 1, or one booklet at a time.")
    if isinstance(error, OSError):
        kind = HaltError if error.errno in _FULL else MachineError
        return kind(error.strerror or str(error), where=str(error.filename or ""))
    return MachineError(
        f"the program has a fault: {type(error).__name__}: {error}",
        hint=f"Please report it. {DEBUG}=1 shows where it is.",
    )


def was_interrupted(error: BaseException | None) -> bool:
    """True for an interrupt, and for what went wrong because of one."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None
