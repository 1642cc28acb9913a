"""A module, a name in it and what to put there in; for a while, that is what its code finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def replaced(module: ModuleType, name: str, value: Any) -> Iterator[None]:
    """Replace a name where the engine has no hook; raises AttributeError when it is not there.

    ``unittest.mock`` does it too, but brings along all that it takes to mock asynchronous code.
    """
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
