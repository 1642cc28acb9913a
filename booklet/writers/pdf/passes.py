"""Pages that name other pages' numbers in, as few layouts of them as are needed out.

The engine writes each number when it is known, lays the page out again with what was written
before, and only then once more with the number. Here a number is written before its page is laid
out, if it is known by then; after each pass, a page is laid out again if a number on it is another
than the one it was laid out with, and for no other reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout.page import make_all_pages as _theirs

from booklet.writers.pdf.replaced import replaced

_STATE, _REMAKE = 3, -1
"""Where the engine's notes on a page have the counters at its beginning, and what to make anew."""


@dataclass(slots=True)
class _Number:
    """A number in the text: the engine's box for it, and how the engine writes it."""

    box: Any
    item: Any
    write: Callable[[Mapping[str, Any]], None]
    is_written: bool = False

    def __call__(self, counters: Mapping[str, Any]) -> None:
        """Do nothing when the engine wants it written: its page may have been laid out already."""

    def changes(self, counters: Mapping[str, Any]) -> bool:
        """Write the number as it is now known; true when it was another before."""
        before = self._words()
        self.write(counters)
        return before != self._words()

    def _words(self) -> list[str]:
        return [box.text for box in self.box.descendants() if isinstance(box, boxes.TextBox)]


def all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """Yield what the engine's function of this signature yields."""
    collector = context.target_collector
    numbers = list(_numbers(collector))
    for page in _theirs(context, root_box, html, pages):
        yield page
        for number in numbers:
            if number.item.page_maker_index is None and not number.is_written:
                number.is_written = _is_known(number, collector)
                if number.is_written:
                    number.write({})
    for *_, remake in context.page_maker:
        remake["content_changed"] = False
    for number in numbers:
        place = number.item.page_maker_index
        if place is None or place + 1 >= len(context.page_maker):
            continue
        if number.changes(context.page_maker[place + 1][_STATE][1]):
            context.page_maker[place][_REMAKE]["content_changed"] = True


def _numbers(collector: Any) -> Iterator[_Number]:
    """Yield all numbers that stand in the text, each taken out of the engine's hands."""
    for (box, name), item in collector.counter_lookup_items.items():
        if name == "content":
            if not isinstance(item.parse_again, _Number):
                item.parse_again = _Number(box, item, item.parse_again)
            yield item.parse_again


def _is_known(number: _Number, collector: Any) -> bool:
    """True when the page that a number names has been laid out."""
    target = (number.box.element.get("href") or "").removeprefix("#")
    found = collector.target_lookup_items.get(target)
    return found is not None and found.page_maker_index is not None


@contextmanager
def fewer_passes() -> Iterator[None]:
    """While this lasts, the engine lays a page out again only for a number that has changed.

    The name that is replaced, and what it is given, are held by a test against the pinned version.
    """
    with replaced(layout, "make_all_pages", all_pages):
        yield
