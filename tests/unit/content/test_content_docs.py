"""The page for editors names every rule of these areas, and no rule that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from booklet.findings import catalogue

PAGE = Path(__file__).resolve().parents[3] / "docs" / "content-checks.md"


def test_every_rule_that_is_named_exists() -> None:
    named = set(re.findall(r"\b[A-Z]+-\d{3}\b", PAGE.read_text("utf-8"))) - {"DISC-020"}
    assert named <= set(catalogue())
    assert "YAML-003" in named


def test_every_rule_about_completeness_and_addresses_is_named() -> None:
    text = PAGE.read_text("utf-8")
    for rule in catalogue():
        if rule.startswith(("COMP-", "LINK-")):
            assert rule in text, rule
