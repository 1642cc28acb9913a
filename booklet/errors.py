"""Faults of the operator or the machine: one line for the person, one exit code for the script.

An author's mistake is never one of these; it is a Finding (see ``findings``).
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_CONTENT = 1
EXIT_USAGE = 2
EXIT_MACHINE = 3
EXIT_INTERRUPTED = 130


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
