"""A baseline: known findings do not count, new ones do, vanished ones are told, safety stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet import build
from booklet.baseline import Known, dump, load, may_be_known
from booklet.errors import UsageError
from booklet.findings import catalogue, found
from booklet.model import Span
from booklet.report import Report, summary
from tests.processes import project

TODAY = date(2027, 1, 1)
LONG = "".join(f"- Item {number}\n" for number in range(9))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return project(tmp_path / "p") / "source"


def chapter(source: Path, text: str, booklet: str = "tiny") -> None:
    (source / booklet / "01-first.md").write_text(f"# One\n\nSome words.\n\n{text}", "utf-8")


def request(source: Path, rows: tuple[Known, ...] | None = None, *names: str) -> build.Request:
    return build.Request(source, source, TODAY, names, strict=True, baseline=rows)


def adopt(source: Path, *names: str, old: tuple[Known, ...] = ()) -> tuple[Known, ...]:
    return build.adopt(request(source, None, *names), old)[0]


def second(source: Path) -> None:
    """Put a second booklet beside the first."""
    for file in (source / "tiny").iterdir():
        text = file.read_text(encoding="utf-8").replace("id: tiny", "id: small")
        (source / "small").mkdir(exist_ok=True)
        (source / "small" / file.name).write_text(text, encoding="utf-8")


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_what_is_known_does_not_count_and_what_is_new_does(source: Path) -> None:
    chapter(source, LONG)
    rows, report = build.adopt(request(source), ())
    assert (report.exit_code, rules(report)) == (0, [])
    assert [finding.rule for finding in report.known] == ["STR-004"]
    chapter(source, f"{LONG}\nMore words.\n\n{LONG.replace('Item', 'Thing')}")
    report = build.check(request(source, rows))
    assert (report.exit_code, rules(report)) == (1, ["STR-004"])
    assert "In the baseline: 1; they do not count." in summary(report)


def test_a_known_finding_may_move_but_not_change_its_words(source: Path) -> None:
    chapter(source, LONG)
    rows = adopt(source)
    chapter(source, f"Lines\n\nabove.\n\n{LONG.replace('- Item', '-  Item')}")
    assert build.check(request(source, rows)).exit_code == 0
    chapter(source, LONG.replace("Item 0", "Other words"))
    report = build.check(request(source, rows))
    assert (report.exit_code, len(report.gone or ())) == (1, 1)


def test_the_same_mistake_once_more_is_new(source: Path) -> None:
    chapter(source, LONG)
    rows = adopt(source)
    chapter(source, f"{LONG}\nMore words.\n\n{LONG}")
    report = build.check(request(source, rows))
    assert (len(report.known), len(report.findings)) == (1, 1)


def test_what_was_put_right_is_told_and_the_file_can_only_shrink(source: Path) -> None:
    chapter(source, f"{LONG}\nMore words.\n\n{LONG}")
    rows = adopt(source)
    assert [row.count for row in rows] == [2]
    chapter(source, f"{LONG}\nMore words.\n\n{LONG.replace('Item', 'New')}")
    report = build.check(request(source, rows))
    assert [row.count for row in report.gone or ()] == [1]
    shrunk, report = build.adopt(request(source, rows), rows)
    assert [row.count for row in shrunk] == [1]
    assert rules(report) == ["STR-004"], "what is new stays new"


def test_errors_that_harm_are_never_taken_in(source: Path) -> None:
    chapter(source, "<b>Words</b>\n")
    late = build.Request(source, source, date(2030, 1, 1))
    rows, report = build.adopt(late, ())
    assert [row.rule for row in rows] == ["DATE-004"], "a warning: an old review"
    assert set(rules(report)) == {"MD-020", "REV-001"}
    forged = (Known("tiny/booklet.yaml", "REV-001", "0" * 16, 9), *_all_rows(source, late))
    held = build.Request(source, source, date(2030, 1, 1), baseline=forged)
    assert "REV-001" in rules(build.check(held))


def _all_rows(source: Path, late: build.Request) -> tuple[Known, ...]:
    """The rows that somebody could write by hand for what is found."""
    from booklet.baseline import row_of
    from booklet.source import SourceTree, lines_of

    lines = lines_of(SourceTree.open(source))
    return tuple(row_of(finding, lines) for finding in build.check(late).findings)


def test_only_warnings_and_what_may_be_switched_off_can_be_known() -> None:
    for rule in catalogue().values():
        finding = found(rule.id, Span("source/a"), "Wrong.")
        assert may_be_known(finding) == (rule.severity.name == "WARNING" or rule.switch)


def test_booklets_that_were_left_out_keep_their_rows(source: Path) -> None:
    second(source)
    chapter(source, LONG)
    chapter(source, LONG, "small")
    rows = adopt(source)
    assert [row.file for row in rows] == ["small/01-first.md", "tiny/01-first.md"]
    chapter(source, "Short.\n", "small")
    assert build.check(request(source, rows, "tiny")).gone == ()
    assert adopt(source, "tiny", old=rows) == rows
    assert [row.file for row in adopt(source, old=rows)] == ["tiny/01-first.md"]


def test_a_booklet_that_cannot_be_read_keeps_its_rows_and_a_deleted_one_does_not(
    source: Path,
) -> None:
    second(source)
    chapter(source, LONG, "small")
    rows = adopt(source)
    (source / "small" / "booklet.yaml").write_text("title: [", encoding="utf-8")
    report = build.check(request(source, rows))
    assert report.gone == ()
    for file in (source / "small").iterdir():
        file.unlink()
    (source / "small").rmdir()
    assert build.check(request(source, rows)).gone == rows


def test_a_baseline_is_read_back_as_written() -> None:
    rows = (Known("b/01.md", "STR-004", "ab" * 8, 2), Known("a/01.md", "MD-011", "cd" * 8))
    assert load(dump(rows), "x") == tuple(sorted(rows))
    assert load(dump(()), "x") == ()
    assert len(dump(rows).splitlines()) == 8, "one row a line"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"kind": "other", "schema": 1, "findings": []}',
        '{"kind": "booklet baseline", "schema": 2, "findings": []}',
        '{"kind": "booklet baseline", "schema": 1, "findings": [1]}',
        '{"kind": "booklet baseline", "schema": [], "findings": []}',
        '{"kind": "booklet baseline", "schema": 1, "findings": [{"file": 1, "rule": "A",'
        ' "words": "", "count": 1}]}',
        '{"kind": "booklet baseline", "schema": 1, "findings": [{"file": "a", "rule": "A",'
        ' "words": "", "count": "1"}]}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UsageError, match="this is not a baseline"):
        load(text, "baseline.json")
