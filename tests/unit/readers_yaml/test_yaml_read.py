from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booklet.model import Span
from booklet.readers.yaml_positions import YamlRead, read_yaml
from booklet.source import MAX_SETTINGS

HERE = Span("source/x/a.md", 10, 3)


def told(read: YamlRead) -> list[str]:
    return [
        f"{finding.span.line}:{finding.span.column} {finding.rule}" for finding in read.findings
    ]


def test_right_settings_give_plain_data_and_no_finding() -> None:
    read = read_yaml("title: My notes\nlines: 8\n", HERE, "notes")
    assert read.findings == ()
    assert read.data == read.raw == {"title": "My notes", "lines": 8}


def test_empty_settings_are_an_empty_mapping() -> None:
    assert read_yaml("", HERE, "contact").data == {}
    assert read_yaml("# only a remark\n", HERE, "contact").data == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: a: b", ["10:11 YAML-001"]),
        ("title: 'a", ["10:10 YAML-001"]),
        ("just words", ["10:3 YAML-004"]),
        ("- a\n- b", ["10:3 YAML-004"]),
        ("title: [w](x)", ["10:13 YAML-001"]),
        ("title: @x", ["10:10 YAML-001"]),
        ("title: `x`", ["10:10 YAML-001"]),
        ("? [a]\n: b", ["10:5 YAML-001"]),
        (": b", ["10:3 YAML-001"]),
        ('title: "a\\qb"', ["10:13 YAML-001"]),
        ("titel: a", ["10:3 YAML-002"]),
        ("title: [a]", ["10:10 YAML-004"]),
        ("lines: '8'", ["10:10 YAML-004"]),
        ("lines: 8.5", ["10:10 YAML-004"]),
        ("lines: yes", ["10:10 YAML-004"]),
        ("title: 1.0", ["10:10 YAML-007"]),
        ("title: true", ["10:10 YAML-007"]),
        ("title: 0x10", ["10:10 YAML-007"]),
        ("title: .inf", ["10:10 YAML-007"]),
        ("title: " + "9" * 3000, ["10:10 YAML-007"]),
        ("title: a\ntitle: b\ntitle: c", ["11:3 YAML-008", "12:3 YAML-008"]),
        ("title: &a b\nlines: *a", ["10:10 YAML-009", "11:10 YAML-009"]),
        ("title: **bold**", ["10:10 YAML-009"]),
        ("title: !!python/object:os.system x", ["10:10 YAML-009"]),
        ("title: !x y", ["10:10 YAML-009"]),
        ("%YAML 1.1\n---\ntitle: a", ["10:3 YAML-009"]),
        ("[" * 3000, ["10:15 YAML-010"]),
        ("[" * 100_000, ["10:3 YAML-015"]),
        ("title: a\n---\ntitle: b", ["11:3 YAML-011"]),
        ("\ttitle: a", ["10:3 YAML-012"]),
        ("title:\nlines: 8", ["10:3 YAML-013"]),
        ("title: '  '", ["10:10 YAML-013"]),
        ("title: ~", ["10:3 YAML-013"]),
        ("title: " + "a" * 201, ["10:10 YAML-015"]),
        ("lines: 0", ["10:10 YAML-016"]),
        ("lines: 31", ["10:10 YAML-016"]),
        ("lines: 999999999999999999999999", ["10:10 YAML-004"]),
        ("title: a\x00b", ["10:11 YAML-001"]),
        ('title: "a\\u202eb"', ["10:10 SRC-006"]),
        ('title: "\\ud800"', ["10:10 SRC-006"]),
        ('"a\\0": b', ["10:3 SRC-006"]),
        ("x: 1\n" * MAX_SETTINGS, ["10:3 YAML-015"]),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, expected: list[str]) -> None:
    read = read_yaml(text, HERE, "notes")
    assert told(read) == expected
    assert read.data is None
    assert all(finding.message and finding.hint for finding in read.findings)
    assert all(len(finding.line()) < 400 for finding in read.findings)


def test_all_mistakes_are_told_at_once() -> None:
    text = "claim: 5\nknown:\nstrenght: strong\nsources: [a, B, a]\ndate: 2024-13\n"
    assert told(read_yaml(text, HERE, "evidence")) == [
        "10:10 YAML-007",
        "11:3 YAML-013",
        "12:3 YAML-002",
        "13:16 YAML-006",
        "13:19 YAML-008",
        "14:9 YAML-006",
    ]


def test_a_misspelt_setting_is_one_finding_with_the_right_name() -> None:
    read = read_yaml("ulr: https://example.org\nlabel: a", HERE, "qr")
    assert [finding.hint for finding in read.findings] == ['Did you mean "url"?']


