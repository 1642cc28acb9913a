"""Words held against words: what differs, where, and which words were broken."""

from __future__ import annotations

import pytest

from booklet.verify.fidelity_align import align
from booklet.verify.fidelity_text import any_number, broken_words, difference
from booklet.verify.reading_order import LINE_END, Element, Piece, sequence, squeezed, tidy


@pytest.mark.parametrize(
    ("found", "expected", "message"),
    [
        ("a b c", "a x c", 'after "a" it reads "b c", but the source has "x c"'),
        ("a b", "a b c", 'after "a b" it reads no more words, but the source has "c"'),
        ("a b c", "a b", 'after "a b" it reads "c", but the source has no more words'),
        ("x", "y", 'it reads "x", but the source has "y"'),
        ("1 2 3 4 5 6 7", "x", 'it reads "1 2 3 4 5 6 ...", but the source has "x"'),
    ],
)
def test_a_difference_is_told_with_the_words_before_it(
    found: str, expected: str, message: str
) -> None:
    assert difference(found, expected) == message


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        (("care ", "giver"), []),
        (("care", " giver"), []),
        (("well-", "known"), []),
        (("example.org/a", "bc"), []),
        (("e364-", "e467"), []),
        (("脑", "卒中"), []),
        (("care", "giver"), [("care", "giver")]),
        (("the care", "giver ", "helps"), [("care", "giver")]),
        (("pneumonoultramicrosco", "pic ", "lungs"), []),
        (("pneumono", "ultramicroscopic"), [("pneumono", "ultramicroscopic")]),
        (("a pneumonoultramicrosco", "pic"), [("pneumonoultramicrosco", "pic")]),
    ],
)
def test_a_word_may_break_behind_a_hyphen_in_addresses_and_where_it_is_longer_than_a_line(
    lines: tuple[str, ...], broken: list[tuple[str, str]]
) -> None:
    assert list(broken_words(LINE_END.join(lines))) == broken


def test_any_page_number_fits_the_pattern_and_nothing_else() -> None:
    pattern = any_number(
        (Piece("See (page "), Piece("6", "page number"), Piece(")")), "page number"
    )
    assert pattern.fullmatch("See (page xii)")
    assert not pattern.fullmatch("See (page 6) now")
    assert not pattern.fullmatch("Sea (page 6)")


def test_words_are_compared_composed_and_without_marks_that_print_nothing() -> None:
    assert tidy("cafe\u0301  a\u00a0b\u200d\u00adc\n") == "café a bc"
    assert squeezed(f"a b{LINE_END}c") == "abc"


def _texts(*texts: str) -> tuple[Element, ...]:
    return tuple(Element("P", (Piece(text),)) for text in texts)


@pytest.mark.parametrize(
    ("wanted", "got", "found", "moved"),
    [
        ("abc", "abc", {0: 0, 1: 1, 2: 2}, set()),
        ("abc", "ac", {0: 0, 2: 1}, set()),
        ("ac", "abc", {0: 0, 1: 2}, set()),
        ("abc", "axc", {0: 0, 1: 1, 2: 2}, set()),
        ("abcd", "bcda", {0: 3, 1: 0, 2: 1, 3: 2}, {0}),
        ("ab", "", {}, set()),
    ],
)
def test_elements_find_their_counterparts(
    wanted: str, got: str, found: dict[int, int], moved: set[int]
) -> None:
    alignment = align(sequence(_texts(*wanted), ""), sequence(_texts(*got), ""))
    assert alignment.found == found
    assert alignment.expected == {got: wanted for wanted, got in found.items()}
    assert alignment.moved == moved
