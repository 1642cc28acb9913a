"""A Job in, a tagged large-print PDF out, or the findings that forbid it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from booklet.colour import HOUSE
from booklet.editions import Artifact, Job, Written
from booklet.findings import Finding, catalogue, found
from booklet.writers.html import Links, Part, render
from booklet.writers.pdf import glyphs
from booklet.writers.pdf.cards import as_cards
from booklet.writers.pdf.engine import Engine, Layout
from booklet.writers.pdf.evened import even, longest
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.grey import grey
from booklet.writers.pdf.page import document
from booklet.writers.pdf.trial import Trial, sheets


@dataclass(frozen=True, slots=True)
class Pages:
    """A booklet's parts, those to write on among them, and its pages."""

    parts: tuple[Part, ...]
    layout: Layout


def write(job: Job) -> Written:
    """Lay out one booklet and write it as PDF/UA-1.

    Returns findings instead of a file when the disclaimer does not fit on one page at the
    edition's floor sizes, or when no font of ours can show a character.
    """
    if job.parent is not None:
        return _in_grey(job, job.parent)
    pages = lay_out(job)
    if not isinstance(pages, Pages):
        return Written(None, pages)
    data = pages.layout.pdf(identifier=identifier(job))
    digest = hashlib.sha256(data).hexdigest()
    artifact = Artifact(
        job.edition,
        job.name,
        job.edition.media_type,
        data,
        digest,
        pages=pages.layout.page_count,
        page_map=pages.layout.page_starts(tuple(part.id for part in pages.parts)),
    )
    return Written(artifact)


def _in_grey(job: Job, colour: Artifact) -> Written:
    """Return the finished pages of the same print in shades of grey."""
    data = grey(colour.data)
    digest = hashlib.sha256(data).hexdigest()
    changed = replace(colour, edition=job.edition, name=job.name, data=data, sha256=digest)
    return Written(replace(changed, made_from=job.edition.made_from))


def lay_out(job: Job) -> Pages | tuple[Finding, ...]:
    """Return the pages of a booklet, or the findings that forbid them."""
    booklet = job.cleared.booklet
    rendered = render(booklet, Links(), cards=as_cards(booklet, job.edition))
    missing = glyphs.missing(booklet)
    if missing:
        return missing
    points = frozenset(map(ord, document(booklet, longest(job, rendered.parts))))
    points |= glyphs.drawn_points(booklet)
    accent = booklet.clinic.accent if booklet.clinic else None
    engine = Engine(Shelf.of(rendered.assets, points, accent or HOUSE))
    trial = Trial(job, rendered.parts, engine, points)
    last = trial.last_page()
    if last is None:
        return (_too_long(job, trial.editions_that_fit()),)
    styles = sheets(job, job.edition, points, trial.fitted(last))
    parts, layout = even(
        job, rendered.parts, lambda parts: engine.lay_out(document(booklet, parts), styles)
    )
    return Pages(parts, layout)


def identifier(job: Job) -> bytes:
    """The file's identifier: the same for the same source, edition and clinic."""
    clinic = job.cleared.booklet.clinic
    names = (job.cleared.booklet.digest, job.edition.id, clinic.id if clinic else "")
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32].encode()


def _too_long(job: Job, fitting: tuple[str, ...]) -> Finding:
    disclaimer, sizes = job.cleared.booklet.disclaimer, job.edition.type
    size = f"{sizes.floor:g}" if sizes else ""
    return found(
        "DISC-020",
        disclaimer.span,
        f"the disclaimer is too long for one page of {job.edition.name} at {size} points",
        _what_fits(fitting),
    )


def _what_fits(fitting: tuple[str, ...]) -> str:
    """Name the editions that have room for the disclaimer, and what to do about the others."""
    shorten = catalogue()["DISC-020"].hint
    if not fitting:
        return f"It fits on no edition. {shorten}"
    return f"It fits on {', '.join(fitting)}: name these with --edition, or do this. {shorten}"
