"""A line's end parts two words, also where their ends together are a piece of another word."""

from __future__ import annotations

import pikepdf
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


@pytest.mark.parametrize("width", [32, 34, 40])
def test_a_line_that_ends_before_a_link_ends_with_one_space(width: int) -> None:
    words = '<p>Small trials only <a href="https://example.org">source</a></p>'
    style = f"p {{ width: {width}mm }} a {{ white-space: nowrap }}"
    tree, pdf = tree_of(words, style=style)
    assert next(only(tree, "P").contents()).text == "Small trials only "
    first, second = shown(pdf)
    assert len(first) == len("Small trials only ")
    assert len(second) == len("source")


def shown(pdf: pikepdf.Pdf) -> list[bytes]:
    """The glyphs of each run of words, two bytes each, as the file has them."""
    runs = []
    for instruction in pikepdf.parse_content_stream(pdf.pages[0], "TJ"):
        (pieces,) = instruction.operands
        glyphs = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
        runs.append(bytes(glyphs[1::2]))
    return runs[:2]
