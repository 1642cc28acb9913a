"""Nothing enters; while this lasts, libraries are found by their names and no program is run.

The engine asks for each of its libraries by the names of all systems in turn. For a name that is
another system's, Python runs ``ldconfig``, a compiler and a linker to look for it: some fifty
processes, for nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


@contextmanager
def libraries_by_name() -> Iterator[None]:
    """While this lasts, on Linux the system's loader alone looks for libraries."""
    if sys.platform != "linux":
        yield
        return
    with mock.patch("ctypes.util.find_library", return_value=None):
        yield
