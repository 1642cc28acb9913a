"""An opened book in, findings about its pictures and its accessibility facts out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from booklet import criteria
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.verify.epub_book import OPF, SVG, XHTML, Book, line, roles
from booklet.verify.epub_concern import Measure, in_book, in_part, measured
from booklet.verify.epub_navigation import entries

_FILE_NAME = re.compile(r"[\w.\-/ ]+\.(?:png|jpe?g|svg|gif|webp)", re.IGNORECASE)
_PICTURES = (f"{XHTML}img", f"{SVG}svg")
_PROGRAMS = tuple(f"{XHTML}{n}" for n in ("script", "iframe", "object", "embed", "video", "audio"))
_REQUIRED = (
    "accessMode",
    "accessModeSufficient",
    "accessibilityFeature",
    "accessibilityHazard",
    "accessibilitySummary",
)
_CONFORMS, _CERTIFIED = "dcterms:conformsTo", "a11y:certifiedBy"
_CLAIMS = (
    _CONFORMS,
    _CERTIFIED,
    "a11y:certifierReport",
    "a11y:certifierCredential",
)


def pictures(book: Book) -> Measure:
    """Every picture has words or is marked as decoration; the cover is one of them."""
    found = [(path, node) for path, page in book.pages.items() for node in page.iter(*_PICTURES)]
    findings = [
        *(finding for path, node in found for finding in _picture(book, path, node)),
        *_cover(book),
        *_programs(book),
    ]
    return measured("e-book pictures", findings, f"{len(found)} pictures")


def _picture(book: Book, path: str, node: etree._Element) -> Iterator[Finding]:
    if is_decoration(node):
        return
    words = words_for_picture(node)
    name = node.get("src") or "a drawing"
    if not words:
        message = f"The picture {name} has no description and is not marked as decoration."
        yield in_part("EPUB-023", book, path, message, line(node))
    elif _FILE_NAME.fullmatch(words):
        message = f'The description of a picture is only its file name, "{words}".'
        yield in_part("EPUB-023", book, path, message, line(node))


def is_decoration(node: etree._Element) -> bool:
    """True when assistive technology is told to pass the picture by."""
    if {"none", "presentation"} & set(roles(node)):
        return True
    return any(n.get("aria-hidden") == "true" for n in (node, *node.iterancestors()))


def words_for_picture(node: etree._Element) -> str:
    """Return the words that stand for a picture."""
    return (node.get("alt") or node.get("aria-label") or "").strip()


def _cover(book: Book) -> Iterator[Finding]:
    covers = [item for item in book.items if "cover-image" in item.properties]
    if len(covers) != 1 or not covers[0].media_type.startswith("image/"):
        yield in_book("EPUB-024", book, "The book must have one cover picture.")


def _programs(book: Book) -> Iterator[Finding]:
    for path, page in book.pages.items():
        for node in page.iter(*_PROGRAMS):
            message = f"The page holds a {etree.QName(node).localname}, which a booklet may not."
            yield in_part("EPUB-028", book, path, message, line(node))


def access(book: Book) -> Measure:
    """What the book says of its accessibility is there, is true, and claims no signature."""
    findings = [*_missing(book), *_untrue(book), *_claims(book)]
    features = book.metas("schema:accessibilityFeature")
    return measured("e-book accessibility facts", findings, ", ".join(features) or "none")


def _missing(book: Book) -> Iterator[Finding]:
    for name in _REQUIRED:
        if not any(book.metas(f"schema:{name}")):
            message = f"The book does not state its {name}."
            yield in_part("EPUB-025", book, book.package_path, message)


def _untrue(book: Book) -> Iterator[Finding]:
    for claim, is_true in _checkable(book).items():
        name, _, value = claim.partition(" ")
        if not is_true and value in book.metas(f"schema:{name}"):
            message = f'The book says {name} "{value}", but that is not so.'
            yield in_part("EPUB-026", book, book.package_path, message)
    hazards = book.metas("schema:accessibilityHazard")
    if "none" in hazards and len(hazards) > 1:
        message = "The book says that it has no hazard, and names one."
        yield in_part("EPUB-026", book, book.package_path, message)
    if _shown(book) and "visual" not in book.metas("schema:accessMode"):
        message = "The book has pictures, but does not say that it has."
        yield in_part("EPUB-026", book, book.package_path, message)


def _checkable(book: Book) -> dict[str, bool]:
    """Each claim that can be seen in the pages, and whether it is so."""
    nav = book.nav()
    nodes = [node for page in book.pages.values() for node in page.iter()]
    shown = _shown(book)
    described = all(map(words_for_picture, shown)) and not book.expectation.has_undescribed_picture
    feature = "accessibilityFeature "
    pages_listed = nav is not None and bool(entries(nav[1], "page-list"))
    breaks = any("doc-pagebreak" in roles(node) for node in nodes)
    return {
        "accessModeSufficient textual": described,
        f"{feature}alternativeText": bool(shown) and described,
        f"{feature}longDescription": any(node.get("aria-details") for node in nodes),
        f"{feature}tableOfContents": nav is not None and bool(entries(nav[1], "toc")),
        f"{feature}structuralNavigation": any(node.tag == f"{XHTML}h1" for node in nodes),
        f"{feature}pageNavigation": pages_listed,
        f"{feature}pageBreakMarkers": breaks,
        f"{feature}printPageNumbers": breaks,
        f"{feature}index": any("doc-index" in roles(node) for node in nodes),
        # Print of a fixed size cannot be promised by a book whose letters the reader sets.
        f"{feature}largePrint": False,
        f"{feature}highContrastDisplay": False,
        "accessibilityHazard none": not _moves(book),
    }


def _shown(book: Book) -> list[etree._Element]:
    found = (node for page in book.pages.values() for node in page.iter(*_PICTURES))
    return [node for node in found if not is_decoration(node)]


def _moves(book: Book) -> bool:
    drawings = (book.files.get(i.path, b"") for i in book.items if i.media_type == "image/svg+xml")
    return any(mark in data for data in drawings for mark in (b"<animate", b"<set", b"<script"))


def _claims(book: Book) -> Iterator[Finding]:
    """Nothing may be claimed that nobody signed for, and what was signed must be said exactly."""
    signer = book.expectation.certified_by
    right = {_CONFORMS: (criteria.CLAIM,), _CERTIFIED: (signer,)} if signer else {}
    links = {
        name for node in book.package.iter(f"{OPF}link") for name in (node.get("rel") or "").split()
    }
    for name in _CLAIMS:
        claimed = book.metas(name)
        named = book.named(name.partition(":")[2])
        if name in right and claimed == right[name] and name not in links and not named:
            continue
        if any(claimed) or name in links or named:
            message = f"The book claims {name}, but no person has signed for that."
            yield in_part("EPUB-027", book, book.package_path, message)
        elif name in right:
            message = f"A person has signed for this content, but the book does not state {name}."
            place = Span(f"{book.expectation.file}/{book.package_path}")
            yield found("EPUB-027", place, message, "Build the e-book again.")
