"""What the worker process does: a Job or a finished file goes in, what the preview shows comes out.

Each function is one stage, short enough that a newer change of the source need not wait long.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass

from booklet.editions import Artifact, Job, Written
from booklet.findings import Finding
from booklet.words import words_for


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of an e-book: its place in the ZIP, its title, and its words."""

    path: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Ebook:
    """An opened e-book. ``files`` are its bytes, ``types`` their media types, by place."""

    artifact: Artifact
    files: dict[str, bytes]
    types: dict[str, str]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page: its number, its size in points, and what is heard of it, a line each."""

    label: str
    width: float
    height: float
    heard: tuple[str, ...] = ()


def warm() -> None:
    """Load what the stages need, so that the first of them does not wait for it."""
    from booklet import transcript, verify, writers
    from booklet.writers import epub, pdf

    del transcript, verify, writers, epub, pdf
    # What was loaded stays for good: it need not be looked through for what can be thrown away.
    gc.collect()
    gc.freeze()


def write(job: Job) -> Written:
    """Write one edition. Raises MachineError when the layout engine complains."""
    from booklet import writers

    return writers.write(job)


def sheets(artifact: Artifact) -> tuple[Sheet, ...]:
    """Return the pages of a finished PDF with their sizes, before anybody has listened to it."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(artifact.data)
    try:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    finally:
        document.close()
    labels = [start.label for start in artifact.page_map]
    if len(labels) != len(sizes):
        labels = [str(number) for number in range(1, len(sizes) + 1)]
    return tuple(
        Sheet(label, width, height) for label, (width, height) in zip(labels, sizes, strict=True)
    )


def hear(artifact: Artifact, language: str, labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what a screen reader is given to say of each page of a finished PDF."""
    from booklet.transcript import transcribe_pdf

    return by_page(transcribe_pdf(artifact.data), language, labels)


def by_page(transcript: str, language: str, labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Part a transcript into the lines of each page; words that go on belong to both."""
    words = words_for(language) or words_for("en")
    if words is None:
        raise LookupError("there is no table of English words")
    keys = ("hear_page", "hear_page_within", "hear_page_silent")
    pages: list[list[str]] = []
    for line in transcript.splitlines():
        turns = len(pages) < len(labels) and line in (
            words.fill(key, number=labels[len(pages)]) for key in keys
        )
        if turns:
            pages.append([])
        elif pages and line != words["hear_end"]:
            pages[-1].append(line)
    pages += [[] for _ in labels[len(pages) :]]
    return tuple(map(tuple, pages))


def open_ebook(job: Job, artifact: Artifact) -> Ebook:
    """Open a finished e-book as a reading app would. Raises UnreadableBookError."""
    from booklet.plan import expected
    from booklet.verify.epub_book import open_book, target, text

    book = open_book(artifact.data, expected(job.cleared.booklet, job.edition, job.name))
    titles: dict[str, str] = {}
    nav = book.nav()
    if nav is not None:
        path, tree = nav
        for link in tree.iter("{http://www.w3.org/1999/xhtml}a"):
            titles.setdefault(target(path, link.get("href", ""))[0], text(link))
    chapters = []
    for path in book.reading:
        if path in book.pages:
            page = book.pages[path]
            title = next(page.iter("{http://www.w3.org/1999/xhtml}title"), None)
            named = titles.get(path) or (text(title) if title is not None else path)
            # Words of neighbouring parts must not grow together, as they would in ``text``.
            chapters.append(Chapter(path, named, " ".join(map(str, page.itertext()))))
    types = {item.path: item.media_type for item in book.items}
    files = {path: book.files[path] for path in types if path in book.files}
    return Ebook(artifact, files, types, tuple(chapters))


def prove(job: Job, artifact: Artifact) -> tuple[Finding, ...]:
    """Measure a finished file as a build does, and return what is wrong with it."""
    from booklet import verify
    from booklet.plan import expectation

    return verify.verify(artifact, expectation(job)).findings
