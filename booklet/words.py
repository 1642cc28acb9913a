"""The words that the product itself prints, by language: data in ``words/<language>.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from booklet.model import Direction


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """A ready-made emergency box; ``call`` holds ``{number}``."""

    title: str
    introduction: str
    call: str
    note: str
    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words. ``language`` is the BCP 47 tag that was asked for."""

    language: str
    direction: Direction
    entries: tuple[tuple[str, str], ...]
    emergency_number: str | None
    emergencies: tuple[tuple[str, EmergencyWords], ...]
    date_format: str
    months: tuple[str, ...]

    def __getitem__(self, key: str) -> str:
        """Return the word for this key. Raises KeyError when the language has none."""
        return dict(self.entries)[key]

    def fill(self, key: str, **values: str) -> str:
        """Return the word for this key with its ``{places}`` filled in."""
        return self[key].format(**values)

    def date(self, iso: str) -> str:
        """Write an ISO date (YYYY-MM-DD, YYYY-MM or YYYY) as people of this language do."""
        parts = iso.split("-")
        if len(parts) == 1:
            return iso
        month = self.months[int(parts[1]) - 1]
        if len(parts) == 2:
            return f"{month} {parts[0]}"
        return self.date_format.format(day=str(int(parts[2])), month=month, year=parts[0])


def languages() -> tuple[str, ...]:
    """Return the primary language subtags that have a complete table."""
    names = (entry.name for entry in files("booklet").joinpath("words").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def words_for(language: str) -> Words | None:
    """Return the words for a BCP 47 tag such as ``en-US``, or None when there is no table."""
    primary, *subtags = language.split("-")
    if primary.lower() not in languages():
        return None
    path = files("booklet").joinpath("words", f"{primary.lower()}.toml")
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    region = next((tag.upper() for tag in subtags if len(tag) == 2), "")
    dates = table["dates"]
    return Words(
        language=language,
        direction=table["locale"]["direction"],
        entries=tuple(sorted(table["words"].items())),
        emergency_number=table["emergency_numbers"].get(region),
        emergencies=tuple((name, _emergency(row)) for name, row in table["emergency"].items()),
        date_format=dates.get("regions", {}).get(region, dates["format"]),
        months=tuple(dates["months"]),
    )


def _emergency(row: dict[str, Any]) -> EmergencyWords:
    signs = tuple((sign["name"], sign["check"]) for sign in row["signs"])
    return EmergencyWords(row["title"], row["introduction"], row["call"], row["note"], signs)
