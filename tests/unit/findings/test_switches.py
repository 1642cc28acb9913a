"""What an author switches off is set aside with its reason, and never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet import build
from booklet.findings import Finding, found
from booklet.model import Span, Switch
from booklet.readers.yaml_positions import read_yaml
from booklet.report import Report, summary, to_text
from booklet.switches import switch_off
from tests.processes import BASE, project

PLACE = Span("source/a/01.md", 5)
WHERE = Span("source/a/booklet.yaml", 30, 3)
REASON = "The list is a form."


def long_list(line: int = 5) -> Finding:
    return found("STR-004", Span("source/a/01.md", line), "The list has 9 entries.")


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_switch_sets_all_findings_of_its_rule_aside() -> None:
    other = found("STR-003", PLACE, "Twice.")
    done = switch_off([long_list(9), other, long_list(5)], [Switch("STR-004", REASON, WHERE)])
    assert done.findings == (other,)
    assert [(off.rule, off.reason) for off in done.off] == [("STR-004", REASON)]
    assert done.off[0].findings == (long_list(5), long_list(9))


def test_a_rule_that_must_stay_on_stays_on() -> None:
    late = found("REV-001", PLACE, "Overdue.")
    done = switch_off([late], [Switch("REV-001", REASON, WHERE)])
    assert rules(done.findings) == ["REV-001", "SWITCH-002"]
    assert done.off == ()


def test_an_unknown_rule_and_a_needless_switch_are_findings() -> None:
    switches = [Switch("STR-04", REASON, WHERE), Switch("STR-004", REASON, WHERE)]
    done = switch_off([], switches)
    assert rules(done.findings) == ["SWITCH-001", "SWITCH-003"]
    assert done.findings[0].hint == "Did you mean STR-004?"


def test_reports_count_what_is_switched_off_and_say_why(tmp_path: Path) -> None:
    source = project(tmp_path / "p") / "source"
    items = "".join(f"- Item {number}\n" for number in range(9))
    (source / "tiny" / "01-first.md").write_text(f"# One\n\nSome words.\n\n{items}")
    settings = source / "tiny" / "booklet.yaml"
    plain = settings.read_text(encoding="utf-8")
    request = build.Request(source, tmp_path, date(2027, 1, 1), strict=True)
    assert rules(build.check(request).findings) == ["STR-004"]
    assert build.check(request).exit_code == 1
    settings.write_text(f"{plain}rules_off: {{STR-004: {REASON}}}\n", encoding="utf-8")
    report: Report = build.check(request)
    assert (report.findings, report.exit_code) == ((), 0)
    assert "tiny: STR-004 is switched off, 1 finding. Reason: The list is a form.\n" in to_text(
        report
    )
    assert summary(report)[-1] == "Switched off: 1, with reason."


@pytest.mark.parametrize(
    ("reason", "rule"),
    [('""', "YAML-013"), ("", "YAML-013"), ("7", "YAML-007"), ("odd", "YAML-006")],
)
def test_a_switch_without_a_reason_is_refused(reason: str, rule: str) -> None:
    settings = (BASE / "source/tiny/booklet.yaml").read_text(encoding="utf-8")
    text = f"{settings}rules_off:\n  STR-004: {reason}\n"
    read = read_yaml(text, Span("source/tiny/booklet.yaml"), "booklet")
    assert read.data is None
    assert [finding.span.line for finding in read.findings] == [text.count("\n")]
    assert [finding.rule for finding in read.findings] == [rule]
