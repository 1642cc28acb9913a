"""A Job in, a tagged large-print PDF out, or the findings that forbid it."""

from __future__ import annotations

import hashlib

from booklet.colour import HOUSE
from booklet.editions import Artifact, Job, Written
from booklet.findings import Finding, found
from booklet.writers.html import Links, PartKind, Rendered, render
from booklet.writers.pdf import glyphs
from booklet.writers.pdf.css import accent_css, edition_css
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.evened import even, longest
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.page import document

# The disclaimer's page may tighten its leading in these steps, from the edition's own leading
# down to its floor, and then give up its binding margin: never its type size.
_LEADING_STEP = 0.05


def write(job: Job) -> Written:
    """Lay out one booklet and write it as PDF/UA-1.

    Returns findings instead of a file when the disclaimer does not fit on one page at the
    edition's floor sizes, or when no font of ours can show a character.
    """
    booklet = job.cleared.booklet
    rendered = render(booklet, Links())
    missing = glyphs.missing(booklet)
    if missing:
        return Written(None, missing)
    points = frozenset(map(ord, document(booklet, longest(job, rendered.parts))))
    accent = booklet.clinic.accent if booklet.clinic else None
    engine = Engine(Shelf.of(rendered.assets, points, accent or HOUSE))
    leading = _disclaimer_leading(job, rendered, engine, points)
    if leading is None:
        return Written(None, (_too_long(job),))
    styles = _styles(job, points, leading)
    parts, layout = even(
        job, rendered.parts, lambda parts: engine.lay_out(document(booklet, parts), styles)
    )
    data = layout.pdf(identifier=_identifier(job))
    digest = hashlib.sha256(data).hexdigest()
    artifact = Artifact(
        job.edition,
        job.name,
        job.edition.media_type,
        data,
        digest,
        pages=layout.page_count,
        page_map=layout.page_starts(tuple(part.id for part in parts)),
    )
    return Written(artifact)


def _styles(job: Job, points: frozenset[int], leading: float) -> tuple[tuple[str, str], ...]:
    booklet = job.cleared.booklet
    row = edition_css(job.edition, booklet.meta.direction, points, leading)
    own = accent_css(booklet.clinic, job.edition)
    return (("edition.css", row), *job.styles, *((("clinic.css", own),) if own else ()))


def _identifier(job: Job) -> bytes:
    """The file's identifier: the same for the same source, edition and clinic."""
    clinic = job.cleared.booklet.clinic
    names = (job.cleared.booklet.digest, job.edition.id, clinic.id if clinic else "")
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32].encode()


def _disclaimer_leading(
    job: Job, rendered: Rendered, engine: Engine, points: frozenset[int]
) -> float | None:
    """Return the widest leading with which the disclaimer fits on one page, or None."""
    part = rendered.parts[-1]
    if part.kind is not PartKind.DISCLAIMER:
        raise ValueError("the disclaimer is not the last part")
    page = document(job.cleared.booklet, (part,))
    for leading in _leadings(job):
        if engine.lay_out(page, _styles(job, points, leading)).page_count == 1:
            return leading
    return None


def _leadings(job: Job) -> tuple[float, ...]:
    sizes = job.edition.type
    if sizes is None:
        raise ValueError(f"edition {job.edition.id} has no type sizes")
    steps = round((sizes.leading - sizes.leading_floor) / _LEADING_STEP)
    return tuple(round(sizes.leading - _LEADING_STEP * n, 2) for n in range(steps + 1))


def _too_long(job: Job) -> Finding:
    disclaimer, sizes = job.cleared.booklet.disclaimer, job.edition.type
    size = f"{sizes.floor:g}" if sizes else ""
    return found(
        "DISC-020",
        disclaimer.span,
        f"the disclaimer is too long for one page of {job.edition.name} at {size} points",
    )
