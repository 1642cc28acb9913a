"""A booklet's parts in, its pages laid out to a number that can be folded out.

Pages to write on fill up. They stand before the back matter, so that the disclaimer is the last
page and, once folded, the outside of the back. They are part of the layout: every number that
names a page counts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from booklet.editions import Job
from booklet.errors import MachineError
from booklet.words import words_for
from booklet.writers.html import Part, PartKind, spare_notes
from booklet.writers.pdf.engine import Layout

Parts = tuple[Part, ...]
LayOut = Callable[[Parts], Layout]
LEAST_GAP = 10.0
"""Millimetres between lines to write on, at the least (house rule): so many lines cannot fit."""


def longest(job: Job, parts: Parts) -> Parts:
    """Return the parts with a page to write on, if there may be one: for the letters in it."""
    return _filled(job, parts, 1, 0) if job.edition.multiple > 1 else parts


def even(job: Job, parts: Parts, lay_out: LayOut) -> tuple[Parts, Layout]:
    """Lay out the booklet so that its pages are a multiple of the edition's.

    Raises MachineError when no number of added pages below the multiple makes it so: page numbers
    in the text can grow by a digit and move a line.
    """
    layout = lay_out(parts)
    multiple = job.edition.multiple
    missing = -layout.page_count % multiple
    if not missing:
        return parts, layout
    lines = _lines(job, lay_out)
    for pages in (missing, *(n for n in range(1, multiple) if n != missing)):
        filled = _filled(job, parts, pages, lines)
        layout = lay_out(filled)
        if layout.page_count % multiple == 0:
            return filled, layout
    raise MachineError(f"the pages of {job.edition.name} cannot be made a multiple of {multiple}")


def _filled(job: Job, parts: Parts, pages: int, lines: int) -> Parts:
    """Put pages to write on behind the last chapter."""
    kinds = [part.kind for part in parts]
    behind = len(kinds) - kinds[::-1].index(PartKind.CHAPTER)
    added = (_page(job, number, lines) for number in range(1, pages + 1))
    return (*parts[:behind], *added, *parts[behind:])


def _page(job: Job, number: int, lines: int) -> Part:
    language = job.cleared.booklet.meta.language
    words = words_for(language)
    if words is None:
        raise ValueError(f"no words for language {language}")
    return spare_notes(words, number, lines)


def _lines(job: Job, lay_out: LayOut) -> int:
    """Return how many lines to write on fill one page of this edition."""
    if job.edition.paper is None:
        raise ValueError(f"edition {job.edition.id} is not for print")
    tried = range(1, int(job.edition.paper.height / LEAST_GAP))
    lines = bisect_right(tried, 1, key=lambda n: lay_out((_page(job, 1, n),)).page_count)
    if not lines:
        raise MachineError(f"a page of {job.edition.name} has no room for a line to write on")
    return lines
