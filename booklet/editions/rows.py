"""What a row of the edition table says: the shapes of its cells, with their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from booklet.editions.paper import Paper

Format = Literal["pdf", "epub", "sheets", "press"]


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in points, leading as a factor of the size.

    ``floor`` is the smallest size anything may be printed at; ``leading_floor`` is what a page
    that must fit (the disclaimer) may tighten to, never below.
    """

    body: float
    floor: float
    h1: float
    h2: float
    h3: float
    cover: float
    leading: float
    leading_floor: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What verification holds the finished pages to.

    ``contrast`` is a WCAG ratio; ``characters`` the longest line; ``margin`` in millimetres.
    """

    contrast: float
    characters: int
    margin: float


@dataclass(frozen=True, slots=True)
class Preset:
    """One size of print for one need, on any paper that it fits on.

    ``suffix`` is what its files are called; ``margin`` is the least margin in millimetres that
    its guideline asks for whatever the paper, or 0 where the paper's own will do; ``characters``
    is how many letters a full line may have (APH: 60 at most).
    """

    id: str
    name: str
    suffix: str
    type: Type
    margin: float = 0.0
    characters: int = 60


@dataclass(frozen=True, slots=True)
class Margins:
    """Millimetres of a page left free: at the ``side``, above (``head``) and below (``foot``).

    The binding has its own share. ``gap`` is what stands between the text and the page number.
    """

    side: float
    head: float
    foot: float
    gap: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One row of the table.

    ``made_from`` names the edition whose finished file this one needs, or is empty.
    ``suffix`` is the end of the file name, without the ending. In millimetres: ``margin`` at the
    sides, ``binding`` more at the bound edge, ``block_margin`` above and below, ``foot`` between
    the text and the page number. The number of pages is a multiple of ``multiple``: pages to
    write on are added before the back matter. ``last`` is how far the last page, and no other, may
    give up its margins when its disclaimer would not fit. ``default`` rows are made when nobody
    says which.
    ``sheet`` is the paper on which two pages lie side by side, for rows that are to be folded.
    File names end in ``mark``, if there is one, and ``ending``. Rows ``for_folding`` are made
    only when they are asked for by name, with sheets to fold or for a press. ``ink`` is what it is
    printed with: shades of grey are measured again, for what a colour told must still be told.
    """

    id: str
    family: str
    format: Format
    name: str
    suffix: str
    media_type: str
    styles: tuple[str, ...]
    made_from: str = ""
    paper: Paper | None = None
    type: Type | None = None
    limits: Limits | None = None
    margin: float = 0.0
    binding: float = 0.0
    block_margin: float = 0.0
    foot: float = 0.0
    last: Margins | None = None
    multiple: int = 1
    default: bool = False
    sheet: Paper | None = None
    mark: str = ""
    ending: str = "pdf"
    for_folding: bool = False
    ink: Literal["colour", "grey"] = "colour"

    @property
    def is_for_paper(self) -> bool:
        """True for what a machine prints: it is not to be read, and claims nothing to readers."""
        return self.format in ("sheets", "press")

    @property
    def column(self) -> float:
        """The width of the text in millimetres, or 0 where pages have no size of their own."""
        return self.paper.width - 2 * self.margin - self.binding if self.paper else 0.0
