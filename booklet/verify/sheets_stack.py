"""Sheets as they leave the printer in, the pages as a reader turns them out: paper, folded.

A model of paper, not of a formula: a leaf has two faces, a pile is a list of leaves from top to
bottom, to turn a leaf over is to swap its faces, and to fold is to lay one half of a pile, turned
over and so in the opposite order, upon the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Page = int | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One half of a sheet: what is seen from above, and what is on its other face."""

    above: Page
    below: Page


Pile = list[Leaf]
Side = tuple[Page, Page]


def turned(pile: Pile) -> Pile:
    """Turn a pile over: what was at the bottom lies on top, and each face looks the other way."""
    return [Leaf(leaf.below, leaf.above) for leaf in reversed(pile)]


def halves(sheets: Sequence[tuple[Side, Side]]) -> tuple[Pile, Pile]:
    """Lay printed sheets (front, back) down, backs up, the last on top; return both halves.

    The printer turns each sheet about its short edge: behind the left of the front is the right of
    the back.
    """
    left, right = Pile(), Pile()
    for (front_left, front_right), (back_left, back_right) in sheets:
        left.insert(0, Leaf(above=back_left, below=front_right))
        right.insert(0, Leaf(above=back_right, below=front_left))
    return left, right


def folded(sheets: Sequence[tuple[Side, Side]], *, from_right: bool) -> list[Page]:
    """Fold one bundle and return its pages from the front cover to the back cover.

    The half with the front cover is folded over the other: from the left for a booklet that is read
    from left to right, so that its fold is at the left; else from the right.
    """
    left, right = halves(sheets)
    over, under = (right, left) if from_right else (left, right)
    return [face for leaf in (*turned(over), *under) for face in (leaf.above, leaf.below)]


def bound(bundles: Sequence[Sequence[tuple[Side, Side]]], *, from_right: bool) -> list[Page]:
    """Fold each bundle by itself and lay them behind one another."""
    return [page for bundle in bundles for page in folded(bundle, from_right=from_right)]
