"""The tokens of one paragraph, heading or cell go in; inline nodes of the model come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from booklet.model import (
    Emphasis,
    Inline,
    LineBreak,
    NoteReference,
    Phrase,
    Span,
    Strong,
    Text,
)
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_language import direction_of, is_language, same_language
from booklet.readers.md_leftovers import is_stray_star, leftovers
from booklet.readers.md_links import make_link
from booklet.readers.md_notes import mark_note
from booklet.readers.md_parser import Node, nest, parse_line
from booklet.readers.md_positions import Lines
from booklet.readers.md_text import Shorts, join, trim, words_only

MAX_DEPTH = 10
"""Bold, links and other marks inside one another."""

# What the import command writes beside a guess (booklet/importers/markdown.py).
_QUESTION = re.compile(r"\s*<!--\s*CHECK:\s*(.*?)\s*-->", re.DOTALL)


@dataclass
class _Words:
    """One run of words while it is read: where it stands and what was said of it already."""

    desk: Desk
    place: Place
    line: int
    content: str
    start: int
    reported: set[str] = field(default_factory=set)

    def at(self, node: Node, back: int = 0) -> Span:
        """Return the place of an inline token, ``back`` characters before its own offset."""
        return self.span(node.meta.get("at", 0) - back)

    def span(self, offset: int) -> Span:
        return self.place.lines.inside(self.line, self.content, offset, self.start)

    @property
    def shorts(self) -> Shorts:
        """The abbreviations to look for: none in words of another language."""
        if same_language(self.place.language, self.desk.scope.language):
            return self.desk.short_forms, self.desk.abbreviations
        return None, {}


def read_words(node: Node, desk: Desk, place: Place) -> tuple[Inline, ...]:
    """Read an ``inline`` node of the tree."""
    content = node.meta.get("content", node.token.content)
    words = _Words(desk, place, node.line, content, node.meta.get("start", 0))
    if node.meta.get("cut"):
        message = "These words are too long to be one paragraph."
        desk.report("MD-035", place.lines.block(node.line), message)
    return trim(_read(nest(node.token.children or (), MAX_DEPTH), words))


def read_line(text: str, at: Span, desk: Desk, place: Place) -> tuple[Inline, ...]:
    """Read words of one line that stand at ``at``, such as a setting's value."""
    inside = replace(place, lines=Lines((), 0, at), notes=False)
    return read_words(parse_line(desk.parser, text), desk, inside)


def plain_only(
    nodes: tuple[Inline, ...], rule: str, span: Span, message: str, desk: Desk
) -> tuple[Inline, ...]:
    """Return the nodes without links and marks; a finding when there were any."""
    plain = words_only(nodes)
    if plain != nodes:
        desk.report(rule, span, message)
    return plain


def _read(nodes: Sequence[Node], words: _Words) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for node in nodes:
        found += _one(node, words)
    return join(found, words.shorts)


def _one(node: Node, words: _Words) -> Sequence[Inline]:
    match node.type:
        case "text":
            return _text(node, words)
        case "text_special":
            return _special(node, words)
        case "softbreak":
            return (Text(" "),)
        case "hardbreak":
            return _line_break(node, words)
        case "strong":
            return (Strong(_read(node.children, words)),)
        case "em":
            return (Emphasis(_read(node.children, words)),)
        case "link":
            return _link(node, words)
        case "span":
            return _phrase(node, words)
        case "footnote_ref":
            return _note(node, words)
        case _:
            return _refuse(node, words)


def _text(node: Node, words: _Words) -> Sequence[Inline]:
    text = node.token.content
    at = node.meta.get("at", 0)
    if text in ("*", "_") and "size" not in node.meta:
        if text not in words.reported and is_stray_star(words.content, at):
            words.reported.add(text)
            _leftover(words, at, f"This mark ({text}) makes no words bold.", "")
        return (Text(text),)
    # A task list takes the box off the front of the words: the rest stands that much further on.
    at += node.meta.get("size", len(text)) - len(text)
    starts_line = at == 0 or words.content[at - 1 : at] == "\n"
    for leftover, offset in leftovers(text, starts_line=starts_line):
        if leftover.name not in words.reported:
            words.reported.add(leftover.name)
            _leftover(words, at + offset, leftover.message, leftover.hint)
    return (Text(text),)


def _leftover(words: _Words, at: int, message: str, hint: str) -> None:
    words.desk.report("MD-026", words.span(at), message, hint or None)


