"""The structure tree while it grows: one node for each element, however many pages it crosses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from booklet.writers.pdf.structure.roles import Role


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of marked content: zero-based page and marked-content identifier."""

    page: int
    mcid: int


@dataclass(slots=True)
class Node:
    """One structure element to be. Mutable, and never seen outside the structure stage.

    ``element`` is the HTML element it stands for; ``annotations`` are (page, annotation, box)
    of links; ``box`` is the first layout box, for a picture's place on its page.
    """

    role: Role
    element: Any = None
    kids: list[Node | Mark] = field(default_factory=list)
    annotations: list[tuple[int, Any, Any]] = field(default_factory=list)
    first_page: int = 0
    box: Any = None
    attributes: dict[str, Any] = field(default_factory=dict)

    def nodes(self) -> Iterator[Node]:
        """The child nodes, without the marks."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for kid in self.nodes():
            yield from kid.walk()

    def find(self, *types: str) -> Iterator[Node]:
        """All nodes of these structure types at or below this one, in reading order."""
        return (node for node in self.walk() if node.role.type in types)
