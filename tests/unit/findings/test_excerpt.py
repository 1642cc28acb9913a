"""The line of a finding on a screen: the mark stands under the place, whatever the letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width

from booklet.findings import Finding, Severity
from booklet.model import Span
from booklet.report.excerpt import LEAST, excerpt, wrapped
from booklet.report.places import Places


def columns(text: str) -> int:
    return width(text, term_program=False)


def under(line: str, marks: str) -> str:
    """What stands above the marks, by columns of the screen."""
    begin, end = marks.index("^"), len(marks)
    place, shown = 0, ""
    for char in line:
        if begin <= place < end:
            shown += char
        place += columns(char)
    return shown


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("It is enough. <b>Really</b>.", "<b>"),
        ("<b>Really</b>.", "<b>"),
        ("日本語の文章です。<b>強い</b>です。", "強い"),
        ("a\tb\tword", "word"),
        ("cafe\u0301 crème", "crème"),
        ("한국어 문장 <u>", "<u>"),
    ],
)
def test_the_marks_stand_under_the_words(line: str, words: str) -> None:
    shown, marks = excerpt(line, line.index(words) + 1, len(words), 12, 80)
    assert shown.startswith("   12 | ")
    assert marks.startswith("      | ")
    assert under(shown, marks) == words
    assert set(marks[8:]) <= {" ", "^"}


def test_a_picture_of_many_signs_is_one_place() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    shown, marks = excerpt(f"{family} x", 1, len(family), 1, 80)
    assert shown.endswith(f"{family} x")
    assert marks.count("^") == columns(family) == 2


@pytest.mark.parametrize("at", [0, 5, 150, 395])
def test_a_long_line_is_cut_around_the_place(at: int) -> None:
    words = [f"w{number:03}" for number in range(100)]
    line = " ".join(words)
    shown, marks = excerpt(line, at // 5 * 5 + 1, 4, 7, 60)
    assert under(shown, marks) == words[at // 5]
    assert columns(shown) <= 60
    assert columns(marks) <= 60
    assert columns(shown) > 45, "the screen should be used"
    assert ("..." in shown[:12]) == (at > 20)


def test_the_end_of_a_line_and_an_empty_line_are_places_too() -> None:
    assert excerpt("ab", 3, 1, 1, 80) == ("    1 | ab", "      |   ^")
    assert excerpt("", 1, 1, 1, 80) == ("    1 |", "      | ^")
    assert excerpt("ab", 99, 5, 1, 80)[1] == "      |   ^"


def test_a_very_narrow_screen_shows_no_line() -> None:
    assert excerpt("words", 1, 5, 1, LEAST - 1) == ("", "")


@given(
    st.text(st.characters(codec="utf-8", categories=["C", "L", "M", "N", "P", "S", "Z"])),
    st.integers(1, 80),
    st.integers(1, 20),
    st.integers(LEAST, 120),
)
def test_no_source_disturbs_the_screen(line: str, column: int, length: int, screen: int) -> None:
    line = line.replace("\n", " ")
    shown, marks = excerpt(line, column, length, 3, screen)
    assert columns(shown) <= screen
    assert columns(marks) <= screen
    assert "^" in marks
    unseen = {unicodedata.category(char) for char in shown if char not in "\u200c\u200d"}
    assert unseen.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def test_an_escape_and_an_override_are_shown_as_signs() -> None:
    shown, marks = excerpt("a\x1b[31mb\u202ec <b>", 11, 3, 1, 80)
    assert shown == "    1 | a\ufffd[31mb\ufffdc <b>"
    assert under(shown, marks) == "<b>"


def test_a_long_message_is_broken_at_its_spaces() -> None:
    text = "source/a/01.md:1:1 MD-020 HTML stands in the text: <b> Hint: " + "take it out " * 8
    rows = wrapped(text.strip(), 40)
    assert all(columns(row) <= 40 for row in rows)
    assert all(row.startswith("  ") for row in rows[1:])
    assert " ".join(row.strip() for row in rows) == text.strip()
    assert wrapped("short", 40) == ["short"]


def length(message: str, line: str, column: int) -> int:
    finding = Finding("X-001", Severity.ERROR, Span("source/a", 1, column), message, "")
    return Places(lambda _: line).length(finding)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ('The word "cell therapy" is not explained.', "cell therapy"),
        ("HTML stands in the text: <b>", "<b>"),
        ("This word is odd: cell.", "cell"),
        ("Something is wrong.", "cell"),
        ('Not "other words".', "cell"),
    ],
)
def test_what_the_message_names_is_marked_else_a_word(message: str, words: str) -> None:
    line = f"see {words} therapy" if " " not in words else f"see {words}"
    assert length(message, line, 5) == len(words)


def test_at_a_space_or_past_the_end_one_character_is_marked() -> None:
    assert length("Odd.", "a b", 2) == 1
    assert length("Odd.", "a b", 9) == 1
