"""Where things are and how to print: the folder that was meant, and what the terminal can do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import booklet
from booklet.errors import MachineError
from booklet.report import ANSI, PLAIN, Colours

SOURCE = "source"
OUTPUT = "output"


def source_folder(asked: Path | None, here: Path) -> Path:
    """Return the source folder: the one asked for, else ``source`` here or in a folder above.

    Failing both, the one beside the program; then ``source`` here, even if there is none.
    """
    if asked is not None:
        return asked
    beside = Path(booklet.__file__).resolve().parents[1]
    for folder in (here, *here.parents, beside):
        if _is_source(folder / SOURCE):
            return folder / SOURCE
    return here / SOURCE


def _is_source(folder: Path) -> bool:
    """True for a folder that holds booklets or disclaimers, unlike the ``source`` of others."""
    return (folder / "disclaimers").is_dir() or any(folder.glob("*/booklet.yaml"))


def output_folder(asked: Path | None, source: Path) -> Path:
    """Return the output folder: the one asked for, else ``output`` beside the source folder."""
    return source.parent / OUTPUT if asked is None else asked


def shown(path: Path, here: Path) -> Path:
    """Return the path as seen from here, where that is shorter to read."""
    try:
        return path.resolve().relative_to(here.resolve())
    except ValueError:
        return path


def colours(stream: TextIO | None) -> Colours:
    """Return colours for a terminal that wants them (https://no-color.org), else none."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    # The old Windows console prints the codes; the new terminal sets WT_SESSION.
    able = sys.platform != "win32" or "WT_SESSION" in os.environ
    return ANSI if wanted and able and is_terminal(stream) else PLAIN


def is_terminal(stream: TextIO | None) -> bool:
    """True when a person is looking at this stream."""
    return stream is not None and stream.isatty()


def narrator(*, quiet: bool) -> Callable[[str], None]:
    """Return what tells of progress: a line each on a terminal, silence elsewhere."""
    if quiet or not is_terminal(sys.stderr):
        return _nothing
    return _line


def _nothing(_: str) -> None:
    pass


def _line(text: str) -> None:
    # In one piece, so that Ctrl-C finds the cursor at the start of a line.
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def show(text: str) -> None:
    """Print an answer to stdout, if there is one. Raises MachineError when its disk is full."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as ``head``, has seen enough; that is no fault.
        _silence()
    except OSError as error:
        _silence()
        raise MachineError(f"the answer cannot be written: {error.strerror}") from error


def _silence() -> None:
    """Send what is still unwritten nowhere, so that Python does not complain when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
