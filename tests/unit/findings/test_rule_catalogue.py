"""Every rule names what it rests on, and only matters of style may be switched off."""

from __future__ import annotations

import pytest

from booklet.findings import Rule, Severity, catalogue

RULES = sorted(catalogue().values(), key=lambda rule: rule.id)
# Disclaimer, reviews, signatures, finished files, and what a machine must be able to read: none of
# these is a matter of judgement.
NEVER = "ASSET DISC EPUB FILE GLYPH PDF PRINT REV SIGN SRC SWITCH TOOL YAML".split()
NEVER_ONE = {"META-004"}  # the emergency number


def test_some_rules_may_be_switched_off_and_most_may_not() -> None:
    switchable = [rule for rule in RULES if rule.switch]
    assert 5 < len(switchable) < len(RULES) / 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_says_what_it_rests_on(rule: Rule) -> None:
    assert rule.source[0].isupper()
    assert rule.source == rule.source.strip()
    assert not rule.source.endswith((".", ";", ","))
    assert "\n" not in rule.source


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_keeps_readers_safe_cannot_be_switched_off(rule: Rule) -> None:
    if rule.id.split("-")[0] in NEVER or rule.id in NEVER_ONE:
        assert not rule.switch
    assert rule.severity in Severity
