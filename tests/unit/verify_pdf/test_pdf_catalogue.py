"""Every rule about measures of the PDF is proved by a test here; fidelity has its own tests."""

from __future__ import annotations

from pathlib import Path

from booklet.findings import catalogue


def test_each_rule_is_named_in_a_test() -> None:
    here = Path(__file__)
    tests = "".join(
        path.read_text(encoding="utf-8") for path in here.parent.glob("test_*.py") if path != here
    )
    rules = [rule for rule in catalogue() if rule.startswith("PDF-0")]
    assert len(rules) > 20
    assert [rule for rule in rules if f'"{rule}"' not in tests] == []
