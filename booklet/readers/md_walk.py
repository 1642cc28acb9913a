"""Nodes of the model go in; all nodes inside them, or a copy with some of them changed, come out.

Both walk in the order of the fields, which is the order in which a booklet is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from booklet.model import Asset, Span

T = TypeVar("T")


def walk(node: object) -> Iterator[object]:
    """Yield every node of the model at or below ``node``, parents first."""
    if isinstance(node, tuple):
        for inner in node:
            yield from walk(inner)
    elif _is_node(node):
        yield node
        for name in _names(cast("Any", type(node))):
            yield from walk(getattr(node, name))


def rewrite(node: T, change: Callable[[Any], Any]) -> T:
    """Return ``node`` with ``change`` done to every node in it, parents first.

    What nothing has changed in is the same object as before.
    """
    if isinstance(node, tuple):
        inner = tuple(rewrite(each, change) for each in node)
        same = all(new is old for new, old in zip(inner, node, strict=True))
        return node if same else inner  # type: ignore[return-value]  # as T
    if not _is_node(node):
        return node
    changed: Any = change(node)
    kind: Any = type(changed)
    inside = {name: getattr(changed, name) for name in _names(kind)}
    new = {name: rewrite(value, change) for name, value in inside.items()}
    if all(new[name] is value for name, value in inside.items()):
        return cast("T", changed)
    return cast("T", replace(changed, **new))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _is_node(node: object) -> bool:
    return is_dataclass(node) and not isinstance(node, (Span, Asset, type))
