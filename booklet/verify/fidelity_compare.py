"""An expected and a found reading order in, every difference out, with its place and its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from booklet.verify.fidelity_align import Alignment, Key, align, key
from booklet.verify.fidelity_rules import (
    BROKEN,
    LANGUAGE,
    LINKS,
    LISTS,
    MISSING,
    NAMES,
    NUMBERS,
    OF_WORDS,
    PLACE,
    TOO_MUCH,
    WORDS,
    Difference,
    Fault,
    kind,
    named,
    said,
    table,
)
from booklet.verify.fidelity_text import any_number, broken_words, difference
from booklet.verify.pdf_page import excerpt
from booklet.verify.reading_order import (
    Element,
    Item,
    Piece,
    Where,
    sequence,
    squeezed,
    text_of,
    tidy,
)

Leads = Callable[[Element, str, Element | None], bool]
"""Whether a found link leads to the id that is asked for, at the found element that has it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences; how many of the expected elements and words are there, and of how many.

    ``missing`` are the words of each missing element.
    """

    differences: tuple[Difference, ...]
    elements: tuple[int, int]
    words: tuple[int, int]
    missing: tuple[str, ...] = ()


def compare(
    wanted: tuple[Element, ...],
    got: tuple[Element, ...],
    languages: tuple[str, str],
    leads: Leads,
    page_number: str,
) -> Comparison:
    """Hold what was found against what is expected.

    ``languages`` are those of the whole, expected and found; ``page_number`` is the name of the
    words that are page numbers.
    """
    items = sequence(wanted, languages[0]), sequence(got, languages[1])
    comparer = _Comparer(*items, align(*items), leads, page_number)
    differences = tuple(comparer.differences())
    return Comparison(differences, comparer.elements(), comparer.words(), tuple(comparer.missing))


class _Comparer:
    def __init__(
        self,
        wanted: tuple[Item, ...],
        got: tuple[Item, ...],
        alignment: Alignment,
        leads: Leads,
        page_number: str,
    ) -> None:
        self._wanted = wanted
        self._got = got
        self._aligned = alignment
        self._leads = leads
        self._page_number = page_number
        self._ids = {name: item.index for item in wanted for name in item.element.ids}
        self._right_blocks: set[int] = set()
        self._wrong: set[int] = set()
        self._right_words = 0
        self.missing: list[str] = []

    def elements(self) -> tuple[int, int]:
        """How many expected elements are there and right, and how many are expected."""
        return len(self._aligned.found) - len(self._wrong), len(self._wanted)

    def words(self) -> tuple[int, int]:
        """How many expected words are there and right, and how many are expected."""
        total = (item.element.count() for item in self._wanted if not item.element.is_inline)
        return self._right_words, sum(total)

    def differences(self) -> Iterator[Difference]:
        """Yield every difference once: of two elements, one in another, the outer one."""
        if self._wanted and not self._got:
            yield Difference(MISSING, Where(), "nothing of the source can be read out.")
            return
        for wanted in self._wanted:
            got = self._aligned.found.get(wanted.index)
            if got is None:
                yield from self._missing(wanted)
                continue
            for fault in self._pair(wanted, self._got[got]):
                if fault.rule not in OF_WORDS:
                    self._wrong.add(wanted.index)
                yield fault
        for item in self._got:
            if item.index not in self._aligned.expected:
                yield from self._too_much(item)

    # ------------------------------------------------------ missing, too much, moved

    def _missing(self, item: Item) -> Iterator[Difference]:
        if item.parent >= 0 and item.parent not in self._aligned.found:
            return
        self.missing.append(item.element.all_words())
        rule = LISTS if item.element.kind in ("Lbl", "LBody") else MISSING
        message = f"the {named(item.element)} is missing{self._after(item)}."
        yield Difference(rule, self._near(item), message)

    def _too_much(self, item: Item) -> Iterator[Difference]:
        if item.parent >= 0 and item.parent not in self._aligned.expected:
            return
        element = item.element
        again = key(item)[1] and key(item) in self._keys
        rule = LISTS if element.kind in ("Lbl", "LBody") else TOO_MUCH
        what = "stands there once more" if again else "is not in the source"
        yield Difference(rule, element.where, f"the {named(element)} {what}.")

    def _before(self, item: Item) -> Element | None:
        """The last expected element before this one that is there."""
        return self._last_there[item.index]

    @cached_property
    def _last_there(self) -> tuple[Element | None, ...]:
        """For each expected element the last one before it that is there and says anything."""
        last: Element | None = None
        before: list[Element | None] = []
        for item in self._wanted:
            before.append(last)
            if item.index in self._aligned.found and item.element.all_words():
                last = self._got[self._aligned.found[item.index]].element
        return tuple(before)

    @cached_property
    def _keys(self) -> frozenset[Key]:
        """What the expected elements are recognised by."""
        return frozenset(map(key, self._wanted))

    def _after(self, item: Item) -> str:
        before = self._before(item)
        return f", after the {named(before)}" if before else ""

    def _near(self, item: Item) -> Where:
        before = self._before(item)
        return before.where if before else Where()

    def _is_moved(self, wanted: Item, got: Item) -> bool:
        """True when a pair stands in another element, or at another place in its sentence."""
        if wanted.index in self._aligned.moved:
            return wanted.parent not in self._aligned.moved
        if wanted.parent < 0 or got.parent < 0:
            return (wanted.parent < 0) != (got.parent < 0) and self._is_known(wanted, got)
        if not self._is_known(wanted, got):
            return False  # the element around it is missing or too much, and was named
        if self._aligned.found[wanted.parent] != got.parent:
            return True
        is_inline = wanted.element.is_inline and self._block(wanted) in self._right_blocks
        return is_inline and wanted.offset != got.offset

    def _is_known(self, wanted: Item, got: Item) -> bool:
        """True when the elements around both, if any, have their counterparts."""
        return (wanted.parent < 0 or wanted.parent in self._aligned.found) and (
            got.parent < 0 or got.parent in self._aligned.expected
        )

    # ------------------------------------------------------------------ one pair

    def _pair(self, wanted: Item, got: Item) -> Iterator[Difference]:
        source, file = wanted.element, got.element
        faults = (
            kind(source, file),
            self._texts(wanted, file),
            self._moved(wanted, got),
            said(source, file),
            self._language(wanted, got),
            table(source, file),
            self._link(source, file),
        )
        for rule, message in chain.from_iterable(faults):
            yield Difference(rule, file.where, message)

    def _moved(self, wanted: Item, got: Item) -> Iterator[Fault]:
        if self._is_moved(wanted, got):
            yield PLACE, f"the {named(got.element)} stands at another place in the source."

    def _language(self, wanted: Item, got: Item) -> Iterator[Fault]:
        if wanted.language.lower() == got.language.lower():
            return
        around = self._aligned.found.get(wanted.parent)
        if wanted.parent >= 0 and around is not None and not wanted.element.language:
            pair = self._wanted[wanted.parent].language, self._got[around].language
            if pair == (wanted.language, got.language):
                return
        language = got.language or "no language"
        yield LANGUAGE, f"the {named(got.element)} is marked {language}, not {wanted.language}."

    def _link(self, source: Element, file: Element) -> Iterator[Fault]:
        if source.kind != "Link" or file.kind != "Link":
            return
        if source.target in self._ids or not _is_outward(source.target):
            index = self._aligned.found.get(self._ids.get(source.target, -1))
            goal = None if index is None else self._got[index].element
            if not self._leads(file, source.target, goal):
                yield LINKS, f'the {named(file)} does not lead to "{source.target}".'
        elif unquote(source.target) != unquote(file.target):
            message = f"the {named(file)} leads to {excerpt(file.target)}, not {source.target}."
            yield LINKS, message
        if squeezed(source.name) != squeezed(file.name):
            name = f"read out as {excerpt(file.name)}, not {excerpt(source.name)}"
            yield LINKS, f"the {named(file)} is {name}."

    # --------------------------------------------------------------------- words

    def _texts(self, wanted: Item, file: Element) -> Iterator[Fault]:
        source = wanted.element
        if source.is_inline:
            if self._block(wanted) in self._right_blocks:
                yield from self._inline_words(source, file)
            return
        lines = source.lines(), file.lines()
        if len(lines[0]) != len(lines[1]):
            return  # a block in it is missing or too much, and was named
        pairs = zip(*lines, strict=True)
        faults = [fault for pair in pairs for fault in self._words(*pair, source)]
        if not any(rule in (WORDS, NUMBERS) for rule, _ in faults):
            self._right_blocks.add(wanted.index)
            self._right_words += source.count()
        yield from faults

    def _words(
        self, source: tuple[Piece, ...], file: tuple[Piece, ...], element: Element
    ) -> Iterator[Fault]:
        is_now, should_be = tidy(text_of(file)), tidy(text_of(source))
        if is_now == should_be:
            for left, right in broken_words(text_of(file)):
                yield BROKEN, f'"{left}{right}" is broken in two: "{left}" and "{right}".'
        elif any_number(source, self._page_number).fullmatch(is_now):
            yield NUMBERS, f"the words {excerpt(is_now)} should be {excerpt(should_be)}."
        else:
            yield WORDS, f"in the {named(element)}, {difference(is_now, should_be)}."

    def _inline_words(self, source: Element, file: Element) -> Iterator[Fault]:
        if squeezed(source.all_words()) != squeezed(file.all_words()):
            covered = f"covers {excerpt(file.all_words())}, not {excerpt(source.all_words())}"
            yield PLACE, f"the {NAMES.get(source.kind, source.kind)} {covered}."

    def _block(self, item: Item) -> int:
        """The block that an inline element stands in."""
        while item.element.is_inline and item.parent >= 0:
            item = self._wanted[item.parent]
        return item.index


def _is_outward(target: str) -> bool:
    return target.partition(":")[0] in ("http", "https", "mailto", "tel")
