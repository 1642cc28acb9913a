"""A Job in, a finished file out: one writer for each format."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from booklet.editions import Job, Written


def write(job: Job) -> Written:
    """Write one edition in memory.

    Raises MachineError when the layout engine is missing or complains.
    """
    with _collector_resting():
        return _write(job)


def _write(job: Job) -> Written:
    # Imported late: an e-book needs no layout engine, and loading one takes most of a second.
    if job.edition.format == "pdf":
        from booklet.writers import pdf

        return pdf.write(job)
    if job.edition.format == "sheets":
        from booklet.writers import sheets

        return sheets.write(job)
    if job.edition.format == "press":
        from booklet.writers import press

        return press.write(job)
    from booklet.writers import epub

    return epub.write(job)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """While this lasts, the collector of circular garbage does not run in this process.

    The engine makes a million objects that live until their pages are written, and the collector
    walks them again and again: a tenth of the time of a short booklet, a quarter of a long one's.
    What it would have found on the way is a seventh of the memory of a booklet of 150 pages.
    ``garbage.looked_for_rarely`` around the whole job is not enough: without this rest, one
    booklet takes 3 % more time and 10 MB more.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
