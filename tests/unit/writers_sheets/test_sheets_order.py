"""Pages on sheets: each once, and in the order in which folded paper shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.verify.sheets_stack import Leaf, bound, folded, turned
from booklet.writers.sheets.order import MOST_SHEETS, Sheet, bundles, impose

NUMBERS = st.integers(1, 120).map(lambda sheets: 4 * sheets)


def paper(sheets: tuple[Sheet, ...]) -> list[list[tuple[tuple[int, int], tuple[int, int]]]]:
    """The sheets as they come out of the printer, divided into bundles."""
    sides = [((s.front.left, s.front.right), (s.back.left, s.back.right)) for s in sheets]
    piles, start = [], 0
    for size in bundles(len(sheets)):
        piles.append(sides[start : start + size])
        start += size
    return piles


@given(NUMBERS, st.booleans())
def test_each_page_is_printed_once(pages: int, from_right: bool) -> None:
    sheets = impose(pages, from_right=from_right)
    sides = [side for sheet in sheets for side in (sheet.front, sheet.back)]
    printed = [page for side in sides for page in (side.left, side.right)]
    assert sorted(printed) == list(range(1, pages + 1))
    assert len(sheets) == pages // 4


@given(NUMBERS, st.booleans())
def test_folded_paper_reads_from_the_first_page_to_the_last(pages: int, from_right: bool) -> None:
    piles = paper(impose(pages, from_right=from_right))
    assert bound(piles, from_right=from_right) == list(range(1, pages + 1))


@given(NUMBERS)
def test_folded_to_the_wrong_side_the_booklet_begins_with_its_last_page(pages: int) -> None:
    piles = paper(impose(pages))
    for pile in piles:
        there = folded(pile, from_right=False)
        assert folded(pile, from_right=True) == there[::-1]


@given(NUMBERS)
def test_odd_pages_are_right_hand_pages_and_read_from_the_right_left_hand(pages: int) -> None:
    for from_right in (False, True):
        for sheet in impose(pages, from_right=from_right):
            for side in (sheet.front, sheet.back):
                odd, even = (side.left, side.right) if from_right else (side.right, side.left)
                assert (odd % 2, even % 2) == (1, 0)


@given(st.integers(1, 300))
def test_bundles_hold_all_sheets_and_can_be_folded(sheets: int) -> None:
    sizes = bundles(sheets)
    assert sum(sizes) == sheets
    if sheets > MOST_SHEETS:
        assert {4, 5} >= set(sizes)
    else:
        assert len(sizes) == 1


@given(NUMBERS, st.booleans())
def test_depth_counts_the_sheets_around_a_sheet_in_its_bundle(pages: int, from_right: bool) -> None:
    depths = [sheet.depth for sheet in impose(pages, from_right=from_right)]
    assert depths == [depth for size in bundles(pages // 4) for depth in range(size)]


@pytest.mark.parametrize("pages", [0, -4, 1, 2, 3, 5, 6, 7, 39])
def test_what_cannot_be_folded_is_refused(pages: int) -> None:
    with pytest.raises(ValueError, match="multiple of four"):
        impose(pages)


def test_a_booklet_of_eight_pages_as_paper_shows_it() -> None:
    first, second = impose(8)
    assert (first.front.left, first.front.right) == (8, 1)
    assert (first.back.left, first.back.right) == (2, 7)
    assert (second.front.left, second.front.right) == (6, 3)
    assert (second.back.left, second.back.right) == (4, 5)


def test_a_pile_turned_over_twice_is_as_before() -> None:
    pile = [Leaf(1, 2), Leaf(3, 4), Leaf(None, 5)]
    assert turned(pile) == [Leaf(5, None), Leaf(4, 3), Leaf(2, 1)]
    assert turned(turned(pile)) == pile
