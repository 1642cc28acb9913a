"""The edition table: data only. Each size stands here once, with its source.

The CSS is filled from these rows and ``verify`` measures the finished file against them.
Sources: APH = American Printing House large-print guidelines; ACB = American Council of the
Blind, 6 May 2025; UKAAF = MS03/G003; RNIB; WCAG = WCAG 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from booklet.findings import Cleared, Finding
from booklet.model import Booklet

Format = Literal["pdf", "epub"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet size in millimetres (ISO 216; ANSI/ASME Y14.1)."""

    id: str
    name: str
    width: float
    height: float


A4 = Paper("a4", "A4", 210.0, 297.0)
LETTER = Paper("letter", "Letter", 215.9, 279.4)
PAPERS = (A4, LETTER)


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
class Edition:
    """One row of the table.

    ``made_from`` names the edition whose finished file this one needs, or is empty.
    ``suffix`` is the end of the file name, without the ending. In millimetres: ``margin`` at the
    sides, ``binding`` more at the bound edge, ``block_margin`` above and below.
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


# body and floor 18: APH >= 18, ACB 18, UKAAF "ideally 18", RNIB large 16-22.
# h1/h2/h3 24/22/20 bold: APH 22/20. leading 1.5: Vision Australia; floor 1.25: APH.
LARGE_TYPE = Type(body=18, floor=18, h1=24, h2=22, h3=20, cover=44, leading=1.5, leading_floor=1.25)
# contrast 7:1: WCAG 1.4.6 (AAA). 60 characters: APH upper limit. 25 mm: ACB (1 inch).
LARGE_LIMITS = Limits(contrast=7.0, characters=60, margin=25.0)


# Millimetres: measured on the sample, Atkinson Hyperlegible at 18 pt sets plain prose at 2.5 mm a
# letter, so that no line passes 60.
_COLUMN = 150.0
_BINDING = 5.0


def _large(paper: Paper) -> Edition:
    return Edition(
        id=f"large-print-{paper.id}",
        family="large-print",
        format="pdf",
        name=f"Large print, {paper.name}",
        suffix=f"large-print-{paper.name}",
        media_type="application/pdf",
        styles=("base.css", "large-print.css"),
        paper=paper,
        type=LARGE_TYPE,
        limits=LARGE_LIMITS,
        margin=(paper.width - _COLUMN - _BINDING) / 2,
        binding=_BINDING,
        block_margin=25.0,
    )


EPUB = Edition(
    id="epub",
    family="epub",
    format="epub",
    name="E-book (EPUB)",
    suffix="ebook",
    media_type="application/epub+zip",
    styles=("epub.css",),
    made_from="large-print-a4",
)

EDITIONS: tuple[Edition, ...] = (_large(A4), _large(LETTER), EPUB)


def edition(edition_id: str) -> Edition:
    """Return the row with this id. Raises KeyError when there is none."""
    for row in EDITIONS:
        if row.id == edition_id:
            return row
    raise KeyError(edition_id)


# ------------------------------------------------------- what passes between the stages


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: its number, the part it begins in, and how far into that part.

    ``part`` is the id of a part; ``letters`` counts what stands in the part before the page's first
    whole word: each character that is no white space, and each picture as one. Words that a style
    adds are not counted. It is the part's whole count when nothing of the page is a word.
    """

    label: str
    part: str
    letters: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file in memory. ``made_from`` names the parent edition, or is empty.

    ``page_map`` says where each page of a printed edition begins, in order.
    """

    edition: Edition
    name: str
    media_type: str
    data: bytes
    sha256: str
    made_from: str = ""
    pages: int = 0
    page_map: tuple[PageStart, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """All that a writer needs, self-contained: a pure worker makes an Artifact of it.

    ``name`` is the output file name; ``styles`` are (file name, CSS) pairs in cascade order;
    ``parent`` is the finished file this edition is made from, if the table names one.
    """

    cleared: Cleared
    edition: Edition
    name: str
    styles: tuple[tuple[str, str], ...]
    parent: Artifact | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer returns: an Artifact, or the findings that forbid one."""

    artifact: Artifact | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a finished file must hold, in plain words, for a verifier that knows no model.

    ``disclaimer_text`` is the words of the disclaimer paragraphs, single-spaced. ``booklet`` is the
    source that the file must be true to; without it, fidelity is not checked. ``certified_by`` is
    who signed for this edition of this content; while it is empty the file may claim no standard.
    ``page_starts`` are the number and the first words of each page of the finished print that the
    file is made from, and ``page_source`` the name of that print; empty when it is not at hand.
    """

    edition: Edition
    file: str
    title: str
    language: str
    direction: str
    disclaimer_title: str
    disclaimer_text: str
    has_undescribed_picture: bool = False
    booklet: Booklet | None = None
    certified_by: str = ""
    page_starts: tuple[tuple[str, str], ...] = ()
    page_source: str = ""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """One measurement or outside tool: ``outcome`` is passed, failed or not checked."""

    tool: str
    outcome: Literal["passed", "failed", "not checked"]
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finished file with what was found in it and by what."""

    artifact: Artifact
    findings: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]
