"""The tag tree of a finished PDF in, what is heard of it out. Artifacts are not in the tree."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.transcript.heard import Heard, Kind, Page, Recording
from booklet.verify.pdf_tags import Tagged, open_tagged
from booklet.verify.tagtree import Annotation, Content, Tag

_KINDS = {
    **{f"H{level}": Kind.HEADING for level in range(1, 7)},
    "P": Kind.PARAGRAPH,
    "L": Kind.LIST,
    "LI": Kind.ITEM,
    "Lbl": Kind.LABEL,
    "TOC": Kind.CONTENTS,
    "TOCI": Kind.ITEM,
    "Table": Kind.TABLE,
    "TR": Kind.ROW,
    "TD": Kind.CELL,
    "Caption": Kind.CAPTION,
    "Figure": Kind.PICTURE,
    "Formula": Kind.PICTURE,
    "BlockQuote": Kind.QUOTE,
    "Aside": Kind.BOX,
    "Callout": Kind.BOX,
    "Note": Kind.NOTE,
    "Link": Kind.LINK,
    "Reference": Kind.INLINE,
    "Span": Kind.INLINE,
    "Quote": Kind.INLINE,
    "Em": Kind.INLINE,
    "Strong": Kind.INLINE,
}


def hear_pdf(data: bytes) -> Recording:
    """Listen to a PDF. Raises ValueError when the bytes are no whole PDF."""
    tagged = open_tagged(data)
    body = Heard(Kind.GROUP, tuple(_Hearer(tagged).all()))
    return Recording(tagged.title, tagged.language, len(tagged.labels), body)


class _Hearer:
    """Walks the tree in reading order and knows which page is being read."""

    def __init__(self, tagged: Tagged) -> None:
        self._labels = tagged.labels
        self._root = tagged.root
        self._page = 0
        tags = tuple(tagged.root.walk()) if tagged.root else ()
        self._heads = {tag.id: (tag.scope, tag.text()) for tag in tags if tag.standard == "TH"}
        contents = tagged.root.contents() if tagged.root else ()
        self._spoken = {content.page for content in contents}

    def all(self) -> Iterator[Heard | Page | str]:
        if self._root is None:
            return
        yield from self._kids(self._root)
        yield from self._silent(len(self._labels) + 1)

    def _kids(self, tag: Tag) -> Iterator[Heard | Page | str]:
        for kid in tag.kids:
            match kid:
                case Content(page=page, text=text):
                    yield from self._turn(page)
                    yield text
                case Tag():
                    # The page is told before the outermost part that begins on it.
                    first = next(kid.contents(), None)
                    if first is not None:
                        yield from self._turn(first.page)
                    yield self._heard(kid)
                case Annotation():
                    pass

    def _turn(self, page: int) -> Iterator[Page]:
        if page != self._page:
            yield from self._silent(page)
            self._page = page
            yield Page(self._labels[page - 1])

    def _silent(self, page: int) -> Iterator[Page]:
        """The pages before this one that are passed over, for nothing on them can be read."""
        for between in range(self._page + 1, page):
            if between not in self._spoken:
                yield Page(self._labels[between - 1], silent=True)

    def _heard(self, tag: Tag) -> Heard:
        kind = _KINDS.get(tag.type) or _KINDS.get(tag.standard) or Kind.GROUP
        kids = tuple(self._kids(tag))
        if tag.standard == "TH":
            kind = Kind.ROW_HEADING if tag.scope == "Row" else Kind.COLUMN_HEADING
        if kind is Kind.PICTURE:
            pages = tuple(kid for kid in kids if isinstance(kid, Page))
            return Heard(kind, pages, tag.description, tag.language)
        if tag.expansion:
            return Heard(Kind.ABBREVIATION, kids, tag.expansion, tag.language)
        if kind is Kind.LINK:
            name = _name(tag)
            return Heard(kind, _mended(kids, name), name, tag.language)
        if tag.actual_text or tag.description:
            kids = (tag.actual_text or tag.description,)
        level = tag.standard.removeprefix("H") if kind is Kind.HEADING else ""
        return Heard(kind, kids, level, tag.language, self._headings(tag))

    def _headings(self, tag: Tag) -> tuple[str, str]:
        """The words of a cell's column heading and row heading."""
        heads = [self._heads.get(name, ("", "")) for name in tag.headers]
        column = ", ".join(text for scope, text in heads if scope == "Column")
        return column, ", ".join(text for scope, text in heads if scope == "Row")


def _name(tag: Tag) -> str:
    """The name of a link's annotation, which may hang below any part of the link."""
    named = (
        kid.contents for part in tag.walk() for kid in part.kids if isinstance(kid, Annotation)
    )
    return next(named, "")


def _mended(kids: tuple[Heard | Page | str, ...], name: str) -> tuple[Heard | Page | str, ...]:
    """Put an address together that was broken at the end of a line: its name is whole."""
    words = "".join(kid for kid in kids if isinstance(kid, str))
    whole = len(kids) and all(isinstance(kid, str) for kid in kids)
    if whole and "".join(words.split()) == "".join(name.split()):
        return (f" {name}" if words[:1].isspace() else name,)
    return kids
