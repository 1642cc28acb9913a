"""What is to be printed in; one sheet with a ruler and instructions for the person at the desk out.

Its back shows at a glance whether the printer turns the sheets the right way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.colour import HOUSE
from booklet.editions import Job, edition, landscape
from booklet.words import Words
from booklet.writers.pdf.css import accent_css, edition_css, font_css
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.values import with_values
from booklet.writers.sheets.order import Sheet, bundles

PAGES = 2
_MARGIN = 14.0
# The sheet must hold its words; less than this and lines run together (APH).
_LEADINGS = (1.5, 1.4, 1.3, 1.25)


@dataclass(frozen=True, slots=True)
class Booklet:
    """The words about one booklet: its ``title``, that of the file, and the file to read."""

    title: str
    file_title: str
    parent: str


def guide(job: Job, words: Words, about: Booklet, sheets: tuple[Sheet, ...]) -> bytes:
    """Return the two sides of the sheet as PDF. Raises ValueError when the words do not fit."""
    row, sheet = job.edition, job.edition.sheet
    if sheet is None or row.type is None:
        raise ValueError(f"edition {row.id} has no sheets")
    paper = landscape(sheet)
    html = (
        _environment()
        .get_template("guide.html")
        .render(
            words=words,
            language=words.language,
            direction=words.direction,
            title=about.file_title,
            booklet_title=about.title,
            paper=sheet.name,
            parent=about.parent,
            steps=_steps(words, about, sheets),
        )
    )
    points = frozenset(map(ord, html))
    clinic = job.cleared.booklet.clinic
    engine = Engine(Shelf.of((), points, (clinic.accent if clinic else None) or HOUSE))
    shape = replace(row, paper=paper, margin=_MARGIN, block_margin=_MARGIN)
    own = accent_css(clinic, edition(row.made_from))
    styles = with_values(
        (
            ("edition.css", edition_css(shape, words.direction, points)),
            *job.styles,
            ("clinic.css", own),
        )
    )
    fonts = ("fonts.css", font_css(points))
    for leading in _LEADINGS:
        closer = ("leading.css", f"html {{ line-height: {leading} }}")
        layout = engine.lay_out(html, (fonts, *styles, closer))
        if layout.page_count == PAGES:
            return layout.untagged(row.id.encode())
    raise ValueError(f"the instructions of {row.id} do not fit on one sheet")


def _steps(words: Words, about: Booklet, sheets: tuple[Sheet, ...]) -> tuple[tuple[str, str], ...]:
    """Return what to do, one thing after another: (name of a picture, words)."""
    last = PAGES + 2 * len(sheets)
    printing = words.fill(
        "sheets_print", first=str(PAGES + 1), last=str(last), sheets=str(len(sheets))
    )
    sizes = bundles(len(sheets))
    if len(sizes) > 1:
        counted = ", ".join(map(str, sizes))
        return (
            ("print", printing),
            ("pile", words.fill("sheets_bundles", bundles=str(len(sizes)), sizes=counted)),
            ("fold", words["sheets_bundles_fold"]),
            ("bind", words.fill("sheets_bundles_bind", parent=about.parent)),
            ("check", words["sheets_check"]),
        )
    low, high = sorted((sheets[-1].back.left, sheets[-1].back.right))
    return (
        ("print", printing),
        ("pile", words.fill("sheets_pile", low=str(low), high=str(high))),
        ("fold", words["sheets_fold"]),
        ("staple", words["sheets_staple"]),
        ("check", words["sheets_check"]),
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("booklet.writers.sheets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
