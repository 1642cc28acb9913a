"""A Job in, an accessible EPUB 3.3 out: one document a part, the disclaimer last."""

from __future__ import annotations

import hashlib

from booklet.editions import Artifact, Job, Written
from booklet.words import words_for
from booklet.writers.epub.cover import cover_image
from booklet.writers.epub.looks import look
from booklet.writers.epub.metadata import metadata
from booklet.writers.epub.package import bind
from booklet.writers.epub.pages import file_names, pages
from booklet.writers.html import Links, PartKind, Rendered, render


def write(job: Job) -> Written:
    """Write one booklet as EPUB; its cover is a picture of the parent's first page.

    Raises ValueError when the Job has no parent or the language no words: the caller's mistake.
    """
    booklet = job.cleared.booklet
    files = file_names(render(booklet, Links()).parts)
    return Written(bound(job, render(booklet, Links(files)), files))


def bound(job: Job, rendered: Rendered, files: dict[str, str]) -> Artifact:
    """Bind rendered parts; ``files`` holds the file of every id. Raises ValueError as ``write``."""
    words = words_for(job.cleared.booklet.meta.language)
    if job.parent is None or words is None:
        raise ValueError("an e-book needs the printed edition and a language with words")
    if rendered.parts[-1].kind is not PartKind.DISCLAIMER:
        raise ValueError("the disclaimer is not the last part")
    documents = pages(job, rendered, files, words)
    rows = metadata(job, look(documents, rendered.assets), words)
    data = bind(job, documents, rendered.assets, cover_image(job.parent.data), rows)
    digest = hashlib.sha256(data).hexdigest()
    return Artifact(
        job.edition,
        job.name,
        job.edition.media_type,
        data,
        digest,
        made_from=job.parent.edition.id,
    )
