"""Tables as cards: when they are, and that tags, words and what is heard stay the same."""

from __future__ import annotations

import dataclasses
import io
import re

import pikepdf
import pytest

from booklet.editions import EDITIONS, Edition, Job, edition
from booklet.findings import Cleared
from booklet.model import (
    Block,
    Booklet,
    Callout,
    CalloutKind,
    Compare,
    CompareRow,
    Division,
    Section,
)
from booklet.plan import expected
from booklet.resources import styles_dir
from booklet.transcript import TRANSCRIBERS
from booklet.verify.pdf import verify_pdf
from booklet.verify.pdf_marks import marked_words
from booklet.verify.tagtree import Tag, outline, read_tags
from booklet.writers import pdf
from booklet.writers.html import Links, render
from booklet.writers.pdf.cards import as_cards, fits
from booklet.writers.pdf.fonts import width
from tests.golden import assert_golden
from tests.samples import SPAN, booklet, words

PRINT = [row for row in EDITIONS if row.format == "pdf" and not row.made_from]
# Long lines: two words of every column fit beside one another.
WIDE = {"large-a4", "large-letter", "acb-a4", "acb-letter"} | {
    f"clear-{paper}" for paper in ("a4", "letter", "a5", "half-letter")
}


def table(*rows: str) -> Compare:
    """A table from its rows, cells parted by strokes; the first row is its header."""
    columns, *body = (tuple(map(words, row.split("|"))) for row in rows)
    cells = tuple(CompareRow(row[0], row[1:], SPAN) for row in body)
    return Compare("first-table-1", words("Ways to help"), columns, cells, SPAN)


CARE = table(
    "What you see|What it may be|What you can do?",
    "One side of the face droops|A stroke that has just begun|Call for help at once",
    "The arm has become stiff|Muscles that are too tight|Ask the therapist about it",
    "Many tears|Sadness after a stroke|Talk, and tell the nurse",
    "Coughs while eating|Food in the windpipe|Sit up straight; ask for a test",
    "Sleeps all day|A tired brain, or a new medicine|Ask the doctor about both",
)
SHORT = table("|Mon|Tue|Wed|Thu", "Walk|Yes|No|Yes|No", "Rest|No|Yes|No|Yes")
TWO = table("Before|After", "Words that need a line of some length|And as many in this one")


@pytest.mark.parametrize("row", PRINT, ids=lambda row: row.id)
def test_three_columns_of_words_stand_side_by_side_on_long_lines_alone(row: Edition) -> None:
    assert fits(CARE, row) == (row.id.removesuffix("-fold") in WIDE)
    assert fits(SHORT, row)
    assert fits(TWO, row)


def test_a_long_word_or_a_box_around_it_makes_cards_of_a_table() -> None:
    row = edition("large-a4")
    long = table("A|B|C", "one|two|three", f"{'long' * 11}|four|five")
    assert not fits(long, row)
    assert fits(table("A|B|C", f"{'-'.join(['long'] * 11)}|four|five"), row)
    assert fits(CARE, row, boxes=0)
    assert not fits(CARE, row, boxes=2)


def test_only_print_has_cards() -> None:
    with pytest.raises(ValueError, match="epub is not for print"):
        fits(CARE, edition("epub"))


def test_widths_are_those_of_the_printed_font() -> None:
    assert width("") == 0
    assert width("iii") < width("mmm") < 3
    assert width("سلام") > 1
    assert width("\U0010ffff") == 1


def with_blocks(*blocks: Block) -> Booklet:
    chapter = Section("first", 1, words("What is it?"), blocks, SPAN)
    meta = dataclasses.replace(booklet().meta, back_matter=())
    return dataclasses.replace(booklet(), meta=meta, chapters=(chapter,), glossary=(), sources=())


def test_the_boxes_around_a_table_are_counted() -> None:
    row, inner = edition("large-a4"), with_blocks(CARE)
    tip = Callout(CalloutKind.TIP, words("Title"), (CARE,), SPAN)
    twice = Callout(CalloutKind.STORY, words("Title"), (tip,), SPAN)
    assert as_cards(inner, row) == frozenset()
    assert as_cards(with_blocks(twice), row) == {"first-table-1"}


