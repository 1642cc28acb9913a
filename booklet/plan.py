"""From a cleared booklet to jobs, in the order they need, and the pure work on one job.

A worker process runs ``make``: a Job goes in, Made comes out, and nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

from booklet import criteria
from booklet.editions import (
    CALIPER,
    EDITIONS,
    Artifact,
    Edition,
    Expectation,
    Job,
    Made,
    edition,
)
from booklet.errors import HaltError
from booklet.findings import Cleared, blocks_build
from booklet.garbage import looked_for_rarely
from booklet.model import Booklet, plain_text
from booklet.output import file_name
from booklet.resources import styles_dir
from booklet.stopwatch import Watch


def waves(asked: Iterable[Edition]) -> tuple[tuple[Edition, ...], ...]:
    """Return the editions asked for and those they are made from, parents in earlier waves."""
    depths: dict[str, int] = {}
    for row in asked:
        line = [row]
        while line[-1].made_from:
            line.append(edition(line[-1].made_from))
        depths |= {ancestor.id: depth for depth, ancestor in enumerate(reversed(line))}
    return tuple(
        tuple(row for row in EDITIONS if depths.get(row.id) == depth)
        for depth in sorted(set(depths.values()))
    )


def put_out(asked: Iterable[Edition]) -> tuple[Edition, ...]:
    """Return what is put out when these are asked for, in table order.

    Sheets to fold serve nobody who reads on a screen: the print they are made of goes with them.
    """
    rows = tuple(asked)
    wanted = {row.id for row in rows} | {row.made_from for row in rows if row.is_for_paper}
    return tuple(row for row in EDITIONS if row.id in wanted)


def plan(
    cleared: Cleared, row: Edition, parent: Artifact | None, caliper: float = CALIPER
) -> Job | None:
    """Return the job for one edition; None when the edition it is made from could not be."""
    if row.made_from and parent is None:
        return None
    meta, clinic, folder = cleared.booklet.meta, cleared.booklet.clinic, styles_dir()
    return Job(
        cleared=cleared,
        edition=row,
        name=file_name(
            meta.id,
            meta.language,
            row.suffix,
            clinic.id if clinic else None,
            row.ending,
            row.mark,
        ),
        styles=tuple((name, folder.joinpath(name).read_text("utf-8")) for name in row.styles),
        parent=parent,
        caliper=caliper,
    )


def expectation(job: Job) -> Expectation:
    """Return what the finished file of this job must hold; a parent's pages are read anew."""
    wanted = expected(job.cleared.booklet, job.edition, job.name)
    return with_pages(wanted, job.parent.name, job.parent.data) if job.parent else wanted


def with_pages(wanted: Expectation, name: str, data: bytes) -> Expectation:
    """Add what each page of the finished print begins with; ``name`` is that of its file."""
    # Imported here, for reading and checking must work where no renderer is installed.
    from booklet.verify.page_starts import page_starts

    return replace(wanted, page_starts=page_starts(data), page_source=name, parent=data)


def expected(booklet: Booklet, row: Edition, name: str) -> Expectation:
    """Return what the file ``name`` with this edition of the booklet must hold."""
    words = " ".join(plain_text(words) for words in booklet.disclaimer.paragraphs)
    signature = criteria.signed(booklet, row.id, row.format)
    return Expectation(
        edition=row,
        file=f"{booklet.meta.id}/{name}",
        title=booklet.meta.title,
        language=booklet.meta.language,
        direction=booklet.meta.direction,
        disclaimer_title=booklet.disclaimer.title,
        disclaimer_text=" ".join(words.split()),
        booklet=booklet,
        certified_by=signature.signed_by if signature else "",
    )


def load(formats: Iterable[str]) -> None:
    """Load what makes and judges files of these formats; it takes most of a second.

    Raises HaltError where the renderer or a library of it is missing.
    """
    try:
        rooms = (f"{room}.{kind}" for kind in sorted(formats) for room in ("verify", "writers"))
        for name in ("transcript", *rooms):
            import_module(f"booklet.{name}")
    except (ImportError, OSError) as error:
        raise HaltError(
            f"a part of the program cannot be loaded: {error}",
            hint="Run python3 make_booklet.py doctor.",
        ) from error


@looked_for_rarely()
def make(job: Job) -> Made:
    """Write one edition and verify it. Raises HaltError when the renderer is missing."""
    watch = Watch()
    with watch.on("load"):
        load((job.edition.format,))
    # Imported here, for reading and checking must work where no renderer is installed.
    from booklet import verify, writers
    from booklet.transcript import TRANSCRIBERS
    from booklet.writers.versions import made_with

    with watch.on("write"):
        written = writers.write(job)
    if written.artifact is None:
        return Made(written.findings, took=watch.laps)
    with watch.on("verify"):
        verdict = verify.verify(written.artifact, expectation(job))
    findings = (*written.findings, *verdict.findings)
    if blocks_build(findings):
        return Made(findings, verdict, made_with(job.edition), took=watch.laps)
    # What claims nothing has no tags to be read aloud from.
    hear = TRANSCRIBERS.get(job.edition.format)
    with watch.on("transcript"):
        transcript = hear(written.artifact.data) if hear else ""
    return Made(findings, verdict, made_with(job.edition), transcript, watch.laps)