def test_a_misspelt_choice_gets_the_right_one() -> None:
    text = "claim: a\nknown: b\nstrength: strng\nsources: [a]\ndate: 2024-01-01"
    (finding,) = read_yaml(text, HERE, "evidence").findings
    assert finding.hint == (
        'Did you mean "strong"? It can be: strong, moderate, limited, none, against.'
    )


def test_an_unquoted_version_is_shown_in_quotes() -> None:
    text = "id: a\nversion: 1.10\nlanguage: en\ntitle: b"
    (finding,) = read_yaml(text, HERE, "disclaimer").findings
    assert finding.rule == "YAML-007"
    assert finding.hint == 'Put it in quotes: "1.10".'


def test_dates_stay_words() -> None:
    text = "claim: a\nknown: b\nstrength: none\nsources: [a]\ndate: 2024-01-31"
    read = read_yaml(text, HERE, "evidence")
    assert read.data is not None
    assert read.data["date"] == "2024-01-31"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title: words", 10, 10),
        ("title: 'words'", 10, 11),
        ('title: "words"', 10, 11),
        ("title: |\n    words", 11, 7),
        ("title: >-\n\n  words", 11, 3),
        ("title:\n  words", 11, 5),
        ("{title: words}", 10, 11),
    ],
)
def test_place_is_that_of_the_first_letter(text: str, line: int, column: int) -> None:
    read = read_yaml(text, HERE, "notes")
    assert read.data is not None
    assert read.place(("title",)) == Span(HERE.file, line, column)


def test_a_place_that_is_not_there_is_that_of_the_nearest_above() -> None:
    read = read_yaml("fields: [a, b]", HERE, "appointment")
    assert read.place(("fields", 1)) == Span(HERE.file, 10, 15)
    assert read.place(("fields", 7, "x")) == read.place(("fields",))
    assert read.place(("title",)) == HERE
    assert read.key_place(("fields",)) == HERE


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://example.org", True),
        ("https://example.org:8080/a?b=c#d", True),
        ("https://bücher.example", True),
        ("http://example.org", False),
        ("https://", False),
        ("https://localhost/", False),
        ("https://example.org:port/", False),
        ("https://user@example.org/", False),
        ("https://example.org/a b", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        ("example.org", False),
    ],
)
def test_an_address_is_whole_and_safe(url: str, *, right: bool) -> None:
    read = read_yaml(f'url: "{url}"\nlabel: a', HERE, "qr")
    assert [finding.rule for finding in read.findings] == ([] if right else ["YAML-006"])


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("2024", True),
        ("2024-02", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2024-13", False),
        ("0000", False),
        ("20240229", False),
        ("2024-W05", False),
        ("٢٠٢٤", False),
        ("2024\n", False),
    ],
)
def test_a_date_may_be_a_year_a_month_or_a_day(day: str, *, right: bool) -> None:
    escaped = day.replace("\n", "\\n")
    text = f'claim: a\nknown: b\nstrength: none\nsources: [a]\ndate: "{escaped}"'
    read = read_yaml(text, HERE, "evidence")
    assert [finding.rule for finding in read.findings] == ([] if right else ["YAML-006"])


MARKS = st.text(alphabet=string.printable + "é\u2028\x85\ufeff\U0001f600", max_size=60)
SIGNS = "title|lines|: |- |\n|  |'|\"|[|]|{|}|, |>-|&a |*a|!!str |%YAML 1.1\n|---\n|# x\n|? |\t|~|8"
PIECES = st.lists(st.sampled_from([*SIGNS.split("|"), "|\n", "\\u202e"]), max_size=30).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=MARKS | PIECES | st.text(max_size=40), schema=st.sampled_from(["notes", "glossary"]))
def test_no_text_raises_and_all_places_lie_in_the_text(text: str, schema: str) -> None:
    read = read_yaml(text, Span("source/x/a.yaml"), schema)
    assert (read.data is None) == bool(read.findings)
    lines = text.split("\n")
    spans = [finding.span for finding in read.findings]
    for value in read.tree.values.values():
        spans += [value.key, value.start, value.text]
    for span in spans:
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


WORDS = st.text(
    alphabet=st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=30,
).filter(str.strip)


@settings(max_examples=200, deadline=None)
@given(words=WORDS)
def test_quoted_words_come_back_as_they_were(words: str) -> None:
    quoted = words.replace("'", "''")
    read = read_yaml(f"title: '{quoted}'\n", HERE, "notes")
    assert read.data == {"title": words}
