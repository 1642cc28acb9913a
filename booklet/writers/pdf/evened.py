"""A booklet in, its pages laid out to a multiple that can be folded: pages to write on fill up.

They stand before the back matter, so that the disclaimer is the last page and, once folded, the
outside of the back. They are part of the layout: every number that names a page counts them.
"""

from __future__ import annotations

from collections.abc import Callable

from booklet.editions import Job
from booklet.errors import MachineError
from booklet.model import Booklet
from booklet.writers.html import Links, Part, PartKind, Rendered, SpareNotes, render
from booklet.writers.pdf.engine import Layout

LayOut = Callable[[tuple[Part, ...]], Layout]
LEAST_GAP = 10.0
"""Millimetres between lines to write on, at the least (house rule): so many lines cannot fit."""


def sample(booklet: Booklet, multiple: int) -> Rendered:
    """Return the booklet with a page to write on, if it may need one: for its letters."""
    spare = SpareNotes(1, 1) if multiple > 1 else SpareNotes()
    return render(booklet, Links(), spare)


def even(job: Job, rendered: Rendered, lay_out: LayOut) -> tuple[Rendered, Layout]:
    """Lay out the booklet so that its pages are a multiple of the edition's.

    Raises MachineError when no number of added pages below the multiple makes it so: page numbers
    in the text can grow by a digit and move a line.
    """
    layout = lay_out(rendered.parts)
    multiple = job.edition.multiple
    missing = -layout.page_count % multiple
    if not missing:
        return rendered, layout
    lines = _lines(job, lay_out)
    for pages in (missing, *(n for n in range(1, multiple) if n != missing)):
        rendered = render(job.cleared.booklet, Links(), SpareNotes(pages, lines))
        layout = lay_out(rendered.parts)
        if layout.page_count % multiple == 0:
            return rendered, layout
    raise MachineError(f"the pages of {job.edition.name} cannot be made a multiple of {multiple}")


def _lines(job: Job, lay_out: LayOut) -> int:
    """Return how many lines to write on fill one page of this edition."""
    if job.edition.paper is None:
        raise ValueError(f"edition {job.edition.id} is not for print")
    most = int(job.edition.paper.height / LEAST_GAP)
    for lines in range(most, 0, -1):
        rendered = render(job.cleared.booklet, Links(), SpareNotes(1, lines))
        page = tuple(part for part in rendered.parts if part.kind is PartKind.SPARE_NOTES)
        if lay_out(page).page_count == 1:
            return lines
    raise MachineError(f"a page of {job.edition.name} has no room for a line to write on")
