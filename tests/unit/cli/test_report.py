"""The report: what a person reads and what a program reads, of the same result."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from booklet.errors import MachineError
from booklet.findings import Finding, Severity
from booklet.manifest import Entry
from booklet.model import Span
from booklet.report import (
    ANSI,
    BookletResult,
    NotChecked,
    Report,
    Screen,
    Status,
    fault_to_json,
    finding_line,
    summary,
    to_json,
    to_text,
)

SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))


def finding(line: int = 1, severity: Severity = Severity.ERROR, message: str = "Wrong.") -> Finding:
    return Finding("FAKE-001", severity, Span("source/a/01.md", line, 7), message, "Mend it.")


WARNING = finding(9, Severity.WARNING)


def result(status: Status, *findings: Finding, name: str = "a") -> BookletResult:
    return BookletResult(name, "A booklet", status, findings)


def entry(name: str = "a", pages: int = 24, size: int = 301_000) -> Entry:
    return Entry(
        file=f"{name}/{name}.pdf",
        sha256="a" * 64,
        size=size,
        pages=pages,
        media_type="application/pdf",
        edition="large-a4",
        made_from="",
        booklet=name,
        booklet_version="1.0",
        language="en",
        clinic="",
        source_digest="b" * 64,
        disclaimer_sha256="c" * 64,
        findings=0,
        checks=(("glyphs", "passed"),),
        made_with=(("python", "3"),),
    )


def built(*results: BookletResult, entries: tuple[Entry, ...] = ()) -> Report:
    return Report("build", results, entries, (), "output")


def parsed(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


# ---------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("report", "sentences"),
    [
        (
            built(result("blocked", finding(1), finding(2))),
            [
                "2 problems in 1 booklet; nothing was built for it. "
                "The files built before are unchanged."
            ],
        ),
        (
            built(result("blocked", finding(1)), result("blocked", finding(1), name="b")),
            [
                "1 problem in 2 booklets; nothing was built for them. "
                "The files built before are unchanged."
            ],
        ),
        (
            built(result("built"), entries=(entry(), entry())),
            ["2 files built for 1 booklet, in output."],
        ),
        (
            built(
                result("built", WARNING), result("blocked", finding(), name="b"), entries=(entry(),)
            ),
            [
                "1 file built for 1 booklet, in output.",
                "1 problem in 1 booklet; nothing was built for it. "
                "The files built before are unchanged.",
                "1 warning: please read above.",
            ],
        ),
        (
            built(result("blocked", WARNING)),
            [
                "1 problem in 1 booklet; nothing was built for it. "
                "The files built before are unchanged.",
                "1 warning: please read above.",
            ],
        ),
        (Report("check", (result("passed"),)), ["1 booklet checked: ready to build."]),
        (
            Report("check", (result("passed", WARNING), result("passed", name="b"))),
            ["2 booklets checked: ready to build.", "1 warning: please read above."],
        ),
        (
            Report("check", (result("blocked", finding()),)),
            ["1 problem in 1 booklet; nothing can be built for it until this is put right."],
        ),
    ],
)
def test_the_summary_is_in_plain_sentences(report: Report, sentences: list[str]) -> None:
    assert summary(report) == sentences


def test_findings_come_sorted_each_once_then_files_then_the_summary() -> None:
    shared = finding(5)
    report = built(
        result("blocked", shared, finding(2)),
        result("blocked", shared, name="b"),
        result("built", name="c"),
        entries=(entry("c"),),
    )
    lines = to_text(report).splitlines()
    assert lines[:3] == [
        "source/a/01.md:2:7 FAKE-001 Wrong. Hint: Mend it.",
        "source/a/01.md:5:7 FAKE-001 Wrong. Hint: Mend it.",
        "output/c/c.pdf (24 pages, 301 kB)",
    ]
    assert lines[3:] == summary(report)
    assert report.exit_code == 1


def test_quiet_prints_the_findings_alone() -> None:
    report = built(result("built", WARNING), entries=(entry(),))
    assert to_text(report, quiet=True) == f"{WARNING.line()}\n"
    assert to_text(built(result("built"), entries=(entry(),)), quiet=True) == ""


@pytest.mark.parametrize(
    ("pages", "size", "words"),
    [(0, 400, "(1 kB)"), (1, 2_345_678, "(1 page, 2.3 MB)"), (2, 999_999, "(2 pages, 999 kB)")],
)
def test_a_file_is_told_with_its_length(pages: int, size: int, words: str) -> None:
    report = built(result("built"), entries=(entry(pages=pages, size=size),))
    assert to_text(report).splitlines()[0] == f"output/a/a.pdf {words}"


def test_what_was_not_checked_is_loud_and_once_a_tool() -> None:
    missing = (NotChecked("a/1", "vera", "no java"), NotChecked("a/2", "vera", "no java"))
    report = Report("build", (result("built"),), (entry(),), missing, "output")
    assert to_text(report).count("NOT CHECKED by vera: no java\n") == 1
    assert len(parsed(to_json(report))["not_checked"]) == 2


def test_colour_is_put_around_rules_and_summary_only_when_asked_for() -> None:
    report = built(result("blocked", finding(), WARNING))
    plain, coloured = to_text(report), to_text(report, screen=Screen(ANSI))
    assert "\x1b" not in plain
    assert f"{ANSI.error}FAKE-001{ANSI.end}" in coloured
    assert f"{ANSI.warning}FAKE-001{ANSI.end}" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_source_cannot_steer_the_terminal_through_a_message() -> None:
    line = finding_line(finding(message="\x1b]0;owned\x07 \u202eback\r\nnew line"), ANSI)
    bare = line.replace(ANSI.error, "").replace(ANSI.end, "")
    assert bare.isprintable()
    assert "owned" in bare


# --------------------------------------------------------------------------------- JSON


def test_json_says_the_same_to_a_program() -> None:
    report = built(result("blocked", finding(3), WARNING), entries=(entry(),))
    data = parsed(to_json(report))
    assert data["exit_code"] == 1
    assert data["booklets"] == [
        {
            "id": "a",
            "title": "A booklet",
            "clinic": "",
            "status": "blocked",
            "errors": 1,
            "warnings": 1,
            "fault": None,
            "hardest": [],
        }
    ]
    assert data["findings"][0] == {
        "rule": "FAKE-001",
        "severity": "error",
        "file": "source/a/01.md",
        "line": 3,
        "column": 7,
        "message": "Wrong.",
        "hint": "Mend it.",
    }
    assert data["findings"][1]["severity"] == "warning"
    assert data["artifacts"][0]["checks"] == {"glyphs": "passed"}


def test_json_is_ascii_whatever_the_words() -> None:
    text = to_json(built(result("blocked", finding(message="Déjà vu \u4f60"))))
    assert text.isascii()
    assert parsed(text)["findings"][0]["message"] == "Déjà vu \u4f60"


def test_a_fault_is_json_too() -> None:
    fault = MachineError("the disk is full", where="output", hint="Free some space.")
    data = parsed(fault_to_json("build", fault))
    assert data["exit_code"] == 3
    assert data["fault"] == {
        "message": "the disk is full",
        "where": "output",
        "hint": "Free some space.",
    }
