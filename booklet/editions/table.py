"""The edition table: data only. Each size stands here once, with its source.

The CSS is filled from these rows and ``verify`` measures the finished file against them.
Sources: APH = American Printing House large-print guidelines; ACB = American Council of the
Blind, 6 May 2025; UKAAF = MS03/G003; RNIB; WCAG = WCAG 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from booklet.editions.paper import PAPERS, SHEETS, Paper
from booklet.editions.rows import Edition, Limits, Margins, Preset, Type

# clear 14: RNIB clear print, 14 recommended. large 18: APH >= 18, ACB 18, UKAAF "ideally 18", RNIB
# large 16-22. giant 24: RNIB. Headings 24/22/20 bold for 18: APH 22/20; the others in proportion.
# aph 18.5: at this size the x-height of Atkinson Hyperlegible is the 3.2 mm that APH asks for;
# leading 1.25 and its aim of 39-43 letters a line. acb: 18 points, one inch on every side.
# leading 1.5: Vision Australia; floor 1.25: APH.
CLEAR = Preset("clear", "Clear print", "clear-print", Type(14, 14, 20, 18, 16, 36, 1.5, 1.25))
LARGE = Preset("large", "Large print", "large-print", Type(18, 18, 24, 22, 20, 44, 1.5, 1.25))
GIANT = Preset("giant", "Giant print", "giant-print", Type(24, 24, 32, 29, 26, 54, 1.5, 1.25))
APH = Preset(
    "aph",
    "Large print after APH",
    "large-print-APH",
    Type(18.5, 18.5, 24, 22, 20, 44, 1.25, 1.25),
    margin=25.4,
    characters=48,
)
ACB = Preset(
    "acb",
    "Large print after ACB",
    "large-print-ACB",
    Type(18, 18, 24, 22, 20, 44, 1.5, 1.25),
    margin=25.4,
)
PRESETS = (LARGE, CLEAR, GIANT, APH, ACB)
"""The usual one first: a file of which only the paper is known is held to it."""

# WCAG 1.4.6 (AAA).
_CONTRAST = 7.0
# Millimetres a letter for each point of type: measured on the sample, Atkinson Hyperlegible at 18
# points sets plain prose so that no line of 150 mm passes 60 letters.
LETTER_WIDTH = 150 / 60 / 18
_BINDING = 5.0
# Millimetres in a point; and of the last page's foot: the quarter inch that home printers leave
# white, how far a digit reaches below its upper edge in sizes of its type, and the least gap.
_POINT = 25.4 / 72
_UNPRINTED, _DIGIT, _GAP = 6.35, 0.85, 2.5

FEWEST_CHARACTERS = 20
"""Below about 20 letters a line, words fall apart into a column of their own."""
FEWEST_WORDS = 100
"""A disclaimer that says what it must takes about 100 words, and has one page."""
# Seven letters for each word with its space, and a ragged edge that leaves a tenth of a line.
_LETTERS_A_WORD = 7 / 0.9
# The title with its line, and the gaps between four paragraphs.
_LINES_FOR_TITLE = 4


@dataclass(frozen=True, slots=True)
class Room:
    """What a preset leaves on a paper: letters on a full line, words on the disclaimer's page."""

    characters: int
    words: int


def room(preset: Preset, paper: Paper) -> Room:
    """Return how much goes on a line, and on the last page at its tightest."""
    sizes, last = preset.type, _last(preset, paper)
    letter = LETTER_WIDTH * sizes.body
    height = paper.height - last.head - last.foot
    lines = height / (sizes.floor * sizes.leading_floor * _POINT) - _LINES_FOR_TITLE
    widest = int((paper.width - 2 * last.side - _BINDING) / letter)
    words = int(lines * widest / _LETTERS_A_WORD)
    return Room(int(_column(preset, paper, paper.margin) / letter), words)


def refusal(preset: Preset, paper: Paper) -> str:
    """Return why this print is not offered on this paper, or nothing when it is."""
    left = room(preset, paper)
    if left.characters < FEWEST_CHARACTERS:
        return f"only {left.characters} letters would fit on a line"
    if left.words < FEWEST_WORDS:
        return f"only about {left.words} words of the disclaimer would fit on its page"
    return ""


def _column(preset: Preset, paper: Paper, margin: float) -> float:
    """The width of the text in millimetres: as wide as margin and line length allow."""
    widest = preset.characters * LETTER_WIDTH * preset.type.body
    return min(widest, paper.width - 2 * max(preset.margin, margin) - _BINDING)


