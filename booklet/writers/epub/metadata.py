"""A booklet and the looks of its pages in, the rows of package metadata out: none is pasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from booklet import criteria
from booklet.editions import Job
from booklet.model import Meta, Signature
from booklet.words import Words
from booklet.writers.epub.looks import Looks

DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Row:
    """One element of the metadata; ``namespace`` is None for ``meta``."""

    namespace: str | None
    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


def metadata(job: Job, looks: Looks, words: Words) -> tuple[Row, ...]:
    """Return every row but the identifier and the date of change, which the package sets."""
    booklet = job.cleared.booklet
    rows = [*_titles(booklet.meta), *_people(booklet.meta)]
    if booklet.clinic:
        rows.append(Row(DC, "publisher", booklet.clinic.name))
    signature = criteria.signed(booklet, job.edition.id, job.edition.format)
    rows += [*_about(booklet.meta), *_access(looks), *_summary(looks, words, signature)]
    if signature:
        rows += _claims(signature)
    if looks.has_page_list and job.parent:
        rows.append(_meta("pageBreakSource", job.parent.name))
    return tuple(rows)


def _meta(name: str, value: str, refines: str = "", scheme: str = "") -> Row:
    attributes = [("property", name)]
    if refines:
        attributes.append(("refines", f"#{refines}"))
    if scheme:
        attributes.append(("scheme", scheme))
    return Row(None, "meta", value, tuple(attributes))


def _titles(meta: Meta) -> Iterator[Row]:
    titles = (("title", meta.title, "main"), ("subtitle", meta.subtitle, "subtitle"))
    for place, (row_id, title, kind) in enumerate(titles, start=1):
        if title:
            yield Row(DC, "title", title, (("id", row_id),))
            yield _meta("title-type", kind, row_id)
            yield _meta("display-seq", str(place), row_id)


def _people(meta: Meta) -> Iterator[Row]:
    for number, author in enumerate(meta.authors, start=1):
        row_id = f"creator-{number}"
        yield Row(DC, "creator", author, (("id", row_id),))
        yield _meta("role", "aut", row_id, "marc:relators")


def _about(meta: Meta) -> Iterator[Row]:
    yield Row(DC, "language", meta.language)
    if meta.summary:
        yield Row(DC, "description", meta.summary)
    yield Row(DC, "date", meta.issued)


def _access(looks: Looks) -> Iterator[Row]:
    """What senses the book asks for and what it offers: schema.org, as EPUB Accessibility 1.1."""
    yield _meta("schema:accessMode", "textual")
    if looks.pictures:
        yield _meta("schema:accessMode", "visual")
    # With every picture in words the text alone is enough; without, both senses are needed.
    sufficient = "textual,visual" if looks.undescribed else "textual"
    yield _meta("schema:accessModeSufficient", sufficient)
    for feature in _features(looks):
        yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "unknown" if looks.may_move else "none")


def _features(looks: Looks) -> Iterator[str]:
    # Always so by how the book is bound: a contents list, one reading order, no fixed layout.
    yield from ("tableOfContents", "readingOrder", "displayTransformability")
    if not looks.pages_without_heading:
        yield "structuralNavigation"
    if looks.pictures and not looks.undescribed:
        yield "alternativeText"
    if looks.long_descriptions:
        yield "longDescription"
    if looks.has_page_list:
        yield "pageNavigation"
    if looks.page_breaks:
        yield "pageBreakMarkers"


def _claims(signature: Signature) -> Iterator[Row]:
    """Claim the standard on a person's word (EPUB Accessibility 1.1, conformance reporting)."""
    claim, who = ("id", "conformance"), ("id", "certifier")
    yield Row(None, "meta", criteria.CLAIM, (("property", "dcterms:conformsTo"), claim))
    certified = _meta("a11y:certifiedBy", signature.signed_by, "conformance")
    yield Row(None, "meta", certified.value, (*certified.attributes, who))
    yield _meta("dcterms:date", signature.date, "certifier")


def _summary(looks: Looks, words: Words, signature: Signature | None) -> Iterator[Row]:
    keys = {
        "summary_intro": not looks.undescribed,
        "summary_structure": not looks.pages_without_heading,
        "summary_pictures": bool(looks.pictures) and not looks.undescribed,
        "summary_pictures_missing": bool(looks.undescribed),
        "summary_long_descriptions": bool(looks.long_descriptions),
        "summary_display": True,
        "summary_page_list": looks.has_page_list,
        "summary_signed": signature is not None,
        "summary_unsigned": signature is None,
    }
    sentences = " ".join(words[key] for key, is_true in keys.items() if is_true)
    yield _meta("schema:accessibilitySummary", sentences)
