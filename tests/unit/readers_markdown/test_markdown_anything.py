"""Any text at all: no exception, no place outside the file, the same result twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from booklet.findings import Finding
from booklet.model import Span
from booklet.readers.markdown import ChapterRead, read_inline
from booklet.readers.md_ids import slug
from booklet.readers.md_language import direction_of, is_language
from booklet.readers.md_positions import split_lines
from booklet.readers.md_walk import walk
from tests.unit.readers_markdown.markdown_dump import read, scope

PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "- ", "1. ", "> ", ": ", "  ", "    ", "\t", "\n", "\n\n", " "),
        *(":::tip\n", "::::steps x\n", ":::compare C\n", ":::figure\n", ":::qr\n", ":::\n"),
        *("::::\n", ":::zzz\n", "image: a.svg\n", "description: a\n", "url: https://a.b\n"),
        *("| a | b |\n", "|---|---|\n", "| ", "|", "{lang=es}\n", "{#id}", "{lines=2}", "{"),
        *("[", "]", "(", ")", "](", "![", "[^1]", "[^1]: ", "[a]: https://a.b\n", "[a]"),
        *("(https://a.b)", "(term:stroke)", "(source:masters)", "(#x)", "{lang=ar}", "}"),
        *("*", "**", "_", "`", "```\n", "\\", "&amp;", "&#0;", "<b>", "<!--", "-->", "---\n"),
        *("===\n", "[ ] ", "[x] ", "<https://a.b>", "word", "MRI", "\x00", "\x0b", "é", "שלום"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(lambda parts: "# Title\n\n" + "".join(parts)),
    st.text(max_size=200),
)
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def spans(result: ChapterRead) -> Iterator[Span]:
    yield from (finding.span for finding in result.findings)
    for node in walk(result.section):
        span = getattr(node, "span", None)
        if isinstance(span, Span):
            yield span


@pytest.mark.slow
@QUICK
@given(TEXTS)
@example("# A\n\n>\n:::tip\n>")
@example("# A\n\n- :::tip\n-")
@example("# A\n\n> :::\n> ")
@example("# A\n\n[^a]:")
@example("# A\n\n" + "> " * 30 + "a")
@example("# A\n\n" + "*a " * 300 + "b" + "*" * 300)
@example("# A\n\n:::figure\nimage: [\n")
@example("# A\n\n{lang=es}")
@example("# A\n\n![](")
def test_any_text_gives_a_result_inside_the_file(text: str) -> None:
    result = read(text)
    rows = split_lines(text.removeprefix("\ufeff"))
    for span in spans(result):
        assert 1 <= span.line <= len(rows)
        assert 1 <= span.column <= len(rows[span.line - 1]) + 1
    assert read(text) == result


@pytest.mark.slow
@QUICK
@given(TEXTS)
def test_any_line_of_settings_gives_nodes_or_findings_at_its_place(text: str) -> None:
    at = Span("source/x/booklet.yaml", 3, 5)
    result = read_inline(text, at, scope())
    assert all(isinstance(f, Finding) and f.span == at for f in result.findings)
    assert read_inline(text, at, scope()) == result


@QUICK
@given(st.text(max_size=100))
def test_a_slug_is_safe_in_an_id(words: str) -> None:
    made = slug(words)
    assert not set(made) & set(" \t\n\"'<>&#%/.:")
    assert len(made) <= 60
    assert not made.startswith("-")
    assert not made.endswith("-")


@QUICK
@given(st.text(max_size=12))
def test_a_language_tag_is_judged_without_an_exception(tag: str) -> None:
    if is_language(tag):
        assert direction_of(tag) in ("ltr", "rtl")


def test_language_tags() -> None:
    good = ("es", "en-US", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "es-419", "en-x-clinic", "haw")
    bad = ("", "e", "english", "en_US", "en-", "-en", "en--US", "123", "es\n")
    assert [tag for tag in good if not is_language(tag)] == []
    assert [tag for tag in bad if is_language(tag)] == []
    assert [direction_of(tag) for tag in ("ar", "he-IL", "ur-Latn", "az-Arab", "es")] == [
        "rtl",
        "rtl",
        "ltr",
        "rtl",
        "ltr",
    ]


PLAIN_PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "- ", "> ", "1. ", "**", "*", "[", "](https://a.b)", "]{lang=es}"),
        *("\\\n", ":::tip\n", ":::\n", "{lang=es}\n", "[^1]", "\n\n[^1]: ", "\n\n: ", "| ", " |\n"),
        *("|---|---|\n", "## ", "  ", "[]", "(#x)", ":::compare T\n", "[ ] ", ":::checklist\n"),
        *("WORD ", "WORD ", "WORD ", "WORD "),
    ]
)


@pytest.mark.slow
@settings(QUICK, max_examples=250)
@given(st.lists(PLAIN_PIECES, max_size=20))
def test_a_text_without_findings_loses_no_word(pieces: list[str]) -> None:
    words = [f"w{number}w " for number in range(pieces.count("WORD "))]
    rest = iter(words)
    text = "".join(next(rest) if piece == "WORD " else piece for piece in pieces)
    result = read(f"# Title\n\n{text}")
    shown = repr(result.section)
    assert result.findings or all(word.strip() in shown for word in words)
