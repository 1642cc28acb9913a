"""``rules``: each rule with its reason, its source and its samples, for people and programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from booklet import cli_rules, resources
from booklet.cli_arguments import parse
from booklet.errors import UsageError
from booklet.findings import catalogue
from booklet.report import Screen
from booklet.rulebook import sample_of

CASES = Path("tests/cases")
SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli_rules.run(parse(["rules", *words], "x")) == 0
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    answer = json.loads(said(capsys, *words, "--format", "json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)
    rows: list[dict[str, Any]] = answer["rules"]
    return rows


def test_without_a_name_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys).splitlines()
    assert [line.split()[0] for line in lines[:-1]] == sorted(catalogue())
    assert lines[-1].startswith(f"{len(catalogue())} rules.")
    marked = {line.split()[0] for line in lines if line.endswith("(may be switched off)")}
    assert marked == {rule.id for rule in catalogue().values() if rule.switch}


def test_a_rule_is_shown_with_a_wrong_and_a_right_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "md-020")
    rule = catalogue()["MD-020"]
    for words in (rule.title, rule.why, rule.hint, rule.source, "error; is always on"):
        assert words in text
    assert "    5 | First line<br> second line\n      |           ^\n" in text
    wrong, right = text.split("  Right, in tests/cases/MD-020/pass:")
    assert "<br>" in wrong
    assert "<br>" not in right


@pytest.mark.parametrize("rule", sorted(catalogue()))
def test_every_rule_can_be_shown(rule: str) -> None:
    text = cli_rules._page(catalogue()[rule], Screen())
    has_case = (CASES / rule).is_dir()
    assert ("  Wrong, in " in text) == has_case
    assert has_case or "the project's tests hold the samples" in text
    assert all(char.isprintable() or char == "\n" for char in text)


def test_a_program_gets_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    rows = data(capsys)
    assert [row["id"] for row in rows] == sorted(catalogue())
    for row in rows:
        assert row["source"] == catalogue()[row["id"]].source
        assert (row["sample"] is not None) == (CASES / row["id"]).is_dir()


def test_an_area_stands_for_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["id"].split("-")[0] for row in data(capsys, "GLOS", "STR-001")} == {"GLOS", "STR"}
    assert len(data(capsys, "GLOS", "GLOS-001")) == 2


def test_a_sample_is_what_the_test_proves() -> None:
    sample = sample_of("STR-004")
    assert sample
    assert sample.places == (("source/tiny/01-first.md", 5, 1),)
    file, text = sample.wrong[0]
    assert (CASES / "STR-004" / "fail" / file).read_text(encoding="utf-8") == text


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="there is no rule 'MDD-020'") as fault:
        cli_rules.run(parse(["rules", "mdd-020"], "x"))
    assert fault.value.hint


def test_an_installation_says_plainly_that_it_has_no_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "booklet").mkdir()
    shutil.copy(resources.__file__, tmp_path / "booklet" / "resources.py")
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "booklet" / "resources.py"))
    text = said(capsys, "MD-020")
    assert cli_rules.NO_CASES in text
    assert "Wrong" not in text
    assert data(capsys, "MD-020")[0]["sample"] is None
