"""A chapter of the draft enters; its Markdown leaves, each question to a person as a mark."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from booklet.importers.clean import tidy
from booklet.importers.escape import WIDTH, inline
from booklet.importers.fitting import (
    LONGEST_PARA,
    marks_in_words,
    placed,
    short_enough,
    simple,
    title_row,
)
from booklet.importers.ledger import Ledger
from booklet.importers.outline import Chapter
from booklet.importers.parts import (
    BREAK,
    Block,
    Box,
    Code,
    Heading,
    Item,
    Listing,
    Para,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    Terms,
    Title,
    plain,
    questions,
)

MARK = "CHECK:"
LONGEST_ROW = 3_500
LONGEST_DESCRIPTION = 1_000
LONGEST_CAPTION = 500
NO_TITLE = "This table had no title. Write what it shows."


@dataclass(slots=True)
class Scribe:
    """Writes the chapters of one draft.

    ``ids`` maps the names that links of the file lead to onto ids of the draft; ``notes`` are
    the notes by key, ``told`` those that have been written.
    """

    ledger: Ledger
    ids: Mapping[str, str]
    notes: Mapping[str, tuple[Block, ...]]
    told: set[str] = field(default_factory=set)
    tables: int = 0
    _used: list[str] = field(default_factory=list)

    def chapter(self, chapter: Chapter) -> str:
        """Return one chapter as a file's text."""
        self._used = []
        first = Heading(1, chapter.title, chapter.names, chapter.checks)
        parts = [self._block(block) for block in (first, *chapter.blocks)]
        parts += [self._note(key) for key in self._used]
        self.told |= set(self._used)
        return "\n\n".join(part for part in parts if part) + "\n"

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Return blocks that are no chapter, without questions; a heading is a part of it."""
        self._used = []
        bare = [replace(block, checks=()) for block in blocks]
        parts = [
            self._block(replace(block, level=2) if isinstance(block, Heading) else block)
            for block in bare
        ]
        parts += [self._note(key) for key in self._used]
        self.told |= set(self._used)
        return "\n\n".join(part for part in parts if part) + "\n"

    def left_over(self) -> list[Block]:
        """Return the blocks of notes that nothing leads to."""
        return [
            block
            for key, blocks in self.notes.items()
            if key not in self.told
            for block in simple(blocks)
        ]

    # ---------------------------------------------------------------------- blocks

    def _block(self, block: Block) -> str:
        checks = "".join(f"{comment(sentence)}\n" for sentence in questions(block))
        if isinstance(block, Heading):
            return self._heading(block, checks.rstrip("\n"))
        parts = [self._plain_block(part) for part in placed(block, self.ledger)]
        return checks + "\n\n".join(part for part in parts if part)

    def _plain_block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block, "")
            case Para() | Title():
                return "\n\n".join(self._words(runs) for runs in short_enough(block.runs))
            case Listing():
                return self._listing(block, 1)
            case Terms():
                return self._terms(block)
            case Quote():
                body = "\n\n".join(self._plain_block(inner) for inner in block.blocks)
                return "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
            case Box():
                return self._box(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Code():
                return _fence("qr", f"url: {block.url}", f"label: {_text(_literal(block.label))}")

    def _words(self, runs: Runs, *, width: int = WIDTH, at_start: bool = True) -> str:
        return inline(self._linked(runs), self._mark, width=width, at_start=at_start)

    def _mark(self, key: str) -> str:
        if key not in self.notes:
            return ""
        if key not in self._used:
            self._used.append(key)
        return f"[^{key}]"

    def _linked(self, runs: Runs) -> Runs:
        """Turn links within the file into links within the draft; drop those that lead nowhere."""
        out: list[Run] = []
        for run in runs:
            href = run.href
            if href.startswith("#"):
                target = self.ids.get(href[1:])
                href = f"#{target}" if target else ""
                if not target:
                    self.ledger.drop("link to a place that is no heading", run.href)
            out.append(replace(run, href=href))
        return tidy(out)

    def _heading(self, block: Heading, checks: str) -> str:
        words = tuple(
            Run(" ") if run.text == BREAK else replace(run, href="", strong=False, em=False)
            for run in block.runs
            if not run.is_note
        )
        text = inline(tidy(words), self._mark, at_start=False, width=0)
        text = re.sub(r"(^|(?<=\s))(#+)$", r"\\\2", text)
        name = next((self.ids[name] for name in block.names if name in self.ids), "")
        ending = f" {{#{name}}}" if name and block.level > 1 else ""
        parts = [f"{'#' * block.level} {text}{ending}", checks]
        links = [run for run in self._linked(block.runs) if run.href or run.is_note]
        if links:
            # A heading holds words only: what hung on it stands in a line below.
            lead = Run("About this heading: ") if links[0].is_note else Run("")
            parts.append(self._words(tidy((lead, *links))))
        return "\n\n".join(part for part in parts if part)

    # ----------------------------------------------------------------------- lists

    def _listing(self, block: Listing, depth: int) -> str:
        spread = any(not _is_tight(item) for item in block.items)
        rows: list[str] = []
        for number, item in enumerate(block.items):
            # Three kinds of bullet keep a list inside a list apart from a list behind it.
            sign = "-" if block.start is None else f"{block.start + number}."
            rows.append(_indented(sign, self._item(item, depth, tight=not spread)))
        return ("\n\n" if spread else "\n").join(rows)

    def _item(self, item: Item, depth: int, *, tight: bool) -> str:
        parts = [
            self._listing(block, depth + 1)
            if isinstance(block, Listing)
            else self._plain_block(block)
            for block in item.blocks
        ]
        return ("\n" if tight else "\n\n").join(part for part in parts if part)

    def _terms(self, block: Terms) -> str:
        parts: list[str] = []
        for term in block.items:
            words = self._words(_in_a_line(term.runs), width=0)
            body = "\n\n".join(self._plain_block(inner) for inner in term.blocks)
            parts.append(f"{words}\n{_indented(':', body)}")
        return "\n\n".join(parts)

    def _box(self, block: Box) -> str:
        title = self._words(_in_a_line(block.title), width=0, at_start=False)
        body = "\n\n".join(self._plain_block(inner) for inner in block.blocks)
        return f"::::{block.kind} {title}".rstrip() + f"\n{body}\n::::"

    # ------------------------------------------------------------- tables and pictures

    def _table(self, block: Table) -> str:
        self.tables += 1
        rows = [self._row(row) for row in block.rows]
        title = self._words(_in_a_line(block.title), width=0, at_start=False)
        if max(map(len, rows)) > LONGEST_ROW or len(title) > LONGEST_ROW:
            self.ledger.changed["tables with very long cells made paragraphs"] += 1
            cells = (Para(cell) for row in (title_row(block), *block.rows) for cell in row if cell)
            return "\n\n".join(self._plain_block(cell) for cell in cells)
        rule = "|" + "---|" * len(block.rows[0])
        head = f":::compare {title or f'Table {self.tables}'}"
        missing = "" if title else f"{comment(NO_TITLE)}\n"
        return "\n".join([f"{missing}{head}", rows[0], rule, *rows[1:], ":::"])

    def _row(self, row: Sequence[Runs]) -> str:
        cells = (self._words(_in_a_line(cell), width=0, at_start=False) for cell in row)
        return f"| {' | '.join(cells)} |"

    def _picture(self, block: Picture) -> str:
        caption = self._words(_without_notes(_in_a_line(block.caption)), width=0, at_start=True)
        long = len(block.description) > LONGEST_DESCRIPTION
        rows = [f"image: images/{block.name}"]
        if block.is_decorative:
            rows.append("decorative: true")
        elif long:
            rows += ["description:", f"long_description: {_text(_literal(block.description))}"]
        else:
            words = block.description
            rows.append(f"description: {_text(words)}" if words else "description:")
        behind: list[Runs] = []
        if caption and len(caption) <= LONGEST_CAPTION:
            rows.append(f"caption: {_text(caption)}")
            notes = tuple(run for run in block.caption if run.is_note)
            behind += [(Run("About this picture: "), *notes)] if notes else []
        elif caption:
            behind.append(block.caption)
        paragraphs = (self._plain_block(Para(runs)) for runs in behind)
        return "\n\n".join([_fence("figure", *rows), *paragraphs])

    # ------------------------------------------------------------------------ notes

    def _note(self, key: str) -> str:
        blocks = simple(self.notes[key]) or (Para((Run("This note was empty."),)),)
        plain_blocks = [marks_in_words(block, self.notes) for block in blocks]
        body = "\n\n".join(self._plain_block(block) for block in plain_blocks)
        first, _, rest = body.partition("\n")
        lines = (f"    {line}".rstrip() for line in rest.split("\n"))
        return f"[^{key}]: {first}" + (("\n" + "\n".join(lines)) if rest else "")


def comment(sentence: str) -> str:
    """Return a question to a person as the mark that the checks find."""
    words = re.sub(r"-{2,}", "-", " ".join(sentence.split())).replace(">", "").replace("<", "")
    return f"<!-- {MARK} {words} -->"


def _fence(name: str, *rows: str) -> str:
    return "\n".join([f":::{name}", *rows, ":::"])


def _text(text: str) -> str:
    """Return words as a YAML text in quotes; JSON's quotes are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    return inline((Run(text),), lambda _key: "", at_start=False, width=0)


def _indented(sign: str, body: str) -> str:
    first, *rest = body.split("\n")
    margin = " " * (len(sign) + 1)
    return "\n".join([f"{sign} {first}", *((margin + line).rstrip() for line in rest)])


def _in_a_line(runs: Runs) -> Runs:
    return tidy(Run(" ") if run.text == BREAK and not run.is_note else run for run in runs)


def _without_notes(runs: Runs) -> Runs:
    return tidy(run for run in runs if not run.is_note)


def _is_tight(item: Item) -> bool:
    """True for an item of one paragraph, which a list may follow."""
    if not isinstance(item.blocks[0], Para) or len(plain(item.blocks[0].runs)) > LONGEST_PARA:
        return False
    rest = item.blocks[1:]
    simple = len(rest) < 2 and all(isinstance(b, Listing) and b.start is None for b in rest)
    return simple and all(
        _is_tight(inner) for b in rest if isinstance(b, Listing) for inner in b.items
    )
