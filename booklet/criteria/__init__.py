"""What the standards ask, as data: a format goes in, criteria and points for a person come out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from booklet.model import Booklet, Signature

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The exact words of the claim (EPUB Accessibility 1.1, conformance reporting)."""
STANDARDS = ("matterhorn", "wcag", "epub_accessibility")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measure or tool; of its rules only these count, or its whole verdict without any."""

    tool: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a standard asks of a format, and how it is decided.

    All of ``evidence`` must be measured and all points of ``person`` confirmed. With ``because``
    the criterion does not apply, for the reason given, as far as the evidence shows it.
    ``follows`` names another standard whose weakest line counts too.
    """

    id: str
    level: str
    name: str
    evidence: tuple[Evidence, ...]
    person: tuple[str, ...]
    because: str
    follows: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with its criteria for one format, in its own order."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist: what a person confirms, and how to look at it."""

    id: str
    name: str
    how: str


def standards(kind: str) -> tuple[Standard, ...]:
    """Return what is asked of a format (pdf or epub)."""
    tables = ((name, _table(name)) for name in STANDARDS)
    return tuple(
        Standard(name, table["title"], _criteria(table, kind))
        for name, table in tables
        if kind in table["formats"]
    )


def points(kind: str) -> tuple[Point, ...]:
    """Return the points of the checklist for a format (pdf or epub), in their order."""
    rows = _table("person").items()
    return tuple(Point(key, r["name"], r["how"]) for key, r in rows if kind in r["formats"])


def unconfirmed(signature: Signature, kind: str) -> tuple[str, ...]:
    """Return the ids of the points that the signature leaves open."""
    return tuple(p.id for p in points(kind) if p.id not in signature.confirmed)


def current(booklet: Booklet, edition: str) -> Signature | None:
    """Return the signature under this edition, if it has name and date and is of this content."""
    for signature in booklet.signatures:
        named = signature.signed_by and signature.date and signature.edition == edition
        if named and signature.content == booklet.digest:
            return signature
    return None


def signed(booklet: Booklet, edition: str, kind: str) -> Signature | None:
    """Return the current signature, if it confirms every point that the format asks for."""
    signature = current(booklet, edition)
    return None if signature is None or unconfirmed(signature, kind) else signature


def _criteria(table: Mapping[str, Any], kind: str) -> tuple[Criterion, ...]:
    return tuple(_criterion(row, _answer(table, row, kind)) for row in table["criterion"])


def _answer(table: Mapping[str, Any], row: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """Return how a criterion is decided for a format: its own, for both, or one that many share."""
    source = table["same"][row["same"]] if "same" in row else row
    answer: Mapping[str, Any] = source["both"] if "both" in source else source[kind]
    return answer


def _criterion(row: Mapping[str, Any], answer: Mapping[str, Any]) -> Criterion:
    known = _table("evidence")
    rows = [known[name] for name in answer.get("machine", ())]
    return Criterion(
        id=row["id"],
        level=row.get("level", ""),
        name=row["name"],
        evidence=tuple(Evidence(each["tool"], tuple(each["rules"])) for each in rows),
        person=tuple(answer.get("person", ())),
        because=answer.get("because", ""),
        follows=answer.get("follows", ""),
    )


@cache
def _table(name: str) -> dict[str, Any]:
    """Load a table: data of the product, never of a user."""
    path = files("booklet.criteria").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
