"""A booklet enters; every run of words in it leaves, with all that stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from booklet.model import (
    Abbreviation,
    Appointment,
    Block,
    Booklet,
    BulletList,
    Callout,
    Checklist,
    Compare,
    Contact,
    CrossReference,
    DefinitionList,
    Division,
    Emphasis,
    Evidence,
    Figure,
    Inline,
    LineBreak,
    Link,
    Meta,
    NoteReference,
    NumberedList,
    Paragraph,
    Phrase,
    QrCode,
    Questions,
    Quote,
    Section,
    SourceReference,
    Span,
    Steps,
    Strong,
    TermReference,
    Text,
    WritingLines,
)

Kind = Literal[
    "title",  # title and subtitle
    "setting",  # any other plain setting, such as who paid
    "message",  # key messages, what the booklet is and is not
    "question",  # questions to ask at the back
    "emergency",  # the emergency box, when it is the booklet's own
    "heading",  # of chapters and their parts
    "label",  # titles of boxes, captions, table headings, fields of a slip, labels of codes
    "paragraph",
    "cell",
    "term",  # what a definition list or the glossary explains
    "definition",  # what the glossary says of it
    "description",  # of a picture: heard, not seen
    "claim",  # of an evidence box: what people say
    "known",  # of an evidence box: what is known of it
    "source",  # an entry of the list of sources
]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one language. ``at`` is the place of the link within the booklet around them."""

    text: str
    language: str
    strong: bool
    at: Span | None


@dataclass(frozen=True)
class Passage:
    """One paragraph, heading, cell or setting. ``inside`` are its blocks, outermost first.

    ``span`` is the place of its block; ``key`` the setting that holds the words there, if any.
    """

    kind: Kind
    children: tuple[Inline, ...]
    span: Span
    language: str
    inside: tuple[Block, ...] = ()
    key: str = ""

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The words in order, cut where their language, weight or origin changes."""
        return tuple(_runs(self.children, self.language, None, strong=False))

    @cached_property
    def text(self) -> str:
        """All words as they are read."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def own_text(self) -> str:
        """The words in the passage's own language; spaces stand for those of others."""
        mine = primary(self.language)
        return "".join(
            run.text if primary(run.language) == mine else " " * len(run.text) for run in self.runs
        )

    @property
    def section(self) -> Section | None:
        """The innermost part of a chapter around it."""
        parts = [block for block in self.inside if isinstance(block, Section)]
        return parts[-1] if parts else None


def primary(language: str) -> str:
    """Return the primary subtag of a language tag: ``en`` of ``en-US``."""
    return language.lower().split("-")[0]


# ----------------------------------------------------------------------- words of one passage


def _runs(
    nodes: tuple[Inline, ...], language: str, lent: Span | None, *, strong: bool
) -> Iterator[Run]:
    for node in nodes:
        match node:
            case Text(text) | Abbreviation(text=text):
                yield Run(text, language, strong, lent)
            case LineBreak():
                yield Run(" ", language, strong, lent)
            case SourceReference() | NoteReference():
                pass
            case Strong(children) | Emphasis(children):
                yield from _runs(children, language, lent, strong=True)
            case Phrase(language=other, children=children):
                yield from _runs(children, other, lent, strong=strong)
            case Link(children=children):
                yield from _runs(children, language, lent, strong=strong)
            case (
                TermReference(children=children, span=span)
                | CrossReference(children=children, span=span)
            ):
                yield from _runs(children, language, span, strong=strong)


