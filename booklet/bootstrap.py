"""A fresh machine's door: a project goes in, a process inside its ready ``.venv`` comes out.

Both launchers come through here, and on every start, so this module is the standard library
alone and quick; the work of a first start is in ``booklet.install``, loaded only then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from booklet.environment import (
    NO_SETUP,
    Need,
    environment_python,
    is_inside,
    is_ready,
    missing_packages,
    set_up_is_off,
)
from booklet.errors import EXIT_INTERRUPTED, BookletError, MachineError
from booklet.machine import library_command, missing_libraries


def launch(project: Path, need: Need, command: Sequence[str]) -> int | None:
    """Run Python with ``command`` inside the project's environment, made ready first if need be.

    Returns the exit code, or None when this very process already is the right one. On POSIX a
    new process takes this one's place and nothing returns. Faults are printed as one line.
    """
    try:
        python = prepare(project, need)
        return None if python is None else hand_over(python, command)
    except BookletError as fault:
        print(fault.line(), file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        return stopped()


def stopped() -> int:
    """Say that the person stopped the set-up, and return the exit code for it."""
    print("Stopped. Run the same command again to go on.", file=sys.stderr)
    return EXIT_INTERRUPTED


def prepare(project: Path, need: Need) -> Path | None:
    """Return the Python to run in, after setting it up; None when this process is already it.

    Raises MachineError when the environment cannot be made ready.
    """
    if not is_ready(project, need):
        if set_up_is_off():
            _without_set_up(project, need)
            return None
        # Loaded on a first start only: it costs more than the whole check above.
        from booklet import install

        install.set_up(project, need)
        if not is_ready(project, need):
            raise MachineError(
                "the set-up finished but is not found again", where=str(project / ".venv")
            )
    return None if is_inside(project) else environment_python(project)


def hand_over(python: Path, command: Sequence[str]) -> int:
    """Run ``python`` with ``command`` in place of this process and return its exit code.

    Windows has no true exec: there the new process is waited for, and Ctrl-C is left to it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    arguments = [str(python), *command]
    if not _is_windows():
        os.execv(python, arguments)  # noqa: S606 - no shell is what is wanted
    import subprocess  # only needed here, and slow to load

    with subprocess.Popen(arguments) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def _is_windows() -> bool:
    return os.name == "nt"


def _without_set_up(project: Path, need: Need) -> None:
    """Accept this process if it has everything; else raise MachineError with what is missing."""
    missing = (*missing_packages(project / need.lock), *missing_libraries())
    if not missing:
        return
    few = ", ".join(missing[:6])
    more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
    raise MachineError(
        f"missing: {few}{more}; {NO_SETUP} is set, so nothing was installed.",
        hint=f"Unset {NO_SETUP} and run again, or install them: pip install -r {need.lock}"
        + (f"; {library_command()}" if missing_libraries() else ""),
    )
