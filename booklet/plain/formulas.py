"""A language tag enters; the reading-level formula that fits it leaves (data, see the TOML)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of one language.

    ``weights`` are (what is counted, factor) pairs; the score is their sum plus ``constant``.
    ``rises`` is true when a higher score is harder. ``target``, ``warn`` and ``fail`` are on the
    score's own scale. ``nucleus`` is a pattern for the core of a syllable, or empty.
    """

    language: str
    name: str
    source: str
    weights: tuple[tuple[str, float], ...]
    constant: float
    rises: bool
    target: float
    warn: float
    fail: float
    nucleus: str

    def score(self, counts: Mapping[str, float]) -> float:
        """Return the score, to one decimal place, of what was counted by name."""
        total = sum(factor * counts[name] for name, factor in self.weights)
        return round(total + self.constant, 1)

    def harder(self, score: float, limit: float) -> bool:
        """True when the score is on the hard side of the limit."""
        return score > limit if self.rises else score < limit


@cache
def formula_for(language: str) -> Formula | None:
    """Return the formula for a BCP 47 tag, or None when no formula fits its language."""
    rows = _rows()
    primary = language.split("-", maxsplit=1)[0].lower()
    return rows.get("nb" if primary in ("no", "nn") else primary)


@cache
def _rows() -> dict[str, Formula]:
    path = files("booklet").joinpath("plain", "languages", "formulas.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        language: Formula(
            language=language,
            weights=tuple(row.pop("weights").items()),
            **row,
        )
        for language, row in table.items()
    }
