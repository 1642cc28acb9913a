"""Words from right to left, or in letters joined with signs, read as they were written."""

from __future__ import annotations

import pytest

from tests.unit.writers_pdf.test_structure import only, tree_of

ARABIC = "يحتاج الدماغ إلى تدفق ثابت من الدم. اتصل بالرقم 911 فورا. فحص MRI مفيد."


@pytest.mark.parametrize("width", [74, 40])
def test_arabic_reads_word_for_word_on_one_line_and_on_many(width: int) -> None:
    body = f"<p lang='ar' dir='rtl' style='width: {width}mm'>{ARABIC}</p>"
    tree, _ = tree_of(body)
    assert only(tree, "P").text() == ARABIC


def test_arabic_inside_english_leaves_the_english_in_its_order() -> None:
    phrase = f"<span lang='ar' dir='rtl'>{ARABIC[:28]}</span>"
    tree, _ = tree_of(f"<p>A phrase {phrase} in English goes on here.</p>")
    assert only(tree, "P").text() == f"A phrase {ARABIC[:28]} in English goes on here."


def test_the_numbers_of_a_list_from_the_right_are_not_turned_round() -> None:
    tree, _ = tree_of("<ol dir='rtl' style='padding: 0 10mm'><li>أخرى</li></ol>")
    assert only(tree, "Lbl").text() == "1."


def test_words_that_letters_tell_stand_beside_nothing() -> None:
    _, pdf = tree_of("<p>Plain words, 12 of them.</p>")
    assert b"ActualText" not in pdf.pages[0].Contents.read_bytes()
