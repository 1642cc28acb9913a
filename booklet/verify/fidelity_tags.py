"""A tag tree in, its faults whatever the source says out: empty elements, notes, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from booklet.verify.fidelity_rules import EMPTY, LINKS, NAMES, NOTES, Difference
from booklet.verify.pdf_page import excerpt
from booklet.verify.reading_order import Where
from booklet.verify.reading_order_pdf import TagReading
from booklet.verify.tagtree import Annotation, Tag


def tags(reading: TagReading) -> Iterator[Difference]:
    """Yield empty elements, notes without a name of their own, links with too many handles."""
    for tag in reading.empty:
        name = NAMES.get(tag.standard, tag.type)
        yield Difference(EMPTY, Where(tag.page), f"there is an empty element ({name}).")
    if reading.tags is not None:
        every = tuple(reading.tags.walk())
        yield from _notes(every)
        yield from _links(every)


def _notes(every: tuple[Tag, ...]) -> Iterator[Difference]:
    counts = Counter(tag.id for tag in every if tag.id)
    for tag in every:
        if tag.standard == "Note" and counts[tag.id] != 1:
            message = f"the note {excerpt(tag.text())} has no id of its own."
            yield Difference(NOTES, Where(_page(tag)), message)


def _links(every: tuple[Tag, ...]) -> Iterator[Difference]:
    """One annotation on each page that a link stands on: each is read out as a link of its own."""
    for tag in every:
        if tag.standard != "Link":
            continue
        places = Counter(kid.page for kid in tag.kids if isinstance(kid, Annotation))
        pages = {content.page for content in tag.contents()}
        if set(places) != pages or any(count > 1 for count in places.values()):
            where = f"{sum(places.values())} annotations for {len(pages)} pages"
            message = f"the link {excerpt(tag.text())} has {where}."
            yield Difference(LINKS, Where(_page(tag)), message)


def _page(tag: Tag) -> int:
    return next((content.page for content in tag.contents()), tag.page)
