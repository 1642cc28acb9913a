from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from booklet import checks, readers
from booklet.model import (
    Block,
    Booklet,
    BulletList,
    Callout,
    CalloutKind,
    Division,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Reviewer,
    Section,
    Span,
    Steps,
    Text,
)
from booklet.source import SourceTree

BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
HERE = Span("source/tiny/01-first.md", 3)
TODAY = date(2027, 1, 1)
POLICY = checks.Policy()


@pytest.fixture(scope="module")
def booklet() -> Booklet:
    read = readers.read(SourceTree.open(BASE), "tiny")
    assert read.booklet is not None
    return read.booklet


def _rules(booklet: Booklet, today: date = TODAY) -> list[str]:
    return [finding.rule for finding in checks.run(booklet, POLICY, today)]


def _with_blocks(booklet: Booklet, *blocks: Block) -> Booklet:
    chapter = replace(booklet.chapters[0], blocks=blocks)
    return replace(booklet, chapters=(chapter,))


def _words(text: str) -> Paragraph:
    return Paragraph((Text(text),), HERE)


def _items(count: int) -> tuple[ListItem, ...]:
    return tuple(ListItem((_words(str(number)),), HERE) for number in range(count))


def test_all_checks_have_one_signature() -> None:
    for check in checks.ALL:
        assert len(inspect.signature(check).parameters) == 3
        assert inspect.isgeneratorfunction(check)
    assert len({check.__name__ for check in checks.ALL}) == len(checks.ALL)


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        (-700, []),
        (-61, []),
        (-60, ["REV-002"]),
        (-1, ["REV-002"]),
        (0, ["REV-002"]),
        (1, ["REV-001"]),
    ],
)
def test_the_review_date_counts_to_the_day(booklet: Booklet, days: int, rules: list[str]) -> None:
    assert _rules(booklet, date(2028, 11, 22) + timedelta(days=days)) == rules


def test_the_policy_sets_when_a_review_is_near(booklet: Booklet) -> None:
    day = date(2028, 8, 1)
    assert checks.run(booklet, POLICY, day) == ()
    longer = checks.Policy(review_warning_days=180)
    assert [finding.rule for finding in checks.run(booklet, longer, day)] == ["REV-002"]


@pytest.mark.parametrize(
    ("issued", "review_by"), [("2027-01-01", "2027-01-01"), ("2026-12-01", "2026-11-30")]
)
def test_a_review_must_come_after_the_issue(booklet: Booklet, issued: str, review_by: str) -> None:
    meta = replace(booklet.meta, issued=issued, review_by=review_by)
    assert _rules(replace(booklet, meta=meta)) == ["REV-003"]


def test_every_reviewer_counts(booklet: Booklet) -> None:
    reviewers = (
        Reviewer("Nurse", None, "2026-01-01"),
        Reviewer("Doctor", None, None),
        Reviewer("Therapist", None, "2027-01-02"),
    )
    changed = replace(booklet, meta=replace(booklet.meta, reviewers=reviewers))
    assert sorted(_rules(changed)) == ["REV-005", "REV-006"]


@pytest.mark.parametrize(("count", "rules"), [(0, ["STR-001"]), (1, []), (7, []), (8, ["STR-002"])])
def test_key_messages_are_some_and_few(booklet: Booklet, count: int, rules: list[str]) -> None:
    messages = ((Text("Words."),),) * count
    assert _rules(replace(booklet, meta=replace(booklet.meta, key_messages=messages))) == rules


def test_empty_words_are_no_message(booklet: Booklet) -> None:
    empty = ((Text(" "),), ())
    meta = replace(booklet.meta, key_messages=empty, what_it_is=empty, what_it_is_not=())
    assert sorted(_rules(replace(booklet, meta=meta))) == ["STR-001", "STR-005", "STR-005"]


def test_chapters_have_different_titles(booklet: Booklet) -> None:
    first = booklet.chapters[0]
    second = replace(first, id="second", title=(Text("The First "), Text("chapter")))
    assert _rules(replace(booklet, chapters=(first, second))) == ["STR-003"]
    other = replace(first, id="second", title=(Text("The second chapter"),))
    assert _rules(replace(booklet, chapters=(first, other))) == []


@pytest.mark.parametrize(("count", "rules"), [(7, []), (8, ["STR-004"])])
def test_a_list_is_found_wherever_it_stands(booklet: Booklet, count: int, rules: list[str]) -> None:
    items = BulletList(_items(count), HERE)
    inner = Section("in", 2, (Text("In"),), (items,), HERE)
    noted = replace(inner, blocks=(_words("a"),), notes=(Note("n", 1, (items,), (), HERE),))
    for block in (
        items,
        Steps((), _items(count), HERE),
        Quote((items,), HERE),
        Callout(CalloutKind.TIP, (), (Quote((items,), HERE),), HERE),
        Division("es", "ltr", (items,), HERE),
        BulletList((ListItem((items,), HERE),), HERE),
        inner,
        noted,
    ):
        assert _rules(_with_blocks(booklet, _words("a"), block)) == rules


def test_findings_come_sorted_by_place(booklet: Booklet) -> None:
    meta = replace(booklet.meta, key_messages=(), issued="2030-01-01", review_by="2031-01-01")
    findings = checks.run(replace(booklet, meta=meta), POLICY, TODAY)
    assert [finding.rule for finding in findings] == ["REV-004", "STR-001"]
    assert list(findings) == sorted(findings, key=lambda finding: finding.span)
