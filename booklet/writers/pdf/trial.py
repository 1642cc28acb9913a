"""A job and its parts in; out, how the pages that must fit have to be set."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.editions import Edition, Job
from booklet.resources import styles_dir
from booklet.writers.html import Part, PartKind
from booklet.writers.pdf.css import accent_css, edition_css, fitted_css, font_css
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fitting import (
    EmergencyPage,
    Fitted,
    LastPage,
    cover_sizes,
    emergency_pages,
    last_pages,
    printed,
)
from booklet.writers.pdf.page import document
from booklet.writers.pdf.values import Sheets, with_values

# The emergency box has no bearing on the disclaimer's page.
_ANY = next(emergency_pages())


def sheets(job: Job, row: Edition, points: frozenset[int], fitted: Fitted | None = None) -> Sheets:
    """Return the style sheets of an edition: the job's own or, to try the disclaimer, another.

    Only the last of them depends on how the pages are set that must fit.
    """
    booklet = job.cleared.booklet
    own = edition_css(row, booklet.meta.direction, points)
    accent = accent_css(booklet.clinic, row)
    folder = styles_dir()
    common = (
        job.styles
        if row == job.edition
        else tuple((name, folder.joinpath(name).read_text("utf-8")) for name in row.styles)
    )
    stated = with_values((("edition.css", own), *common, ("clinic.css", accent)))
    fit = fitted_css(fitted, row) if fitted else ""
    return (("fonts.css", font_css(points)), *stated, ("fitted.css", fit))


@dataclass(frozen=True, slots=True)
class Trial:
    """The parts that must fit on a page, each to be laid out by itself."""

    job: Job
    parts: tuple[Part, ...]
    engine: Engine
    points: frozenset[int]

    def __post_init__(self) -> None:
        if self.parts[-1].kind is not PartKind.DISCLAIMER:
            raise ValueError("the disclaimer is not the last part")

    def last_page(self) -> LastPage | None:
        """Return the most open way to set the last page that fits, or None."""
        tries = last_pages(self.job.edition)
        return next((tried for tried in tries if self._ends_with(tried, self.job.edition)), None)

    def fitted(self, last: LastPage) -> Fitted:
        """Return how the cover and the emergency box have to be set, too."""
        emergency = self.emergency(last)
        sizes = cover_sizes(self.job.edition, self.job.cleared.booklet.meta.title)
        covers = (Fitted(last, emergency, size) for size in sizes)
        return next(
            (tried for tried in covers if self._is_one_page(PartKind.COVER, tried)),
            Fitted(last, emergency, sizes[-1]),
        )

    def emergency(self, last: LastPage) -> EmergencyPage:
        """Return the most open way to set the emergency box that fits."""
        for tried in emergency_pages():
            if self._is_one_page(PartKind.EMERGENCY, Fitted(last, tried)):
                return tried
        return tried

    def editions_that_fit(self) -> tuple[str, ...]:
        """Return the ids of the printed editions that have room for the disclaimer."""
        return tuple(row.id for row in printed() if self._ends_with(last_pages(row)[-1], row))

    def _ends_with(self, last: LastPage, row: Edition) -> bool:
        """True when the disclaimer takes one page of an edition, set like this."""
        return self._is_one_page(PartKind.DISCLAIMER, Fitted(last, _ANY), row)

    def _is_one_page(self, kind: PartKind, fitted: Fitted, row: Edition | None = None) -> bool:
        alone = tuple(part for part in self.parts if part.kind is kind)
        page = document(self.job.cleared.booklet, alone)
        styles = sheets(self.job, row or self.job.edition, self.points, fitted)
        return self.engine.lay_out(page, styles).page_count == 1
