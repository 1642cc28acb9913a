"""``new``: a starter that passes, questions that never hang, and nothing that is overwritten."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from booklet import build, checks, cli, cli_new, readers, starting
from booklet.findings import Severity
from booklet.model import (
    Block,
    Booklet,
    Callout,
    Checklist,
    Compare,
    Figure,
    Questions,
    Section,
    Steps,
)
from booklet.source import SourceTree
from tests.needs import PROJECT

TODAY = "2028-02-29"
Command = Callable[..., int]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str) -> int:
    return cli.main(["new", *arguments, "--today", TODAY])


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read(here: Path, name: str, clinic: str | None = None) -> Booklet:
    whole = readers.read(SourceTree.open(here / "source"), name, clinic=clinic)
    assert whole.booklet is not None
    return whole.booklet


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from every(block.blocks)


# -------------------------------------------------------------------------- the starter


def test_an_empty_folder_becomes_a_catalogue(here: Path) -> None:
    assert new("my-booklet", "--yes") == 0
    assert {name.split("/")[1] for name in texts(here)} == {
        *("clinics", "disclaimers", "glossary", "my-booklet")
    }
    booklet = read(here, "my-booklet")
    assert booklet.disclaimer.is_locked
    assert (booklet.meta.issued, booklet.meta.review_by) == ("2028-02-29", "2030-02-28")
    assert (booklet.meta.title, booklet.meta.language) == ("My booklet", "en-US")
    assert booklet.emergency.number == "911"
    assert readers.read_profile(SourceTree.open(here / "source"), "example-clinic") is not None


def test_the_starter_has_one_of_each_common_element(here: Path) -> None:
    new("my-booklet", "--yes")
    booklet = read(here, "my-booklet")
    kinds = {type(block) for block in every(booklet.chapters)}
    assert kinds >= {Steps, Callout, Questions, Checklist, Compare, Figure}
    (figure,) = (block for block in every(booklet.chapters) if isinstance(block, Figure))
    assert len(figure.description) > 20
    assert [entry.term for entry in booklet.glossary] == ["care team"]
    assert len(booklet.sources) == 1


def test_the_starter_says_honestly_what_is_left_to_do(here: Path) -> None:
    new("my-booklet", "--yes")
    read = readers.read(SourceTree.open(here / "source"), "my-booklet")
    assert read.findings == ()
    assert read.booklet is not None
    found = checks.run(read.booklet, checks.Policy(), date.fromisoformat(TODAY))
    assert {finding.rule for finding in found} == {"REV-005", "START-001"}
    assert {finding.severity for finding in found} == {Severity.WARNING}


@pytest.mark.slow
def test_new_then_build_with_no_edit_makes_every_edition(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new("my-booklet", "--yes") == 0
    code = cli.main(["build", "--clinic", "example-clinic", "--today", TODAY, "--jobs", "1"])
    told = capsys.readouterr().out
    assert code == 0, told
    listed = json.loads((here / "output" / "manifest.json").read_text("utf-8"))["files"]
    usual = build.Request(here, here, date.fromisoformat(TODAY)).editions
    assert {row["edition"] for row in listed} == {row.id for row in usual}
    for row in listed:
        assert set(row["checks"].values()) == {"passed"}, row["checks"]
        assert row["file"].startswith("my-booklet/")


def test_answers_are_words_whatever_is_in_them(here: Path) -> None:
    odd = 'A "quoted": title # {{ 1 }} *x* \\n'
    assert new("odd", "--title", odd, "--author", "- [x]: {y}", "--reviewer", "no", "--yes") == 0
    meta = read(here, "odd").meta
    assert meta.title == odd.strip()
    assert meta.authors == ("- [x]: {y}",)
    assert meta.reviewers[0].role == "no"


def test_a_clinic_gets_its_profile(here: Path) -> None:
    code = new(
        *("x", "--clinic-name", "Río Clinic", "--clinic-phone", "555 0100 ext. 2"),
        *("--clinic-address", "1 River Street; Springfield", "--lang", "en-GB", "--yes"),
    )
    assert code == 0
    booklet = read(here, "x", "rio-clinic")
    assert booklet.clinic is not None
    assert (booklet.clinic.name, booklet.clinic.phone) == ("Río Clinic", "555 0100 ext. 2")
    assert booklet.clinic.address == ("1 River Street", "Springfield")
    assert booklet.emergency.number == "999"


def test_it_answers_programs_in_the_published_form(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new("x", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    schema = json.loads((PROJECT / "docs" / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert set(data["made"]) == set(texts(here))
    assert (data["booklet"], data["clinic"]) == ("x", "")


# ------------------------------------------------------------------ nothing is overwritten


def test_a_name_that_is_taken_is_one_clear_line(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new("my-booklet", "--yes")
    before = texts(here)
    for name in ("my-booklet", "My  Booklet", "MY-BOOKLET"):
        capsys.readouterr()
        assert new(name, "--yes") == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert "source/my-booklet: there is something of this name already." in told.err
    assert texts(here) == before


def test_a_catalogue_keeps_what_it_has(here: Path) -> None:
    new("first", "--yes")
    for shared in ("glossary/en.yaml", "clinics/example-clinic.yaml"):
        (here / "source" / shared).unlink()
    (here / "source" / "glossary" / "en.yaml").write_text("terms: []\n", encoding="utf-8")
    before = texts(here)
    assert new("second", "--yes") == 0
    after = texts(here)
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[1] for name in set(after) - set(before)} == {"second", "clinics"}


def test_a_profile_that_is_there_is_kept_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = ("--clinic-name", "River", "--clinic-phone", "5550100", "--clinic-address", "x")
    assert new("first", *clinic, "--yes") == 0
    before = texts(here)
    assert new("second", *clinic, "--yes") == 2
    assert "has a profile already" in capsys.readouterr().err
    assert texts(here) == before


def test_another_language_s_disclaimers_are_not_added_to(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new("first", "--yes")
    (here / "source/disclaimers/en.md").rename(here / "source/disclaimers/es.md")
    before = texts(here)
    assert new("second", "--yes") == 2
    assert 'no disclaimer in the language "en-US"' in capsys.readouterr().err
    assert texts(here) == before


def test_what_breaks_off_leaves_no_half_booklet(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    assert new("x", "--yes") == 3
    assert "No space left" in capsys.readouterr().err
    assert SourceTree.open(here / "source").booklets() == ()
    assert not list((here / "source").glob("*new*"))


# ------------------------------------------------------------------------- wrong answers


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "the booklet has no name"),
        (["日本"], "cannot be made into the name of a folder"),
        (["build"], '"build" is a command'),
        (["clinics"], '"clinics" cannot be the name of a booklet'),
        (["Con"], '"con" cannot be the name of a booklet'),
        (["x", "--lang", "fr"], '--lang: there is no starter in the language "fr"'),
        (["x", "--lang", "en"], "--emergency-number: a phone number is missing"),
        (["x", "--emergency-number", "abc"], '"abc" is no phone number'),
        (["x", "--title", ""], "--title: words are missing"),
        (["x", "--title", "a" * 200], "200 characters are too many"),
        (["x", "--title", "a\u202eb"], "hidden character"),
        (["x", "--clinic-phone", "5550100"], "--clinic-phone needs --clinic-name"),
        (["x", "--clinic-name", "A"], "--clinic-phone: a phone number is missing"),
        (
            ["x", "--clinic-name", "A", "--clinic-phone", "55", "--clinic-address", "b"],
            "3 to 15 digits",
        ),
    ],
)
def test_a_wrong_answer_is_one_line_and_writes_nothing(
    arguments: list[str], told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(*arguments, "--yes") == 2
    answer = capsys.readouterr()
    assert told in answer.err
    assert answer.err.count("\n") == 1
    assert texts(here) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("After a Stroke!", "after-a-stroke"),
        ("  Über_uns ", "uber-uns"),
        ("../../etc/passwd", "etc-passwd"),
        ("2nd stroke", "nd-stroke"),
        ("a" * 200, "a" * 60),
    ],
)
def test_names_are_made_safe(text: str, name: str) -> None:
    assert starting.folder_name(text) == name


# ------------------------------------------------------------------------- the questions


def answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> list[str]:
    """Play a person at a terminal: the answers by the beginning of the question, else Enter."""
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        waiting = next((rest for key, rest in answers.items() if question.startswith(key)), [])
        return waiting.pop(0) if waiting else ""

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(cli_new, "_is_talking", lambda arguments: True)
    return asked


def test_a_person_is_asked_and_enter_takes_the_usual_answer(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, {"Its title": ["After a stroke"], "Your clinic": [""]})
    assert new("stroke", "--audience", "Families") == 0
    meta = read(here, "stroke").meta
    assert (meta.title, meta.audience) == ("After a stroke", "Families")
    assert "Its title? [Stroke]: " in asked
    assert "Which number to call in an emergency? [911]: " in asked
    assert not any("who is it for" in question.lower() for question in asked)
    assert not any("phone" in question for question in asked)


def test_a_wrong_answer_is_asked_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new("taken", "--yes")
    answers = {
        "What is the booklet": ["", "taken", "Sleep"],
        "Which language": ["xx", "en-GB"],
        "Your clinic": ["River"],
        "The clinic's phone": ["none", "555 0100"],
        "Its address": ["", "1 River Street"],
    }
    answering(monkeypatch, answers)
    capsys.readouterr()
    assert new() == 0
    told = capsys.readouterr().out
    assert "there is something of this name already" in told
    assert 'there is no starter in the language "xx"' in told
    assert '"none" is no phone number' in told
    assert read(here, "sleep", "river").emergency.number == "999"


def test_the_end_of_input_stops_and_writes_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def end(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    monkeypatch.setattr(cli_new, "_is_talking", lambda arguments: True)
    assert new("x") == 130
    assert capsys.readouterr().err.startswith("Stopped.")
    assert texts(here) == {}


def test_it_never_waits_where_nobody_can_answer(tmp_path: Path) -> None:
    """Standard input is open, but no terminal: the usual answers are taken."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "BOOKLET_NO_SETUP": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "booklet", "new", "x"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        try:
            assert running.wait(timeout=60) == 0
        finally:
            running.kill()
    assert (tmp_path / "source" / "x" / "booklet.yaml").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_real_terminal_is_asked(tmp_path: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "BOOKLET_NO_SETUP": "1"}
    arguments = [sys.executable, "-m", "booklet", "new", "x", "--today", TODAY]
    with subprocess.Popen(
        arguments, cwd=tmp_path, env=environment, stdin=follower, stdout=follower, stderr=follower
    ) as running:
        os.close(follower)
        said, until = b"", time.monotonic() + 60
        while b"Next:" not in said and time.monotonic() < until:
            if select.select([leader], [], [], 1)[0]:
                part = os.read(leader, 4096)
                said += part
                if part.rstrip().endswith(b":") and b"Next:" not in part:
                    os.write(leader, b"Sleep well\n" if b"Its title" in part else b"\n")
        assert running.wait(timeout=60) == 0, said.decode()
    os.close(leader)
    assert b"Its title? [X]: " in said
    assert read(tmp_path, "x").meta.title == "Sleep well"
