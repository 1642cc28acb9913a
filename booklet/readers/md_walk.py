"""Nodes of the model go in; all nodes inside them, or a copy with some of them changed, come out.

Both walk in the order of the fields, which is the order in which a booklet is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from booklet.model import Asset, Span

T = TypeVar("T")


def walk(node: object) -> Iterator[object]:
    """Yield every node of the model at or below ``node``, parents first."""
    if isinstance(node, tuple):
        for inner in node:
            yield from walk(inner)
    elif _is_node(node):
        yield node
        for field in fields(node):  # type: ignore[arg-type]  # _is_node has looked
            yield from walk(getattr(node, field.name))


def rewrite(node: T, change: Callable[[Any], Any]) -> T:
    """Return a copy of ``node`` with ``change`` done to every node in it, parents first."""
    if isinstance(node, tuple):
        return tuple(rewrite(inner, change) for inner in node)  # type: ignore[return-value]  # as T
    if not _is_node(node):
        return node
    changed: Any = change(node)
    inside = {f.name: rewrite(getattr(changed, f.name), change) for f in fields(changed)}
    result: T = replace(changed, **inside)
    return result


def _is_node(node: object) -> bool:
    return is_dataclass(node) and not isinstance(node, (Span, Asset, type))
