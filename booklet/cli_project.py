"""Where things are and how to print: the folder that was meant, and what the terminal can do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import booklet
from booklet import output
from booklet.errors import MachineError, UsageError
from booklet.report import ANSI, PLAIN, Colours, Places, Screen
from booklet.source import NOT_BOOKLETS, SourceTree, lines_of

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


def repository(source: Path, here: Path) -> Path:
    """Return the root of the repository that holds the source folder, else a folder above it.

    Git knows its root by ``.git``, which is a file in a worktree.
    """
    full = source.resolve()
    for folder in (full, *full.parents):
        if (folder / ".git").exists():
            return folder
    return here.resolve() if full.is_relative_to(here.resolve()) else full.parent


def places(source: Path, here: Path) -> Places:
    """Return the source folder as reports show it: lines, and paths from the repository's root."""
    tree = SourceTree.open(source)
    root = source.resolve().relative_to(repository(source, here)).as_posix()
    return Places(lines_of(tree), tree.name, "" if root == "." else root)


def booklets_named(names: Sequence[str], source: Path, here: Path) -> tuple[str, ...]:
    """Return the booklets that names and paths below the source folder stand for.

    A file that is no booklet's own stands for all of them: then there is no name. Raises UsageError
    for a path that leads elsewhere.
    """
    chosen = [_booklet_of(name, source, here) for name in names]
    return () if None in chosen else tuple(dict.fromkeys(name for name in chosen if name))


def _booklet_of(name: str, source: Path, here: Path) -> str | None:
    if "/" not in name and os.sep not in name:
        return name
    path = (here / name).resolve()
    root = source.resolve()
    if not path.is_relative_to(root):
        raise UsageError("this is not in the source folder", where=name, hint=f"It is {source}.")
    first, *rest = path.relative_to(root).parts or ("",)
    # A draft folder is no booklet either; what it means for the others is not known.
    shared = first in NOT_BOOKLETS or first[:1] in "._" or not (rest or path.is_dir())
    return None if shared else first


def colours(stream: TextIO | None) -> Colours:
    """Return colours for a terminal that wants them (https://no-color.org), else none."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    # The old Windows console prints the codes; the new terminal sets WT_SESSION.
    able = sys.platform != "win32" or "WT_SESSION" in os.environ
    return ANSI if wanted and able and is_terminal(stream) else PLAIN


def screen(stream: TextIO | None) -> Screen:
    """Return how the stream shows a report: a terminal has colours and a width."""
    columns = shutil.get_terminal_size().columns if is_terminal(stream) else None
    return Screen(colours(stream), columns)


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


def save(path: Path, text: str) -> None:
    """Write a text into a file, whole or not at all. Raises MachineError."""
    try:
        output.publish(path.parent, {path.name: text.encode(errors="backslashreplace")})
    except MachineError as fault:
        hint = "Check the folder, the free space, and who may write there."
        raise MachineError(fault.message, where=str(path), hint=hint) from fault


def _silence() -> None:
    """Send what is still unwritten nowhere, so that Python does not complain when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
