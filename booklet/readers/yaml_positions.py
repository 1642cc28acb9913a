"""YAML text and the name of a schema enter; valid plain data with its places, or findings, leave.

All mistakes of a text are reported together. The same function reads whole files and the bodies
of fences inside chapters.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.readers.yaml_schema import problems
from booklet.readers.yaml_tree import Path, Tree, read_tree
from booklet.source import MAX_SETTINGS

MAX_LINE = 4_000
"""Characters of one line of settings: twice the longest text that a setting may hold."""


@dataclass(frozen=True, slots=True)
class YamlRead:
    """What a YAML text says.

    ``data`` is the settings as plain data, or None when there are findings. ``raw`` is what could
    be read all the same: a mapping that may break the schema, empty when the text is no mapping.
    """

    data: dict[str, Any] | None
    raw: dict[str, Any]
    findings: tuple[Finding, ...]
    tree: Tree
    origin: Span

    def place(self, path: Path) -> Span:
        """Return where the text of the value at ``path`` begins: past a quote or a ``|``.

        A path that is not there gives the place of the nearest one above it.
        """
        value = self._nearest(path)
        return value.text if value else self.origin

    def key_place(self, path: Path) -> Span:
        """Return the place of the key (or list item) at ``path``, or of the nearest above it."""
        value = self._nearest(path)
        return value.key if value else self.origin

    def _nearest(self, path: Path) -> Any:
        while path and path not in self.tree.values:
            path = path[:-1]
        return self.tree.values.get(path)


def read_yaml(text: str, origin: Span, schema: str) -> YamlRead:
    """Read YAML settings against ``schemas/<schema>.json``; never raises on any ``text``.

    ``origin`` is the place of the first character of ``text``; every line is taken to begin at
    that column. Raises FileNotFoundError only when there is no such schema.
    """
    rules = _schema(schema)
    if len(text) > MAX_SETTINGS:
        long = found("YAML-015", origin, f"More than {MAX_SETTINGS} characters of settings.")
        return YamlRead(None, {}, (long,), Tree(None, {}), origin)
    endless = _endless(text, origin)
    if endless:
        return YamlRead(None, {}, endless, Tree(None, {}), origin)
    tree, findings = read_tree(text, origin)
    if tree is None:
        return YamlRead(None, {}, in_order(findings), Tree(None, {}), origin)
    if tree.data is None:
        tree = Tree({}, {})
    findings = tuple(problems(tree, rules, origin))
    raw = tree.data if isinstance(tree.data, dict) else {}
    return YamlRead(None if findings else raw, raw, in_order(findings), tree, origin)


def _endless(text: str, origin: Span) -> tuple[Finding, ...]:
    """Refuse giant lines: one of 100,000 characters, shown with each mistake in it, never ends."""
    message = f"This line is longer than {MAX_LINE:,} characters."
    return tuple(
        found("YAML-015", replace(origin, line=origin.line + number), message)
        for number, row in enumerate(text.split("\n"))
        if len(row) > MAX_LINE
    )


@cache
def _schema(name: str) -> dict[str, Any]:
    """Load a schema: data of the product, never of a user."""
    path = files("booklet.readers").joinpath("schemas", f"{name}.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
