"""Words from right to left are measured by their letters, not by the words beside them."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from booklet.verify.pdf_actual_text import KEY, has_false_words, letters_alone
from booklet.verify.pdf_overlap import _overlapping
from booklet.verify.pdf_page import Page
from booklet.verify.pdf_read import read_pages
from tests.unit.writers_pdf.test_structure import bytes_of

ARABIC = "وإذا كانت رطبة لا نفعل شيئًا. ندير الأصيص قليلًا (example.org/ar) نحو الضوء."
STYLE = "html { font: 12pt/1.5 'Atkinson Hyperlegible', 'Noto Sans Arabic' }"


@pytest.fixture(scope="module")
def arabic() -> bytes:
    data: bytes = bytes_of(f"<p lang='ar' dir='rtl'>{ARABIC}</p>", style=STYLE)
    return data


def page_of(data: bytes) -> Page:
    (page,) = read_pages(letters_alone(data), ("1",))
    return page


def content_of(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return bytes(pdf.pages[0].Contents.read_bytes())


def test_every_word_can_be_seen_and_none_stands_on_another(arabic: bytes) -> None:
    assert KEY in content_of(arabic)
    page = page_of(arabic)
    assert len(page.pieces) > 5
    assert min(piece.contrast for piece in page.pieces) > 7
    assert list(_overlapping(page)) == []


def test_words_of_two_passages_on_one_another_are_still_found(arabic: bytes) -> None:
    page = page_of(arabic)
    apart = tuple(replace(piece, mcid=n) for n, piece in enumerate(page.pieces * 2))
    assert list(_overlapping(replace(page, pieces=apart)))


def test_brackets_that_turn_are_the_same_letters(arabic: bytes) -> None:
    assert not has_false_words(arabic, (content_of(arabic),))


def test_a_file_without_such_words_is_left_as_it_is() -> None:
    data: bytes = bytes_of("<p>Plain words.</p>")
    assert letters_alone(data) is data