def test_labels_of_cards_end_in_a_colon_unless_they_ask() -> None:
    bodies = [
        "".join(part.body for part in render(with_blocks(CARE), Links(), cards=cards).parts)
        for cards in (frozenset[str](), frozenset({"first-table-1"}))
    ]
    assert 'class="compare"' in bodies[0]
    assert 'data-label="What it may be"' in bodies[0]
    assert 'class="compare cards"' in bodies[1]
    assert 'data-label="What it may be:"' in bodies[1]
    assert 'data-label="What you can do?"' in bodies[1]
    without = [re.sub(r' (class|data-label)="[^"]*"', "", body) for body in bodies]
    assert without[0] == without[1]


# ------------------------------------------------------------- both forms, laid out


def written(source: Booklet, row: Edition, values: int = 10) -> bytes:
    styles = tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in row.styles)
    result = pdf.write(Job(Cleared(source), row, "sample.pdf", styles))
    assert result.artifact is not None
    findings, tools = verify_pdf(result.artifact, expected(source, row, "sample.pdf"))
    assert [finding.line() for finding in findings if finding.rule != "PDF-038"] == []
    details = {tool.tool: tool.detail for tool in tools}
    cards = 0 if row.id in WIDE else values
    assert details["booklet: values of tables"] == (
        f"{values} values with their columns' words, {cards} of them on cards"
    )
    return result.artifact.data


def tree_of(data: bytes) -> Tag:
    with pikepdf.open(io.BytesIO(data)) as document:
        tree = read_tags(document, marked_words(data))
    assert tree is not None
    (found,) = [tag for tag in tree.walk() if tag.type == "Table"]
    return found


def heard(data: bytes) -> list[str]:
    """What is said of the table, without the turning of pages."""
    lines = [line.strip() for line in TRANSCRIBERS["pdf"](data).splitlines()]
    start = next(number for number, line in enumerate(lines) if "Ways to help" in line)
    after = next(number for number, line in enumerate(lines) if "after a new medicine" in line)
    return [line for line in lines[start : after + 1] if line and not line.startswith("page ")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "corner", "cards"),
    [("cards", "What you see", "giant-a4"), ("cards-without-a-corner", "", "large-a5")],
)
def test_both_forms_have_the_same_tags_words_and_transcript(
    name: str, corner: str, cards: str, request: pytest.FixtureRequest
) -> None:
    columns = (words(corner) if corner else (), *CARE.columns[1:])
    last = table("What|It may be|To do", "Ends|The end after a new medicine|Stop").rows
    rows = (*CARE.rows[:-1], *last)
    source = with_blocks(dataclasses.replace(CARE, columns=columns, rows=rows))
    side_by_side, stacked = (written(source, edition(row)) for row in ("large-a4", cards))
    agreed = outline(tree_of(side_by_side)) + "\n"
    assert_golden(request.config, f"tagtree/{name}.txt", agreed)
    assert outline(tree_of(stacked)) + "\n" == agreed
    assert heard(stacked) == heard(side_by_side)
    assert len({content.page for content in tree_of(stacked).contents()}) > 1


@pytest.mark.slow
@pytest.mark.parametrize("row", ["large-a4", "giant-a4"])
def test_a_table_from_right_to_left_is_verified_in_both_forms(row: str) -> None:
    arabic = table(
        "ما ترى|ما قد يكون السبب|ما يمكنك فعله",
        "جانب من الوجه يتدلى|سكتة دماغية بدأت للتو الآن|اتصل لطلب المساعدة فورا",
        "الذراع متصلبة جدا|عضلات مشدودة أكثر من اللازم|اسأل المعالج عن ذلك اليوم",
    )
    source = with_blocks(Division("ar", "rtl", (arabic,), SPAN))
    assert tree_of(written(source, edition(row), values=4)).text().count("سكتة") == 1
