"""``list --due``: what must be reviewed and printed again, and when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from booklet import build, checks, cli_commands, cli_list, due, manifest, readers
from booklet.cli_arguments import parse
from booklet.errors import UsageError
from booklet.manifest import Entry
from booklet.source import SourceTree
from tests.processes import project

SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
DUE = date(2028, 11, 22)  # the review date of the smallest booklet


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return project(tmp_path / "project") / "source"


def built(source: Path, file: str = "tiny/tiny.pdf", clinic: str = "") -> Entry:
    booklet = readers.read(SourceTree.open(source), "tiny").booklet
    assert booklet
    return Entry(
        file=file,
        sha256="a" * 64,
        size=1,
        pages=20,
        media_type="application/pdf",
        edition="large-a4",
        made_from="",
        booklet="tiny",
        booklet_version="1.0",
        language="en-US",
        clinic=clinic,
        source_digest=booklet.digest,
        disclaimer_sha256="c" * 64,
        findings=0,
        checks=(),
        made_with=(),
    )


def rows(source: Path, today: date, *entries: Entry) -> list[tuple[str, str, int, int]]:
    drafts = build.survey(build.Request(source, source, today))
    found = due.due(SourceTree.open(source), drafts, entries, today)
    return [(row.reason, row.date, row.days, len(row.files)) for row in found]


def second(source: Path, review_by: str) -> None:
    (source / "other").mkdir()
    for file in (source / "tiny").iterdir():
        text = file.read_text(encoding="utf-8").replace("id: tiny", "id: other")
        text = text.replace("review_by: 2028-11-22", f"review_by: {review_by}")
        (source / "other" / file.name).write_text(text, encoding="utf-8")


def test_a_review_names_its_day_and_the_files_that_carry_it(source: Path) -> None:
    entry = built(source)
    assert rows(source, date(2028, 11, 12), entry) == [("review", "2028-11-22", 10, 1)]
    assert rows(source, date(2028, 12, 2)) == [("review", "2028-11-22", -10, 0)]


def test_files_of_an_older_source_must_be_printed_again_now(source: Path) -> None:
    entries = (built(source), built(source, "tiny/c.pdf", clinic="gone"))
    chapter = source / "tiny" / "01-first.md"
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\nOne more.\n", encoding="utf-8")
    found = rows(source, date(2027, 1, 1), *entries)
    assert found[0] == ("reprint", "2027-01-01", 0, 2)
    assert found[1][0] == "review"


def test_a_file_of_a_clinic_that_is_gone_is_old_and_the_others_are_not(source: Path) -> None:
    entries = (built(source), built(source, "tiny/c.pdf", clinic="gone"))
    assert rows(source, date(2027, 1, 1), *entries)[0] == ("reprint", "2027-01-01", 0, 1)


def test_the_nearest_comes_first_and_what_cannot_be_read_is_told(source: Path) -> None:
    second(source, "2027-03-01")
    assert [row[1] for row in rows(source, date(2027, 1, 1))] == ["2027-03-01", "2028-11-22"]
    (source / "other" / "booklet.yaml").write_text("title: [", encoding="utf-8")
    assert rows(source, date(2027, 1, 1))[0] == ("unreadable", "2027-01-01", 0, 0)


@pytest.mark.parametrize(("days", "number"), [(0, 0), (9, 0), (10, 1), (36500, 1)])
def test_only_so_many_days_ahead_count(source: Path, days: int, number: int) -> None:
    today = date(2028, 11, 12)
    drafts = build.survey(build.Request(source, source, today))
    found = due.due(SourceTree.open(source), drafts, (), today)
    assert len(due.within(found, days)) == number


def command(source: Path, *words: str) -> int:
    return cli_list.run(parse(["list", "--source", str(source), *words], "x"))


def test_the_exit_code_tells_a_job_whether_anything_is_due(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(source, "--due", "--today", "2028-01-01") == 0
    said = capsys.readouterr().out
    assert said == "Nothing is due within 60 days. The next is tiny, on 2028-11-22.\n"
    assert command(source, "--due", "--today", "2028-10-01") == 1
    assert "the review is due in 52 days" in capsys.readouterr().out
    assert command(source, "--due", "0", "--today", "2028-11-22") == 1
    assert "the review is due today" in capsys.readouterr().out
    assert command(source, "--due", "0", "--today", "2028-11-23") == 1
    assert "overdue by 1 day; hand out no more copies" in capsys.readouterr().out


def test_the_built_files_are_named_to_people_and_programs(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = source.parent / "output"
    out.mkdir()
    entry = replace(built(source), source_digest="0" * 64)
    (out / manifest.NAME).write_bytes(manifest.Listing((entry,)).dump())
    assert command(source, "--due", "--today", "2028-11-01") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith('tiny ("A tiny booklet", version 1.0): changed since these files '
                             "were built.")  # fmt: skip
    assert lines[2].endswith("output/tiny/tiny.pdf")
    assert command(source, "--due", "--today", "2028-11-01", "--format", "json") == 1
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert [row["reason"] for row in data["due"]] == ["reprint", "review"]
    assert data["due"][1]["files"] == ["tiny/tiny.pdf"]


def test_days_are_a_number_and_the_usual_is_that_of_the_checks() -> None:
    assert checks.Policy().review_warning_days == cli_commands.DUE_DAYS
    for words in ("--due soon", "--due -1", "--due 1.5", "--due 99999999999"):
        with pytest.raises(UsageError):
            parse(["list", *words.split()], "x")
