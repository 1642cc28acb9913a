"""Lists with long numbers get room for them, and the label of a field stays in one piece."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import etree

from booklet.model import (
    Appointment,
    Block,
    Callout,
    CalloutKind,
    Division,
    NumberedList,
    Steps,
    Strong,
    Text,
)
from booklet.writers.html import Links, render
from tests.samples import SPAN, booklet, items, paragraph, words


def first_chapter(block: Block) -> etree._Element:
    book = booklet()
    chapter = dataclasses.replace(book.chapters[0], blocks=(block,), notes=())
    parts = render(dataclasses.replace(book, chapters=(chapter,)), Links()).parts
    part = next(part for part in parts if part.id == chapter.id)
    return etree.fromstring(f'<x xmlns:epub="e">{part.body}</x>')


@pytest.mark.parametrize(
    ("start", "count", "wide"),
    [(1, 9, None), (4, 2, None), (1, 10, "digits-2"), (98, 2, "digits-2"), (99, 2, "digits-3")],
)
def test_the_class_of_a_list_tells_how_wide_its_numbers_are(
    start: int, count: int, wide: str | None
) -> None:
    (made,) = first_chapter(NumberedList(items(*"a" * count), start, SPAN)).iter("ol")
    assert made.get("class") == wide
    assert made.get("start") == (None if start == 1 else str(start))


def test_a_label_with_bold_words_is_one_element_beside_its_line() -> None:
    label = (Text("With "), Strong(words("whom")))
    (row,) = first_chapter(Appointment((), (label,), SPAN)).iter("li")
    assert ["".join(map(str, part.itertext())) for part in row] == ["With whom", ""]
    assert row.text is None


def test_the_label_of_a_box_says_its_language_inside_a_passage_in_another() -> None:
    box = Callout(CalloutKind.TIP, words("Beber agua"), (paragraph("Hola."),), SPAN)
    (title,) = first_chapter(Division("es", "ltr", (box,), SPAN)).findall(
        ".//p[@class='box-title']"
    )
    (label,) = title
    assert (label.text, label.get("lang"), label.tail) == ("Tip:", "en-US", " Beber agua")
    (alike,) = first_chapter(Division("en-GB", "ltr", (box,), SPAN)).iter("aside")
    assert [span.text for span in alike.iter("span")] == []


@pytest.mark.parametrize(("letters", "style"), [(20, None), (400, "long")])
def test_a_long_step_may_go_on_over_a_page(letters: int, style: str | None) -> None:
    (step,) = first_chapter(Steps((), items("a" * letters), SPAN)).iter("li")
    assert step.get("class") == style
