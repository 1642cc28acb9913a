"""A Job in, a finished file out: one writer for each format."""

from __future__ import annotations

from booklet.editions import Job, Written


def write(job: Job) -> Written:
    """Write one edition in memory.

    Raises MachineError when the layout engine is missing or complains.
    """
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
