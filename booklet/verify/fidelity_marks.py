"""The marks of a finished PDF in, those that no element owns, or more than one, out.

Everything printed is in the tag tree exactly once, or an artifact; and an artifact holds no words
but page numbers and the words of tables' headers, repeated over a page or as labels of values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from booklet.verify.fidelity_rules import OWNERS, UNREAD, UNTAGGED, Difference
from booklet.verify.pdf_concern import Opened
from booklet.verify.pdf_page import excerpt
from booklet.verify.reading_order import Where, has_letters_of, is_from_the_right, squeezed
from booklet.verify.reading_order_ink import Place, Printed
from booklet.verify.reading_order_pdf import TagReading
from booklet.verify.tagtree import Tag

_DEEPEST = 100
"""Structure deeper than this is cut off, as in the reading of the tag tree."""


def marks(
    opened: Opened, printed: Printed, reading: TagReading, missing: tuple[str, ...]
) -> Iterator[Difference]:
    """Yield what is printed and not read, or owned by more than one element.

    ``missing`` are words of elements that were named already: that they are printed is no news.
    """
    if reading.tags is None:
        return
    named = tuple(map(squeezed, missing))
    for page, mcid in sorted(printed.marked - reading.owned):
        words = ink.text if (ink := printed.inks.get((page, mcid))) else ""
        if not words or not any(squeezed(words) in text for text in named):
            yield Difference(UNTAGGED, Where(page), _untagged(words))
    for page, words in sorted({(stray.page, stray.words) for stray in printed.untagged}):
        yield Difference(UNTAGGED, Where(page), _untagged(words))
    yield from _unread(opened, printed, reading)
    for page, mcid in reading.twice:
        ink = printed.inks.get((page, mcid))
        message = f"{excerpt(ink.text) if ink else 'a picture'} is read out twice."
        yield Difference(OWNERS, Where(page), message)
    yield from _owners(opened.pdf, printed)


def _untagged(words: str) -> str:
    what = f"the words {excerpt(words)} are" if words.strip() else "a drawing is"
    return f"{what} neither in the tag tree nor an artifact."


def _unread(opened: Opened, printed: Printed, reading: TagReading) -> Iterator[Difference]:
    heads = tuple(squeezed(head) for head in _heads(reading.tags))
    for stray in printed.artifacts:
        words = squeezed(stray.words)
        label = opened.pages[stray.page - 1].label
        if not words or words == label or any(words.rstrip(":") in head for head in heads):
            continue
        # Letters alone tell no words of such a script: they are held against those of the header.
        if is_from_the_right(words) and any(
            has_letters_of(head, words.rstrip(":")) for head in _heads(opened.tags)
        ):
            continue
        message = f"the words {excerpt(stray.words)} are printed and not read out."
        yield Difference(UNREAD, Where(stray.page), message)


def _heads(root: Tag | None) -> tuple[str, ...]:
    """Return the words of all header cells."""
    return tuple(tag.text() for tag in root.walk() if tag.standard == "TH") if root else ()


# ----------------------------------------------------------- the tree and its index


def _owners(pdf: pikepdf.Pdf, printed: Printed) -> Iterator[Difference]:
    """The index from marks to elements must say the same as the elements themselves."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    listed = dict(_listed(root, pages, 0, 0))
    indexed = _indexed(pdf, root)
    for place in sorted(printed.marked & set(listed)):
        if indexed.get(place) != listed[place]:
            ink = printed.inks.get(place)
            what = excerpt(ink.text) if ink else "a picture"
            yield Difference(OWNERS, Where(place[0]), f"{what} is indexed under another element.")


ObjectId = tuple[int, int]


def _listed(
    element: pikepdf.Object, pages: dict[ObjectId, int], page: int, depth: int
) -> Iterator[tuple[Place, ObjectId]]:
    """Yield each marked content with the element that lists it."""
    own = element.get("/Pg")
    page = page if own is None else pages.get(own.objgen, page)
    kids: Any = element.get("/K")
    for kid in () if kids is None else kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, int):
            yield (page, kid), element.objgen
        elif not isinstance(kid, pikepdf.Dictionary):
            continue
        elif kid.get("/Type") == "/MCR":
            own = kid.get("/Pg")
            there = page if own is None else pages.get(own.objgen, page)
            yield (there, int(kid.MCID)), element.objgen
        elif kid.get("/Type") != "/OBJR" and depth < _DEEPEST:
            yield from _listed(kid, pages, page, depth + 1)


def _indexed(pdf: pikepdf.Pdf, root: pikepdf.Object) -> dict[Place, ObjectId]:
    """Return the owner of each marked content by the parent tree (ISO 32000-1, 14.7.4.4)."""
    tree = root.get("/ParentTree")
    if tree is None:
        return {}
    rows = pikepdf.NumberTree(tree)
    found: dict[Place, ObjectId] = {}
    for number, page in enumerate(pdf.pages, start=1):
        key: Any = page.obj.get("/StructParents")
        if not isinstance(key, int) or key not in rows:
            continue
        row: Any = rows[key]
        for mcid, owner in enumerate(row if isinstance(row, pikepdf.Array) else ()):
            if isinstance(owner, pikepdf.Dictionary):
                found[number, mcid] = owner.objgen
    return found
