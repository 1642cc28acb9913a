"""Style sheets with custom properties in, the same sheets with the values in their place out.

The engine looks a custom property up, and reads the whole declaration again, for each element that
the declaration applies to. What is the same for a whole document is better read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

Sheets = tuple[tuple[str, str], ...]
"""(Name, CSS) of each style sheet, in cascade order."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
# The sheets of a few editions: a process makes them again and again for other booklets.
_KEPT = 16


@lru_cache(maxsize=_KEPT)
def with_values(sheets: Sheets) -> Sheets:
    """Return the sheets with each ``var(--name)`` replaced by what ``:root`` says it is.

    The last sheet that states a property is right, as in the cascade; a property that none of
    them states stays as it is, for a later sheet to state. ``:root`` must be the only place that
    states any. Raises ValueError when properties are made of each other in a circle.
    """
    bare = [(name, _COMMENT.sub("", css)) for name, css in sheets]
    stated = {
        name: value.strip()
        for _, css in bare
        for rule in _ROOT.findall(css)
        for name, value in _PROPERTY.findall(rule)
    }
    whole = {name: _filled(value, stated) for name, value in stated.items()}
    return tuple((name, _ROOT.sub("", _replaced(css, whole))) for name, css in bare)


def _filled(value: str, stated: Mapping[str, str]) -> str:
    """Return a value without the properties that it is made of; at most all of them are nested."""
    for _ in range(len(stated) + 1):
        if (next_value := _replaced(value, stated)) == value:
            return value
        value = next_value
    raise ValueError(f"{value} is made of itself")


def _replaced(css: str, values: Mapping[str, str]) -> str:
    return _VAR.sub(lambda found: values.get(found[1], found[0]), css)
