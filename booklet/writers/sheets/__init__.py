"""A Job with its finished print in, sheets to print and fold out: for paper, and no claim else.

Sheets lose what makes a PDF readable by ear, so they are never the only edition of a booklet.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pikepdf

from booklet.editions import Artifact, Job, Written, landscape
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.words import words_for
from booklet.writers.sheets import guide
from booklet.writers.sheets.order import MOST_SHEETS, Sheet, bundles, impose
from booklet.writers.sheets.place import Plan, place

MOST_PAGES = 20
"""A folded booklet of more pages does not stay flat: a spiral suits it better."""


def write(job: Job) -> Written:
    """Lay the pages of the print on sheets, two a side, at full size, after a sheet to test with.

    Returns warnings when the booklet is thick. Raises ValueError when the job has no parent or
    the parent's pages are no multiple of four.
    """
    meta = job.cleared.booklet.meta
    words, row = words_for(meta.language), job.edition
    if words is None or job.parent is None or row.sheet is None:
        raise ValueError(f"{row.id} lacks words, the print it is made of, or a sheet")
    sheets = impose(_pages(job.parent.data), from_right=meta.direction == "rtl")
    title = words.fill("sheets_title", title=meta.title)
    about = guide.Booklet(meta.title, title, job.parent.name)
    first = guide.guide(job, words, about, sheets)
    plan = Plan(sheets, landscape(row.sheet), job.caliper, title)
    data = place(job.parent.data, first, plan)
    artifact = Artifact(
        row,
        job.name,
        row.media_type,
        data,
        hashlib.sha256(data).hexdigest(),
        made_from=row.made_from,
        pages=guide.PAGES + 2 * len(sheets),
    )
    return Written(artifact, tuple(_advice(job, sheets)))


def _pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _advice(job: Job, sheets: tuple[Sheet, ...]) -> Iterator[Finding]:
    """Warn of a booklet that is too thick to be stapled on its fold, or even to be folded."""
    place_ = Span(f"{job.cleared.booklet.meta.id}/{job.name}")
    if len(sheets) > MOST_SHEETS:
        message = (
            f"{len(sheets)} sheets are too many to be folded in one: they are laid out as"
            f" {len(bundles(len(sheets)))} bundles, for a print shop to glue."
        )
        yield found("SHEET-002", place_, message)
    elif 4 * len(sheets) > MOST_PAGES:
        message = f"The folded booklet has {4 * len(sheets)} pages on {len(sheets)} sheets."
        yield found("SHEET-001", place_, message)
