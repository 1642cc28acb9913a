"""What a screen reader meets in a finished file, in reading order: the same for PDF and EPUB."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part is to the listener."""

    GROUP = "group"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    CONTENTS = "list of contents"
    ITEM = "item"
    LABEL = "label"
    TABLE = "table"
    ROW = "row"
    COLUMN_HEADING = "column heading"
    ROW_HEADING = "row heading"
    CELL = "cell"
    CAPTION = "caption"
    PICTURE = "picture"
    QUOTE = "quote"
    BOX = "box"
    NOTE = "note"
    INLINE = "inline"
    LINK = "link"
    ABBREVIATION = "abbreviation"

    @property
    def runs_on(self) -> bool:
        """True for what is read within a line, not on a line of its own."""
        return self in (Kind.INLINE, Kind.LABEL, Kind.LINK, Kind.ABBREVIATION)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of print begins here; ``silent`` when nothing on it can be read out."""

    label: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One part of what is heard.

    ``name`` is the level of a heading, the description of a picture, the expansion of an
    abbreviation or the name of a link; ``headings`` are those of a cell: of its column, of its row.
    """

    kind: Kind
    kids: tuple[Heard | Page | str, ...] = ()
    name: str = ""
    language: str = ""
    headings: tuple[str, str] = ("", "")

    def find(self, *kinds: Kind) -> Iterator[Heard]:
        """The parts of these kinds below this one, but not those inside such a part."""
        for kid in self.kids:
            if isinstance(kid, Heard):
                if kid.kind in kinds:
                    yield kid
                else:
                    yield from kid.find(*kinds)

    def raw(self) -> str:
        """The words below this part, with the white space around them."""
        return "".join(
            kid if isinstance(kid, str) else kid.raw()
            for kid in self.kids
            if not isinstance(kid, Page)
        )

    def text(self) -> str:
        """The words below this part, single-spaced."""
        return " ".join(self.raw().split())

    def label(self) -> Heard | None:
        """The bullet, number or term that an item or a note begins with."""
        labels = (kid for kid in self.kids if isinstance(kid, Heard) and kid.kind is Kind.LABEL)
        return next(labels, None)


@dataclass(frozen=True, slots=True)
class Recording:
    """A whole file as it is heard; ``pages`` is 0 when it has none."""

    title: str
    language: str
    pages: int
    body: Heard
