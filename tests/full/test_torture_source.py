"""The test booklet holds everything: no kind of node, box or form of the source is missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from booklet import readers
from booklet.findings import Severity
from booklet.model import (
    Asset,
    BackPart,
    Block,
    Booklet,
    Callout,
    CalloutKind,
    Compare,
    Evidence,
    Figure,
    Inline,
    Note,
    NumberedList,
    Phrase,
    Questions,
    Section,
    Span,
)
from booklet.source import SourceTree
from tests.needs import PROJECT

SOURCE = PROJECT / "tests" / "torture" / "source"


@pytest.fixture(scope="module")
def booklet() -> Booklet:
    read = readers.read(SourceTree.open(SOURCE), "torture", clinic="greenhouse")
    assert read.booklet is not None
    assert [found for found in read.findings if found.severity is Severity.ERROR] == []
    return read.booklet


def nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        for child in node:
            yield from nodes(child)
    elif dataclasses.is_dataclass(node) and not isinstance(node, Span | Asset):
        yield node
        for field in dataclasses.fields(node):
            yield from nodes(getattr(node, field.name))


def found(booklet: Booklet, kind: type[Any]) -> list[Any]:
    return [node for node in nodes(booklet) if isinstance(node, kind)]


@pytest.mark.parametrize("kind", [*get_args(Block), *get_args(Inline), Note])
def test_every_kind_of_node_is_there(kind: type[Any], booklet: Booklet) -> None:
    assert found(booklet, kind)


def test_every_variant_of_a_node_is_there(booklet: Booklet) -> None:
    assert {node.kind for node in found(booklet, Callout)} == set(CalloutKind)
    assert {bool(node.title) for node in found(booklet, Callout)} == {True, False}
    assert {node.lines for node in found(booklet, Questions)} == set(range(7))
    assert {node.level for node in found(booklet, Section)} == {1, 2, 3, 4}
    assert {len(node.columns) for node in found(booklet, Compare)} == {2, 3, 4, 5}
    assert {node.strength for node in found(booklet, Evidence)} == {
        "strong",
        "moderate",
        "limited",
        "none",
        "against",
    }
    assert {node.decorative for node in found(booklet, Figure)} == {True, False}
    assert {len(node.anchors) for node in found(booklet, Note)} == {1, 2}
    assert {node.start for node in found(booklet, NumberedList)} >= {1, 4, 98}
    languages = {node.language for node in found(booklet, Phrase)}
    assert {"es", "fr", "de", "hu", "ar", "fa", "hi"} <= languages


def test_every_setting_is_used(booklet: Booklet) -> None:
    assert set(booklet.meta.back_matter) == set(BackPart)
    assert booklet.clinic is not None
    assert booklet.clinic.logo is not None
    assert {asset.media_type for asset in booklet.assets} == {
        "image/svg+xml",
        "image/png",
        "image/jpeg",
    }
    assert {bool(source.url) for source in booklet.sources} == {True, False}
    assert {len(source.date) for source in booklet.sources} == {4, 7, 10}
    assert {bool(reviewer.date) for reviewer in booklet.meta.reviewers} == {True, False}
    assert {entry.key for entry in booklet.glossary} >= {"mulch", "cutting"}
    assert "unused" not in {entry.key for entry in booklet.glossary}
