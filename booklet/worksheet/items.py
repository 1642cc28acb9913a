"""The name of a worksheet enters; its items leave: official numbers, our wording (data)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = ("pemat", "cci")


@dataclass(frozen=True, slots=True)
class Item:
    """One item; ``na`` when it may not apply; ``measure`` names what is counted, or is empty."""

    number: int
    text: str
    na: bool
    measure: str


@dataclass(frozen=True, slots=True)
class Part:
    """Items under one heading; ``score`` names the part's own score, or is empty."""

    name: str
    score: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet; ``yes`` and ``no`` are its answers, ``questions`` to be answered first."""

    title: str
    source: str
    url: str
    yes: str
    no: str
    goal: str
    questions: tuple[str, ...]
    parts: tuple[Part, ...]


@cache
def sheet(kind: str) -> Sheet:
    """Return one of ``KINDS``."""
    path = files("booklet").joinpath("worksheet", f"{kind}.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = (
        Part(part["name"], part["score"], tuple(Item(**item) for item in part["items"]))
        for part in table.pop("parts")
    )
    return Sheet(parts=tuple(parts), questions=tuple(table.pop("questions")), **table)