def _side(preset: Preset, paper: Paper, margin: float) -> float:
    """The margin at either side: more than the least where the lines would grow too long."""
    return (paper.width - _column(preset, paper, margin) - _BINDING) / 2


def _last(preset: Preset, paper: Paper) -> Margins:
    """Return the least margins of the last page; at its foot the page number keeps its place."""
    least = max(preset.margin, paper.last_margin)
    number = _UNPRINTED + _DIGIT * preset.type.body * _POINT + _GAP
    return Margins(_side(preset, paper, paper.last_margin), least, max(least, number), _GAP)


def _print(preset: Preset, paper: Paper, *, fold: bool = False) -> Edition:
    """Return the row of a preset on a paper; with ``fold`` the one that sheets are made from."""
    least = max(preset.margin, paper.margin)
    folded = fold or paper.is_small
    return Edition(
        id=f"{preset.id}-{paper.id}{'-fold' if fold else ''}",
        family=preset.id,
        format="pdf",
        name=f"{preset.name}, {paper.name}{', to be folded' if fold else ''}",
        suffix=f"{preset.suffix}-{paper.name}{'-fold' if fold else ''}",
        media_type="application/pdf",
        styles=("base.css", "print.css", *(("small-page.css",) if paper.is_small else ())),
        paper=paper,
        type=preset.type,
        limits=Limits(_CONTRAST, 60, least),
        margin=_side(preset, paper, paper.margin),
        binding=_BINDING,
        block_margin=max(preset.margin, paper.block_margin),
        foot=paper.foot,
        last=_last(preset, paper),
        multiple=4 if folded else 1,
        default=preset is LARGE and not folded,
        for_folding=fold,
    )


def _sheets(pages: Edition, page: Paper) -> Edition:
    """Return the row of the sheets that a printed row is folded from: for paper alone."""
    sheet = next(each for each in SHEETS if each.id == page.sheet)
    return Edition(
        id=f"{pages.family}-{page.id}-sheets",
        family=pages.family,
        format="sheets",
        name=f"{pages.name.removesuffix(', to be folded')} pages on {sheet.name} sheets to fold",
        suffix=f"{pages.suffix.removesuffix('-fold')}-on-{sheet.name}",
        media_type="application/pdf",
        styles=("base.css", "sheets.css"),
        made_from=pages.id,
        paper=page,
        type=pages.type,
        sheet=sheet,
        mark="PRINT-ONLY",
        for_folding=True,
    )


def _grey(colour: Edition) -> Edition:
    """Return the row of the same pages in shades of grey."""
    return replace(
        colour,
        id=f"{colour.id}-grey",
        family="grey",
        name=f"{colour.name}, black and white",
        suffix=f"{colour.suffix}-grey",
        made_from=colour.id,
        default=False,
        ink="grey",
    )


def _press(pages: Edition) -> Edition:
    """Return the row of the same pages for a print shop: with bleed and crop marks, in one ink."""
    return replace(
        pages,
        id=f"{pages.id.removesuffix('-fold')}-press",
        format="press",
        name=f"{pages.name.removesuffix(', to be folded')}, for a print shop",
        suffix=pages.suffix.removesuffix("-fold"),
        styles=(*pages.styles, "press.css"),
        made_from=pages.id,
        mark="PRESS",
        default=False,
        ink="grey",
        for_folding=True,
    )


EPUB = Edition(
    id="epub",
    family="epub",
    format="epub",
    name="E-book (EPUB)",
    suffix="ebook",
    media_type="application/epub+zip",
    styles=("epub.css",),
    made_from="large-a4",
    default=True,
    ending="epub",
)

_OFFERED = tuple(
    (preset, paper) for preset in PRESETS for paper in PAPERS if not refusal(preset, paper)
)
_FOLDED = tuple(
    (_print(preset, paper, fold=not paper.is_small), paper) for preset, paper in _OFFERED
)
EDITIONS: tuple[Edition, ...] = (
    *(_print(preset, paper) for preset, paper in _OFFERED),
    *(_grey(_print(preset, paper)) for preset, paper in _OFFERED if preset is LARGE),
    EPUB,
    *(row for row, paper in _FOLDED if not paper.is_small),
    *(_sheets(row, paper) for row, paper in _FOLDED),
    *(_press(row) for row, _ in _FOLDED if row.family == LARGE.id),
)
DEFAULTS = tuple(row for row in EDITIONS if row.default)
"""What is made when nobody says which: large print on both full papers, and the e-book."""


def edition(edition_id: str) -> Edition:
    """Return the row with this id. Raises KeyError when there is none."""
    for row in EDITIONS:
        if row.id == edition_id:
            return row
    raise KeyError(edition_id)
