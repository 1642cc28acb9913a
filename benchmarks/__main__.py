"""``python3 -m benchmarks``: says what is not installed, or measures."""

from __future__ import annotations

import sys


def main() -> int:
    """Measure. Without the packages of the lock file that is one line, not a traceback."""
    try:
        from benchmarks.running import main as measure
    except ModuleNotFoundError as error:
        hint = "Hint: python -m pip install -r requirements-bench.lock"
        sys.stderr.write(f"the package {error.name} is not installed. {hint}\n")
        return 3
    return measure()


if __name__ == "__main__":
    sys.exit(main())
