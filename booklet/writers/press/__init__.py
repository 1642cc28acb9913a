"""A Job in, single pages for a print shop out: PDF/X-4 in one ink, with bleed and crop marks.

The pages are laid out as those of the print that goes with them; a press shop lays them on its
own sheets.
"""

from __future__ import annotations

import hashlib

from booklet.editions import Artifact, Job, Written
from booklet.writers import pdf
from booklet.writers.pdf.grey import grey
from booklet.writers.press.finish import finish


def write(job: Job) -> Written:
    """Lay out the booklet with room to cut, in shades of one ink.

    Returns the findings that forbid the print, if there are any.
    """
    pages = pdf.lay_out(job)
    if not isinstance(pages, pdf.Pages):
        return Written(None, pages)
    meta = job.cleared.booklet.meta
    plain = pages.layout.untagged(pdf.identifier(job))
    data = finish(grey(plain), meta.title, meta.issued, pdf.identifier(job).decode())
    artifact = Artifact(
        job.edition,
        job.name,
        job.edition.media_type,
        data,
        hashlib.sha256(data).hexdigest(),
        made_from=job.edition.made_from,
        pages=pages.layout.page_count,
    )
    return Written(artifact)
