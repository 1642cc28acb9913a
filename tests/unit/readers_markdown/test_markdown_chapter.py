"""Whole chapters: where they begin, how large they may be, what a line of settings may hold."""

from __future__ import annotations

import pytest

from booklet.findings import Finding
from booklet.model import Asset, Paragraph, Span, Text
from booklet.readers.markdown import MAX_LINE, MAX_LINES, read_chapter, read_inline
from booklet.readers.md_expand import MAX_WORDS
from tests.unit.readers_markdown.markdown_dump import (
    File,
    inline,
    picture,
    places,
    read,
    scope,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["! 1:1 MD-001"]),
        ("\n\n", ["! 1:1 MD-001"]),
        ("Words only.\n", ["! 1:1 MD-001"]),
        ("Words.\n\nMore.\n\n# Late\n\nWords.\n", ["! 1:1 MD-001"]),
        ("\n## Part first\n\nWords.\n", ["! 2:1 MD-001"]),
        ("# One {#own}\n\nWords.\n", ["! 1:7 MD-010"]),
        ("# One\n", ["! 1:1 MD-011"]),
        ("[^1]: A note first.\n\n# One\n\nWords.[^1]\n", []),
        ("\ufeff# One\n\nWords.\n", []),
        ("# One\r\n\r\nWords\rand more.\r\n", []),
    ],
)
def test_a_chapter_begins_with_its_heading(text: str, expected: list[str]) -> None:
    assert places(read(text)) == expected


def test_a_chapter_without_any_heading_is_none() -> None:
    assert read("Words only.\n").section is None


def test_the_chapter_has_the_id_it_is_given_and_level_one() -> None:
    section = read("# What is it?\n\nWords.\n", chapter="what-is-it").section
    assert section is not None
    assert (section.id, section.level, section.span) == (
        "what-is-it",
        1,
        Span("source/x/01-x.md", 1, 1),
    )


def test_a_chapter_too_long_is_one_finding_and_is_not_read() -> None:
    result = read("# A\n\n" + "## Part\n\n" * 10_000)
    assert places(result) == [f"! {MAX_LINES + 1}:1 MD-036"]
    assert result.section is None


def test_a_line_too_long_is_not_read() -> None:
    assert places(read("# A\n\n" + "[" * (MAX_LINE + 1) + "\n")) == ["! 3:1 MD-036"]


def test_a_paragraph_too_long_is_a_finding_and_the_rest_is_read() -> None:
    text = "# A\n\n" + "word word word\n" * (MAX_WORDS // 10) + "\n`code`\n"
    assert places(read(text)) == ["! 3:1 MD-035", f"! {MAX_WORDS // 10 + 4}:1 MD-021"]


def test_thousands_of_equal_headings_have_ids_of_their_own() -> None:
    section = read("# A\n\n" + "## Part\n\na\n\n" * 700).section
    assert section is not None
    ids = [block.id for block in section.blocks if hasattr(block, "id")]
    assert len(set(ids)) == len(ids) == 700


def test_characters_that_no_edition_can_hold_are_named_and_left_out() -> None:
    result = read("# A\n\nab\x0bcd\ufffd\n\nfine\n")
    assert places(result) == ["! 3:3 MD-037"]
    assert "U+000B" in result.findings[0].message
    assert result.section is not None
    first = result.section.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.children == (Text("ab cd"),)


def test_what_is_wrong_with_a_picture_is_told_and_the_rest_is_read() -> None:
    asked: list[tuple[str, Span]] = []

    def none(path: str, span: Span) -> Asset | tuple[Finding, ...]:
        asked.append((path, span))
        return ()

    text = "# A\n\n![A dot](images/a%20b.svg)\n\n:::figure\nimage: x.svg\ndescription: x\n:::\n"
    section = read_chapter(File(text), "x", scope(), none).section
    assert section is not None
    assert section.blocks == ()
    assert [(path, span.line, span.column) for path, span in asked] == [
        ("images/a%20b.svg", 3, 1),
        ("x.svg", 6, 8),
    ]


def test_abbreviations_are_not_looked_for_in_another_language() -> None:
    section = read("# A\n\n{lang=es}\nMRI\n\n> [MRI](https://example.org)\n").section
    assert section is not None
    shown = [inline(b.children) for d in section.blocks for b in d.blocks]  # type: ignore[union-attr]  # both hold blocks
    assert shown[0] == "['MRI']"
    assert "Abbreviation" in shown[1]


def test_a_line_of_settings_may_hold_words_and_links() -> None:
    at = Span("source/x/booklet.yaml", 7, 11)
    result = read_inline("**Ask** about [stroke](term:stroke) [](source:masters)", at, scope())
    assert result.findings == ()
    assert inline(result.children) == (
        "[Strong(['Ask']) ' about ' TermReference(key='stroke', ['stroke']) ' ' "
        "SourceReference(key='masters', number=2)]"
    )


def test_a_line_of_settings_holds_no_notes_pictures_or_html() -> None:
    at = Span("source/x/booklet.yaml", 7, 11)
    result = read_inline("a[^1] ![b](c.svg) <b>d</b> \x01 [x](y", at, scope())
    assert {finding.span for finding in result.findings} == {at}
    assert sorted(f.rule for f in result.findings) == [
        "MD-020",
        "MD-020",
        "MD-024",
        "MD-026",
        "MD-037",
        "REF-009",
    ]


def test_a_line_of_settings_reads_no_blocks() -> None:
    at = Span("source/x/booklet.yaml")
    assert inline(read_inline("1. one\n# two", at, scope()).children) == "['1. one # two']"


def test_a_line_of_settings_too_long_is_a_finding() -> None:
    result = read_inline("a" * (MAX_LINE + 1), Span("x.yaml"), scope())
    assert [finding.rule for finding in result.findings] == ["MD-036"]


def test_pictures_are_asked_for_once_each() -> None:
    section = read_chapter(File("# A\n\n![d](a.svg)\n"), "x", scope(), picture).section
    assert section is not None
    assert [type(block).__name__ for block in section.blocks] == ["Figure"]
