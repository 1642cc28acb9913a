"""Places: line and column of what is inside lists, quotes, boxes, cells and settings."""

from __future__ import annotations

import pytest

from booklet.model import Link, Paragraph, Span
from booklet.readers.md_positions import Lines, cells, split_lines
from booklet.readers.md_walk import walk
from tests.unit.readers_markdown.markdown_dump import read

LINK = "[here](https://example.org)"


@pytest.mark.parametrize(
    "text",
    [
        f"Words {LINK}",
        f"First line\nand **bold {LINK} words**",
        f"- one\n- two {LINK}",
        f"1. one\n\n   > - quote {LINK}\n   >   more",
        f"> first\n> second {LINK}",
        f"> first\nlazy {LINK}",
        f"Term {LINK}\n: words",
        f"Term\n: first\n  and {LINK}",
        f":::tip A {LINK}\nWords\n:::",
        f":::tip\n- item {LINK}\n:::",
        f"- item\n\n  ::::tip\n  words\n\n  :::steps\n  1. do {LINK}\n  :::\n  ::::",
        f"> :::tip\n> a\n>\n> b {LINK}\n> :::",
        f":::compare {LINK}\n| a | b |\n|---|---|\n| 1 | 2 |\n:::",
        f":::compare x\n| a | b |\n|---|---|\n| 1 \\| 1 | 2 {LINK} |\n:::",
        f":::compare x\na | b\n---|---\n1 | {LINK}\n:::",
        f":::compare x\n| {LINK} | b |\n|---|---|\n| 1 | 2 |\n:::",
        f"Note[^1].\n\n[^1]: Words {LINK}",
        f"Note[^1].\n\n[^1]: Words\n\n    more {LINK}",
        f"{{lang=es}}\nPalabras {LINK}",
        f"\tcontinued\n\n- a\n\n\tb {LINK}",
        f"a &amp; \\* `x` {LINK}",
        f"   three spaces {LINK}",
        f":::checklist\n- [ ] box {LINK}\n:::",
        f":::checklist\n- [ ] [x]{{lang=es}} {LINK}\n:::",
        f":::figure\nimage: a.svg\ndescription: d\nlong_description: |\n  a\n\n  b {LINK}\n:::",
    ],
)
def test_a_link_is_found_where_it_stands(text: str) -> None:
    source = f"# Chapter\n\n{text}\n"
    result = read(source)
    links = [node for node in walk(result.section) if isinstance(node, Link)]
    assert len(links) == 1
    row = source.split("\n")[links[0].span.line - 1]
    assert row[links[0].span.column - 1 :].startswith(LINK)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> - Words `code`", (3, 11)),
        (":::tip\nWords\nand <b>html\n:::", (5, 5)),
        (":::checklist\n- [ ] box [oops\n:::", (4, 11)),
        ("| a |\n|---|\n| `x` |", (3, 1)),
        (":::qr\nurl: https://example.org\nlabel: a `b`\n:::", (5, 8)),
        ("- a\n\n  :::qr\n  url: ftp://x\n  label: a\n  :::", (6, 8)),
        (":::tip Some `code`\nWords\n:::", (3, 13)),
        ("> :::tip {.red}\n> Words\n> :::", (3, 10)),
        ("words\\\n**stray", (4, 1)),
    ],
)
def test_a_mistake_is_found_where_it_stands(text: str, expected: tuple[int, int]) -> None:
    findings = read(f"# Chapter\n\n{text}\n").findings
    assert (findings[0].span.line, findings[0].span.column) == expected


def test_paragraphs_in_containers_begin_at_their_words() -> None:
    result = read("# Chapter\n\n- one\n\n  > two\n  > more\n")
    found = [(n.span.line, n.span.column) for n in walk(result.section) if isinstance(n, Paragraph)]
    assert found == [(3, 3), (5, 5)]


def test_lines_are_split_as_the_parser_does() -> None:
    assert split_lines("a\r\nb\rc\x0bd\u2028e\n") == ("a", "b", "c\x0bd\u2028e", "")


def test_words_that_do_not_stand_in_the_line_get_the_place_of_the_block() -> None:
    anchor = Span("x.md", 9, 4)
    lines = Lines(("one two", "three"), 0, anchor)
    assert lines.inside(0, "two", 1) == Span("x.md", 1, 6)
    assert lines.inside(0, "four", 0) == Span("x.md", 1, 1)
    assert lines.inside(7, "four", 0) == anchor
    assert Lines(("a", "b"), 1, anchor).inside(0, "folded", 0) == anchor


def test_cells_of_a_row_know_their_columns() -> None:
    assert cells("| a | b \\| c || d |") == ((2, "a"), (6, "b \\| c"), (14, ""), (16, "d"))
    assert cells("  a | b") == ((2, "a"), (6, "b"))
    assert cells("> | a |") == ((4, "a"),)
    assert cells("") == ()
