"""The edition table and what passes between the stages: data only."""

from __future__ import annotations

from booklet.editions.handoffs import (
    Artifact,
    Expectation,
    Job,
    PageStart,
    ToolResult,
    Verdict,
    Written,
)
from booklet.editions.paper import A3, A4, A5, HALF_LETTER, LETTER, PAPERS, SHEETS, TABLOID, Paper
from booklet.editions.table import (
    DEFAULTS,
    EDITIONS,
    EPUB,
    PRESETS,
    Edition,
    Format,
    Limits,
    Preset,
    Room,
    Type,
    edition,
    refusal,
    room,
)

__all__ = [
    "A3",
    "A4",
    "A5",
    "DEFAULTS",
    "EDITIONS",
    "EPUB",
    "HALF_LETTER",
    "LETTER",
    "PAPERS",
    "PRESETS",
    "SHEETS",
    "TABLOID",
    "Artifact",
    "Edition",
    "Expectation",
    "Format",
    "Job",
    "Limits",
    "PageStart",
    "Paper",
    "Preset",
    "Room",
    "ToolResult",
    "Type",
    "Verdict",
    "Written",
    "edition",
    "refusal",
    "room",
]
