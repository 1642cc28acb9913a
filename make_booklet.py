"""The project's first command: builds the booklets in source/ into output/.

Sets everything up on first use. This file, and tests/__main__.py, must be readable by any Python,
however old, so that an old one is told so in one clear line.
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

from booklet.bootstrap import launch, stopped
from booklet.environment import RUNTIME

if __name__ == "__main__":
    HERE = Path(__file__).resolve()
    code = launch(HERE.parent, RUNTIME, [str(HERE), *sys.argv[1:]])
    if code is not None:
        sys.exit(code)
    try:
        from booklet.cli import main
        from booklet.garbage import leave
    except KeyboardInterrupt:  # later ones are heard by the command itself
        sys.exit(stopped())
    leave(main())
