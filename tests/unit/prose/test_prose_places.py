"""Every word of a real booklet is found where it stands in the source, to the column."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import readers
from booklet.model import (
    Booklet,
    Callout,
    CalloutKind,
    Paragraph,
    Section,
    SourceText,
    Span,
    Text,
)
from booklet.prose import Places, passages
from booklet.source import SourceTree
from tests import samples

PROJECT = Path(__file__).resolve().parents[3]
MARKS = re.compile(r"[*_\\\[\]]")


def read(folder: Path, name: str) -> Booklet:
    booklet = readers.read(SourceTree.open(folder), name).booklet
    assert booklet is not None
    return booklet


@pytest.fixture(scope="module")
def sample() -> Booklet:
    return read(PROJECT / "source", "stem-cell-therapy-for-stroke")


@pytest.fixture(scope="module")
def torture() -> Booklet:
    return read(PROJECT / "tests" / "torture" / "source", "torture")


def misses(booklet: Booklet) -> list[str]:
    """The words whose place does not begin with them, but for those that a link lends."""
    rows = {text.file: text.rows for text in booklet.texts}
    places = Places(booklet)
    missed: list[str] = []
    for passage in passages(booklet):
        for match in re.finditer(r"\w+", passage.text):
            span = places.find(passage, *match.span())
            there = rows[span.file][span.line - 1][span.column - 1 :]
            if not MARKS.sub("", there).startswith(match[0]) and not there.startswith("[]("):
                missed.append(f"{span} {match[0]}")
    return missed


def test_every_word_of_the_sample_is_found_to_the_column(sample: Booklet) -> None:
    assert misses(sample) == []


def test_of_the_torture_test_only_what_is_written_otherwise_is_placed_at_its_block(
    torture: Booklet,
) -> None:
    missed = misses(torture)
    assert len(missed) <= 12
    assert all(" " in line for line in missed)


def test_equal_words_are_told_apart() -> None:
    rows = ("# One", "", "Say it, [say it](https://example.org/say), and **say", "it** again.")
    words = (Text("Say it, say it, and say it again."),)
    passage_of = Paragraph(words, Span("a.md", 3, 1))
    booklet = replace(samples.booklet(), chapters=(), texts=(SourceText("a.md", rows),))
    passage = next(
        passage
        for passage in passages(
            replace(
                booklet, chapters=(Section("one", 1, (Text("One"),), (passage_of,), Span("a.md")),)
            )
        )
        if passage.kind == "paragraph"
    )
    places = Places(booklet)
    found = [
        places.find(passage, *match.span()) for match in re.finditer(r"(?i)say it", passage.text)
    ]
    assert [str(span) for span in found] == ["a.md:3:1", "a.md:3:10", "a.md:3:50"]


def test_words_in_a_setting_in_curly_brackets_are_found() -> None:
    row = '  - {key: a, text: "A page [of text]{lang=en}. Retrieved.", date: "2024"}'
    whole = samples.booklet()
    source = replace(whole.sources[0], text=(Text("A page of text. Retrieved."),))
    source = replace(source, span=Span("b.yaml", 1, 5))
    booklet = replace(whole, sources=(source,), texts=(SourceText("b.yaml", (row,)),))
    passage = next(p for p in passages(booklet) if p.kind == "source")
    start = passage.text.index("Retrieved")
    assert (
        str(Places(booklet).find(passage, start, start + 9)) == f"b.yaml:1:{row.index('Ret') + 1}"
    )
    assert str(Places(booklet).setting(source.span, "date")) == f"b.yaml:1:{row.index('date') + 1}"


def test_without_the_lines_a_word_is_placed_at_its_block(sample: Booklet) -> None:
    bare = replace(sample, texts=())
    passage = next(p for p in passages(bare) if p.kind == "paragraph")
    assert Places(bare).find(passage, 4, 7) == passage.span


def test_a_passage_knows_what_it_stands_in(sample: Booklet) -> None:
    told = next(p for p in passages(sample) if p.text.startswith("An example: A daughter"))
    assert [block.kind for block in told.inside if isinstance(block, Callout)] == [
        CalloutKind.STORY
    ]
    assert told.section is not None
    assert told.section.id == "what-to-expect"


def test_words_of_another_language_are_kept_apart(torture: Booklet) -> None:
    mixed = next(p for p in passages(torture) if "buenos días" in p.text)
    assert "buenos" not in mixed.own_text
    assert len(mixed.own_text) == len(mixed.text)
    assert {run.language for run in mixed.runs} == {"en-US", "es", "ar"}