def inline(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every inline node, those inside others too, in the order of reading."""
    for node in nodes:
        yield node
        match node:
            case Text() | Abbreviation() | LineBreak() | SourceReference() | NoteReference():
                pass
            case _:
                yield from inline(node.children)


# ---------------------------------------------------------------------- passages of a booklet


# Every check of words asks for them; they are a pure function of the booklet.
@lru_cache(maxsize=2)
def passages(booklet: Booklet) -> tuple[Passage, ...]:
    """Return every run of words but the disclaimer's: front, chapters, back."""
    return tuple(passage for passage in _all(booklet) if passage.text.strip())


def blocks(booklet: Booklet) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    """Yield every block with the blocks that it stands in, outermost first."""
    for chapter in booklet.chapters:
        yield from _walk(chapter, ())


def inner_blocks(block: Block) -> tuple[Block, ...]:
    """Return the blocks that stand directly inside a block, those of its notes last."""
    match block:
        case Section():
            return (*block.blocks, *(inner for note in block.notes for inner in note.blocks))
        case Division() | Quote() | Callout():
            return block.blocks
        case BulletList() | NumberedList() | Steps() | Checklist() | Questions():
            return tuple(inner for item in block.items for inner in item.blocks)
        case DefinitionList():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Figure():
            return block.long_description
        case Paragraph() | Compare() | QrCode() | Evidence() | Contact() | Appointment():
            return ()
        case WritingLines():
            return ()


def _walk(block: Block, inside: tuple[Block, ...]) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    yield block, inside
    for inner in inner_blocks(block):
        yield from _walk(inner, (*inside, block))


def _all(booklet: Booklet) -> Iterator[Passage]:
    meta = booklet.meta
    yield from _settings(meta)
    if isinstance(dict(meta.places).get("emergency.title"), Span):
        yield from _emergency(booklet)
    for block, inside in blocks(booklet):
        tongues = [outer.language for outer in inside if isinstance(outer, Division)]
        language = tongues[-1] if tongues else meta.language
        for kind, words, span, key in _words(block):
            yield Passage(kind, words, span, language, (*inside, block), key)
    yield from _entries(meta, "questions", "question")
    for entry in booklet.glossary:
        yield Passage("term", (Text(entry.term),), entry.span, meta.language, (), "term")
        definition = entry.definition
        yield Passage("definition", definition, entry.span, meta.language, (), "definition")
    for source in booklet.sources:
        yield Passage("source", source.text, source.span, meta.language, (), "text")


def _settings(meta: Meta) -> Iterator[Passage]:
    plain: dict[str, Kind] = {"title": "title", "subtitle": "title"}
    plain |= dict.fromkeys(("audience", "summary", "funding"), "setting")
    for name, kind in plain.items():
        words = (Text(str(getattr(meta, name))),)
        yield Passage(kind, words, meta.place(name), meta.language, (), name)
    for name in ("feedback", "other_formats"):
        yield Passage("setting", getattr(meta, name), meta.place(name), meta.language, (), name)
    for name in ("what_it_is", "what_it_is_not", "key_messages"):
        yield from _entries(meta, name, "message")


def _entries(meta: Meta, name: str, kind: Kind) -> Iterator[Passage]:
    for number, words in enumerate(getattr(meta, name)):
        yield Passage(kind, words, meta.place(f"{name}.{number}"), meta.language)


def _emergency(booklet: Booklet) -> Iterator[Passage]:
    meta, box = booklet.meta, booklet.emergency
    rows = [(name, str(getattr(box, name))) for name in ("title", "introduction", "call", "note")]
    for sign in box.signs:
        rows += [("signs", sign.name), ("signs", sign.check)]
    for name, words in rows:
        place = meta.place(f"emergency.{name}")
        yield Passage("emergency", (Text(words),), place, meta.language, (), name)


def _words(block: Block) -> Iterator[tuple[Kind, tuple[Inline, ...], Span, str]]:
    """Yield the words of a block itself, not of the blocks in it: kind, words, place, setting."""
    span = block.span
    match block:
        case Paragraph():
            yield "paragraph", block.children, span, ""
        case Section():
            yield "heading", block.title, span, ""
        case DefinitionList():
            for item in block.items:
                yield "term", item.term, item.span, ""
        case Compare():
            yield "label", block.caption, span, ""
            for column in block.columns:
                yield "label", column, span, ""
            for row in block.rows:
                for cell in (row.header, *row.cells):
                    yield "cell", cell, row.span, ""
        case Figure():
            yield "description", (Text(block.description),), span, "description"
            yield "label", block.caption, span, "caption"
        case QrCode():
            yield "label", block.label, span, "label"
        case Evidence():
            yield "claim", block.claim, span, "claim"
            yield "known", block.known, span, "known"
        case Appointment():
            yield "label", block.title, span, "title"
            for words in block.fields:
                yield "label", words, span, "fields"
        case Contact() | WritingLines():
            yield "label", block.title, span, "title"
        case Callout() | Steps() | Checklist() | Questions():
            yield "label", block.title, span, ""
        case BulletList() | NumberedList() | Quote() | Division():
            pass