def _special(node: Node, words: _Words) -> Sequence[Inline]:
    text = node.token.content
    if text == node.token.markup and text.startswith("\\"):
        _leftover(words, node.meta["at"], "This backslash does nothing here.", "")
    return (Text(text),)


def _line_break(node: Node, words: _Words) -> Sequence[Inline]:
    at = node.meta["at"]
    if words.content[at : at + 1] != "\\":
        message = "Two spaces at the end of this line make a line break that nobody can see."
        words.desk.report("MD-027", words.span(at), message)
    return (LineBreak(),)


def _link(node: Node, words: _Words) -> Sequence[Inline]:
    auto = node.token.info == "auto"
    span = words.at(node, 0 if auto else 1)
    unknown_attributes(node, span, words.desk)
    children: tuple[Inline, ...]
    if auto:
        # The words are the address itself: no abbreviation is looked for in it.
        children = tuple(Text(child.token.content) for child in node.children)
    else:
        children = trim(_read(node.children, words))
    message = "A link, a note or a source stands inside a link."
    children = plain_only(children, "MD-045", span, message, words.desk)
    links = make_link(node.token, children, span, words.desk)
    tag = node.token.attrs.get("lang")
    return links if tag is None else _in_language(str(tag), links, words, span)


def _phrase(node: Node, words: _Words) -> Sequence[Inline]:
    span = words.at(node, 1)
    unknown_attributes(node, span, words.desk)
    tag = str(node.token.attrs.get("lang", ""))
    if not tag:
        if "insecure_attrs" not in node.meta:
            message = "The curly brackets behind these words name no language."
            words.desk.report("MD-028", span, message)
        return _read(node.children, words)
    inner = replace(words, place=replace(words.place, language=tag))
    return _in_language(tag, _read(node.children, inner), words, span)


def _in_language(
    tag: str, children: Sequence[Inline], words: _Words, span: Span
) -> Sequence[Inline]:
    if not is_language(tag):
        words.desk.report("MD-030", span, f'"{tag}" is not a language tag.')
        return children
    if not children:
        words.desk.report("MD-044", span, "There are no words between these brackets.")
        return ()
    return (Phrase(tag, direction_of(tag), tuple(children)),)


def unknown_attributes(node: Node, span: Span, desk: Desk) -> None:
    """Report attributes in curly brackets that have no meaning here."""
    for name, value in sorted(node.meta.get("insecure_attrs", {}).items()):
        shown = shown_attribute(name, value)
        desk.report("MD-028", span, f'"{shown}" in curly brackets has no meaning here.')


def shown_attribute(name: str, value: str) -> str:
    """Return an attribute as its author wrote it."""
    return {"id": f"#{value}", "class": f".{value}"}.get(name, name)


def _note(node: Node, words: _Words) -> Sequence[Inline]:
    span = words.at(node)
    if not words.place.notes:
        message = "A note mark cannot stand here: notes belong to the text of a chapter."
        words.desk.report("REF-009", span, message)
        return ()
    mark: NoteReference | None = mark_note(node.meta["label"], span, words.desk)
    return () if mark is None else (mark,)


def _refuse(node: Node, words: _Words) -> Sequence[Inline]:
    span = words.at(node)
    report = words.desk.report
    match node.type:
        case "html_inline":
            if "at" in node.meta:  # a task list's own box has no place in the text
                report_html(node.token.content, span, words.desk)
            return ()
        case "code_inline":
            report("MD-021", span, "Computer code between backticks is not possible.")
            return (Text(node.token.content),)
        case "image":
            report("MD-024", span, "A picture cannot stand inside a line of text.")
        case "too_deep":
            report("MD-033", span, "Too many marks stand inside one another.")
        case _:
            report("MD-025", span, f'"{node.type}" is not known to a booklet.')
    return ()


def report_html(text: str, span: Span, desk: Desk) -> None:
    """Report raw HTML; a comment with a hint of its own, the mark of an import by its question."""
    question = _QUESTION.match(text)
    if question:
        desk.report("DRAFT-001", span, " ".join(question[1].split()))
    elif text.lstrip().startswith("<!--"):
        hint = "Remove the comment, or keep it outside the chapters."
        desk.report("MD-020", span, "An HTML comment stands in the text.", hint)
    else:
        tag = text.strip().splitlines()[0][:40]
        desk.report("MD-020", span, f"HTML stands in the text: {tag}")
