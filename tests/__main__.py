"""The project's second command: runs the tests; all arguments go on to pytest.

Sets everything up on first use. Readable by any Python, like make_booklet.py, and for its reason.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the old Python that comes in here must be told
    sys.stderr.write(
        "Python 3.11 or newer is needed, and this is Python "
        + ".".join(map(str, sys.version_info[:2]))
        + ". Hint: install a newer Python from https://www.python.org"
        + " and start this command with it.\n"
    )
    sys.exit(3)

from pathlib import Path

from tests.validators.install import run_tests

if __name__ == "__main__":
    sys.exit(run_tests(Path(__file__).resolve().parent.parent, sys.argv[1:]))
