"""The top of the tree goes in; one chapter, its sections inside one another, comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mdit_py_plugins.attrs.parse import ParseError, parse

from booklet.model import Block, Inline, Section, Span, plain_text
from booklet.readers.md_blocks import read_block, read_blocks
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_ids import explicit_id, slug
from booklet.readers.md_inline import plain_only, read_words
from booklet.readers.md_notes import read_notes
from booklet.readers.md_parser import Node

MAX_LEVEL = 4


@dataclass
class _Open:
    """A section whose blocks are still being collected."""

    id: str
    level: int
    title: tuple[Inline, ...]
    span: Span
    blocks: list[Block] = field(default_factory=list)
    is_filled: bool = False

    def close(self) -> Section:
        return Section(self.id, self.level, self.title, tuple(self.blocks), self.span)


def read_sections(nodes: Sequence[Node], desk: Desk, place: Place) -> Section | None:
    """Read a chapter; None when it has no heading at all, which is a finding."""
    builder = _Builder(desk, place)
    for node in nodes:
        if node.type == "heading":
            builder.heading(node)
        else:
            builder.blocks(node)
    chapter = builder.finish()
    notes = read_notes(desk, read_blocks)
    for name, span in desk.addresses.items():
        if name not in desk.used_addresses:
            desk.report("MD-046", span, "No link uses this address.")
    return None if chapter is None else replace(chapter, notes=notes)


class _Builder:
    """Collects blocks under the last heading, and closes sections as higher headings come."""

    def __init__(self, desk: Desk, place: Place) -> None:
        self.desk = desk
        self.place = place
        self.stack: list[_Open] = []
        self.titles: dict[str, int] = {}
        self.is_late = False

    def blocks(self, node: Node) -> None:
        read = read_block(node, self.desk, self.place)
        if node.type in ("footnote_reference", "definition"):
            return
        if self.stack:
            self.stack[-1].blocks += read
            # What was refused has its own finding; the heading is not to blame.
            self.stack[-1].is_filled = True
        elif not self.is_late:
            self.is_late = True
            self._report_start(self.place.lines.block(node.line))

    def heading(self, node: Node) -> None:
        span = self.place.lines.block(node.line)
        title = self._title(node, span)
        level = self._level(int(node.token.tag[1:]), span)
        chosen = self._chosen_id(node)
        while self.stack and self.stack[-1].level >= level:
            self._close()
        self.stack.append(_Open(self._id(level, title, chosen), level, title, span))

    def finish(self) -> Section | None:
        if not self.stack:
            if not self.is_late:
                self._report_start(self.place.lines.anchor)
            return None
        while len(self.stack) > 1:
            self._close()
        self._check_body(self.stack[0])
        return self.stack[0].close()

    def _report_start(self, span: Span) -> None:
        self.desk.report("MD-001", span, "The chapter does not begin with its heading.")

    def _close(self) -> None:
        section = self.stack.pop()
        self._check_body(section)
        self.stack[-1].blocks.append(section.close())
        self.stack[-1].is_filled = True

    def _check_body(self, section: _Open) -> None:
        if not section.is_filled:
            self.desk.report("MD-011", section.span, "Nothing stands under this heading.")

    def _title(self, node: Node, span: Span) -> tuple[Inline, ...]:
        if node.token.markup in ("=", "-"):
            message = "The line of signs under these words makes them a heading."
            self.desk.report("MD-009", span, message)
        if "lang" in node.token.attrs or "insecure_attrs" in node.meta:
            message = "Curly brackets above a heading have no meaning."
            hint = "Write ## [words]{lang=es} for a language, and {#id} at the heading's end."
            self.desk.report("MD-028", span, message, hint)
        title = read_words(node.children[0], self.desk, self.place)
        message = "A link, a note, a source or a line break stands in this heading."
        title = plain_only(title, "MD-008", span, message, self.desk)
        self._check_words(plain_text(title), span)
        return title

    def _check_words(self, words: str, span: Span) -> None:
        key = words.casefold()
        if not words.strip():
            self.desk.report("MD-005", span, "This heading has no words.")
        elif key in self.titles:
            message = f'The heading "{words[:80]}" stands on line {self.titles[key]} too.'
            self.desk.report("MD-006", span, message)
        self.titles.setdefault(key, span.line)

    def _level(self, level: int, span: Span) -> int:
        """Return the level that the heading is given, right or not."""
        if not self.stack:
            if level > 1 and not self.is_late:
                self._report_start(span)
            return 1
        if level == 1:
            self.desk.report("MD-002", span, "A second chapter heading stands in this file.")
            return 2
        deepest = self.stack[-1].level + 1
        if level > MAX_LEVEL:
            self.desk.report("MD-004", span, f"A heading has at most {MAX_LEVEL} # signs.")
        elif level > deepest:
            message = f"A heading with {'#' * level} follows one with {'#' * (deepest - 1)}."
            self.desk.report("MD-003", span, message)
        return min(level, deepest, MAX_LEVEL)

    def _chosen_id(self, node: Node) -> str | None:
        written = node.meta.get("attrs")
        if written is None:
            return None
        place = self.place.lines.inside(node.line, node.meta["words"], node.meta["attrs_at"])
        try:
            attributes = parse(written)[1]
        except ParseError:
            attributes = {}
        if attributes.keys() != {"id"}:
            message = f"{written} at the end of a heading names no id."
            self.desk.report("MD-010", place, message)
        elif not self.stack:
            message = "The heading of a chapter takes its id from the file's name."
            self.desk.report("MD-010", place, message, "Remove the curly brackets.")
        else:
            return explicit_id(attributes["id"], place, self.desk)
        return None

    def _id(self, level: int, title: tuple[Inline, ...], chosen: str | None) -> str:
        if level == 1:
            self.desk.ids.add(self.desk.chapter)
            return self.desk.chapter
        if chosen is not None:
            return chosen
        words = slug(plain_text(title))
        if not words:
            return self.desk.next_id("section")
        return self.desk.free_id(f"{self.desk.chapter}-{words}")
