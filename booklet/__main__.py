"""``python -m booklet``: arguments go in, the exit code comes out."""

from __future__ import annotations

import sys
from typing import NoReturn

from booklet.errors import EXIT_INTERRUPTED, EXIT_MACHINE
from booklet.garbage import leave


def _run() -> int:
    try:
        from booklet.cli import main
    except ModuleNotFoundError as error:
        print(
            f"the Python package {error.name} is missing."
            " Hint: run python3 make_booklet.py, which installs what it needs.",
            file=sys.stderr,
        )
        return EXIT_MACHINE
    except KeyboardInterrupt:  # later ones are heard by the command itself
        return EXIT_INTERRUPTED
    return main()


def run() -> NoReturn:
    """Run the command, and end this process with its exit code."""
    leave(_run())


if __name__ == "__main__":
    run()
