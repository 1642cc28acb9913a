"""Outside programs of the set-up: a command goes in; its exit code and last word come out.

Standard library only. What the program prints goes to a log file, never to the person.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO


class Talk:
    """Short lines to the person; progress within a step only on a terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._step = ""

    def say(self, words: str) -> None:
        """Write one line."""
        print(words, file=self._stream, flush=True)

    def step(self, words: str) -> None:
        """Write the line of a step."""
        self._step = words
        self.say(f"  - {words}")

    def progress(self, words: str) -> None:
        """Show how far the step is, in place; with no words, wipe it away."""
        if self._stream.isatty():
            text = f"    {words}" if words else ""
            self._stream.write(f"\r{text:<30}" if text else f"\r{'':<30}\r")
            self._stream.flush()


def logged(
    command: Sequence[str],
    log: Path,
    *,
    watch: Callable[[str], None] | None = None,
    extra: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> tuple[int, str]:
    """Run a program without input, add its output to ``log``, show each line to ``watch``.

    Returns the exit code and the line that says best what went wrong. A program that cannot be
    started counts as exit code 127.
    """
    kept: list[str] = []
    try:
        with (
            log.open("a", encoding="utf-8") as record,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, **(extra or {})},
                cwd=cwd,
            ) as child,
        ):
            record.write(f"$ {' '.join(command)}\n")
            for line in child.stdout or ():
                record.write(line)
                kept.append(line.rstrip())
                if watch:
                    watch(line)
        return child.returncode, last_word(kept)
    except FileNotFoundError as error:
        return 127, f"{error.filename or command[0]} was not found"


def last_word(lines: Sequence[str]) -> str:
    """Return the last line that is marked as an error, else the last line, at most 200 long."""
    said = [line.strip() for line in lines if line.strip()]
    errors = [line for line in said if line.lower().startswith(("error", "e: ", "npm error"))]
    word = (errors or said or ["it said nothing"])[-1]
    return word if len(word) <= 200 else word[:197] + "..."
