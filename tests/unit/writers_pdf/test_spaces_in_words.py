"""A line's end parts two words, also where their ends together are a piece of another word."""

from __future__ import annotations

import pytest

from tests.unit.writers_pdf.test_structure import only, tree_of


@pytest.mark.parametrize("width", [23, 26])
def test_two_words_are_never_taken_for_a_piece_of_a_third(width: int) -> None:
    words = "Take all of it in writing."
    tree, _ = tree_of(f"<p>{words}</p>", style=f"p {{ width: {width}mm }}")
    lines = [content.text.rstrip() for content in only(tree, "P").contents()]
    assert lines[0].endswith("it")
    assert lines[1].startswith("in")
    assert only(tree, "P").text() == words


def test_an_address_broken_anywhere_stays_one_word() -> None:
    address = "example.org/a-long-way/to/the-page"
    style = "p { width: 30mm } a { overflow-wrap: anywhere }"
    tree, _ = tree_of(f"<p>See <a href='https://{address}'>{address}</a> now.</p>", style=style)
    assert len(list(only(tree, "Link").contents())) > 1
    assert only(tree, "P").text() == f"See {address} now."
