"""Pages of print that begin in odd places: behind a number of a style, at the end of a chapter."""

from __future__ import annotations

import pytest

from booklet.verify.epub_page_breaks import _following
from booklet.verify.page_starts import _first_words, _Piece


def said(text: str, page: int, block: int = 1) -> _Piece:
    return _Piece(page, block, text)


STYLED = _Piece(0, 1, "", ends=True)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ((said("See help ", 1), STYLED, said(", then rest", 2)), "then rest"),
        ((said("See help ", 1), STYLED, said(" and rest", 2)), "and rest"),
        ((said("See ", 1), said("help now", 2)), "help now"),
        ((said("See hel", 1), said("per now", 2)), "now"),
        ((said("Above", 1), _Piece(0, 2, "", ends=True), said("In a cell", 2, 2)), "In a cell"),
    ],
)
def test_a_page_begins_with_its_first_whole_word(pieces: tuple[_Piece, ...], words: str) -> None:
    places = [index for index, piece in enumerate(pieces) if piece.page == 2]
    assert _first_words(pieces, places) == words


def test_the_words_behind_a_mark_go_on_in_the_next_document() -> None:
    pieces = [("1.xhtml", "What did"), ("1.xhtml", " you find?\n"), ("2.xhtml", "Chapter 11")]
    assert _following([*pieces]) == "Whatdidyoufind?Chapter11"
