"""An edition in, the ways to set the pages that must fit (cover, emergency, disclaimer) out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.editions import EDITIONS, Edition, Margins
from booklet.writers.pdf.fonts import width

# First the lines of the disclaimer move closer, from the edition's own leading down to its floor;
# then its margins give way, in equal steps: never the size of the letters.
_LEADING_STEP = 0.05
_MARGIN_STEPS = 4
# Points by which the title on the cover is made smaller until the cover is one page.
_COVER_STEP = 2


@dataclass(frozen=True, slots=True)
class LastPage:
    """How close the disclaimer is set: ``leading`` is a factor of the type size."""

    leading: float
    margins: Margins


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """How close the emergency box is set: ``gap`` is in points, drawn for 18 points of type.

    With ``is_whole`` it has a page to itself; else it goes on, and the text follows it.
    """

    leading: float
    gap: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """How the pages that must fit are set. ``cover`` is the size of its title in points."""

    last: LastPage
    emergency: EmergencyPage
    cover: float = 0.0


def last_pages(edition: Edition) -> tuple[LastPage, ...]:
    """Return the ways to set the last page, from the most open to the closest.

    Raises ValueError when the row is not for print.
    """
    sizes = edition.type
    if sizes is None or edition.last is None:
        raise ValueError(f"edition {edition.id} has no last page")
    usual = Margins(edition.margin, edition.block_margin, edition.block_margin, edition.foot)
    leadings = range(round((sizes.leading - sizes.leading_floor) / _LEADING_STEP) + 1)
    shares = (step / _MARGIN_STEPS for step in range(1, _MARGIN_STEPS + 1))
    return (
        *(LastPage(round(sizes.leading - _LEADING_STEP * n, 2), usual) for n in leadings),
        *(LastPage(sizes.leading_floor, _between(usual, edition.last, n)) for n in shares),
    )


def _between(wide: Margins, narrow: Margins, share: float) -> Margins:
    """Return margins on the way from the usual to the least ones; ``share`` is 0 to 1."""
    pairs = (
        (wide.side, narrow.side),
        (wide.head, narrow.head),
        (wide.foot, narrow.foot),
        (wide.gap, narrow.gap),
    )
    return Margins(*(here + (there - here) * share for here, there in pairs))


def emergency_pages() -> Iterator[EmergencyPage]:
    """Yield the ways to set the emergency box; the last one takes as many pages as it needs."""
    yield EmergencyPage(1.3, 9, is_whole=True)
    # The least leading of all guidelines that we follow (APH).
    yield EmergencyPage(1.25, 5, is_whole=True)
    yield EmergencyPage(1.3, 9, is_whole=False)


def cover_sizes(edition: Edition, title: str) -> tuple[float, ...]:
    """Return the sizes that a title may have on the cover, from the largest; at least one.

    None is so large that a word of the title would have to be broken, but for the size of a
    chapter's heading, the smallest. Raises ValueError when the row is not for print.
    """
    sizes, column = edition.type, edition.column * 72 / 25.4
    if sizes is None:
        raise ValueError(f"edition {edition.id} has no cover")
    widest = max(map(width, title.split()), default=0.0)
    steps = range(int((sizes.cover - sizes.h1) / _COVER_STEP) + 1)
    tried = (sizes.cover - _COVER_STEP * step for step in steps)
    return (*(size for size in tried if size * widest <= column), sizes.h1)


def printed() -> tuple[Edition, ...]:
    """Return the editions that a disclaimer may fit on or not."""
    return tuple(row for row in EDITIONS if row.format == "pdf" and not row.for_folding)
