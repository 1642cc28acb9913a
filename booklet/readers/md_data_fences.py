"""Colon fences that hold settings go in; figures, codes, evidence and slips come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booklet.model import (
    Appointment,
    Asset,
    Block,
    Contact,
    Evidence,
    Figure,
    Inline,
    QrCode,
    Span,
    WritingLines,
)
from booklet.readers.md_desk import Desk, Place
from booklet.readers.md_fences import ReadBlocks, read_attributes
from booklet.readers.md_ids import explicit_id
from booklet.readers.md_inline import read_line
from booklet.readers.md_links import source_reference
from booklet.readers.md_parser import Node, parse
from booklet.readers.md_positions import Lines
from booklet.readers.yaml_positions import YamlRead, read_yaml

DEFAULT_WRITING_LINES = 8


@dataclass(frozen=True, slots=True)
class _Settings:
    """The valid settings of a fence, and who reads them."""

    data: dict[str, Any]
    yaml: YamlRead
    desk: Desk
    place: Place
    span: Span
    blocks: ReadBlocks

    def words(self, *path: str | int) -> tuple[Inline, ...]:
        """Read the inline Markdown of the value at ``path``; empty when it is not there."""
        value: Any = self.data
        for step in path:
            if isinstance(step, str) and step not in value:
                return ()
            value = value[step]
        return read_line(str(value), self.yaml.place(path), self.desk, self.place)


def read_data_fence(node: Node, desk: Desk, place: Place, blocks: ReadBlocks) -> Sequence[Block]:
    """Read a fence that holds settings; ``blocks`` reads the paragraphs of a long description."""
    span = place.lines.block(node.line)
    name = str(node.meta["name"])
    read_attributes(node, desk, place)
    if node.meta["title"]:
        message = f"Words after {name} have no place; they belong in its settings."
        desk.report("FENCE-018", span, message)
    origin = _origin(node, place)
    text = node.token.content
    yaml = read_yaml(text, origin, name)
    desk.findings += yaml.findings
    if yaml.data is None:
        return ()
    return _READERS[name](_Settings(yaml.data, yaml, desk, place, span, blocks))


def _origin(node: Node, place: Place) -> Span:
    """Return where the settings begin: the column that all their lines share."""
    for line, text in enumerate(node.token.content.split("\n"), start=node.line + 1):
        if text.strip():
            first = place.lines.inside(line, text, 0)
            column = first.column - (len(text) - len(text.lstrip()))
            return Span(first.file, first.line - line + node.line + 1, max(1, column))
    return place.lines.block(node.line)


def _figure(settings: _Settings) -> Sequence[Block]:
    data, desk, span = settings.data, settings.desk, settings.span
    decorative = bool(data.get("decorative", False))
    description = str(data.get("description", ""))
    long_description = _long_description(settings)
    if decorative and (description or long_description):
        message = "A decorative picture has no description, yet one stands here."
        desk.report("FENCE-020", settings.yaml.place(("decorative",)), message)
    if not decorative and not description:
        desk.report("FENCE-019", span, "This picture has no description.")
    figure_id = explicit_id(data.get("id"), settings.yaml.place(("id",)), desk)
    caption = settings.words("caption")
    return _with_asset(
        data["image"],
        settings.yaml.place(("image",)),
        desk,
        lambda asset: Figure(
            id=figure_id or desk.next_id("figure"),
            asset=asset,
            description=" ".join(description.split()),
            caption=caption,
            long_description=long_description,
            decorative=decorative,
            span=span,
        ),
    )


def _long_description(settings: _Settings) -> tuple[Block, ...]:
    text = settings.data.get("long_description", "")
    if not text.strip():
        return ()
    start = settings.yaml.place(("long_description",))
    lines = Lines(settings.place.lines.rows, start.line - 1, start)
    place = replace(settings.place, lines=lines, notes=False)
    return settings.blocks(parse(settings.desk.parser, text), settings.desk, place)


def _with_asset(
    path: str, span: Span, desk: Desk, make: Callable[[Asset], Figure]
) -> Sequence[Block]:
    asset = desk.load_asset(path, span)
    if isinstance(asset, Asset):
        return (make(asset),)
    desk.findings += asset
    return ()


def read_picture(image: Node, span: Span, desk: Desk) -> Sequence[Block]:
    """Make a figure of a picture that stands alone on its line."""
    token = image.token
    description = " ".join(_alternative(token.children or ()).split())
    if not description:
        desk.report("FENCE-019", span, "This picture has no description.")
    if "title" in token.attrs:
        desk.report("MD-042", span, "Words in quotes after an address are not possible.")
    if "label" in token.meta:
        desk.used_addresses.add(token.meta["label"])
    return _with_asset(
        str(token.attrs["src"]),
        span,
        desk,
        lambda asset: Figure(desk.next_id("figure"), asset, description, (), (), False, span),
    )


def _alternative(tokens: Sequence[Any]) -> str:
    """Return the words between the brackets of a picture, without any marks."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type != "html_inline"
    )


def _qr(settings: _Settings) -> Sequence[Block]:
    return (QrCode(settings.data["url"], settings.words("label"), settings.span),)


def _evidence(settings: _Settings) -> Sequence[Block]:
    data = settings.data
    references = (
        source_reference(key, settings.yaml.place(("sources", index)), settings.desk)
        for index, key in enumerate(data["sources"])
    )
    return (
        Evidence(
            claim=settings.words("claim"),
            known=settings.words("known"),
            strength=data["strength"],
            sources=tuple(reference for reference in references if reference),
            date=data["date"],
            span=settings.span,
        ),
    )


def _contact(settings: _Settings) -> Sequence[Block]:
    return (Contact(settings.words("title"), settings.span),)


def _appointment(settings: _Settings) -> Sequence[Block]:
    count = len(settings.data.get("fields", ()))
    fields = tuple(settings.words("fields", index) for index in range(count))
    return (Appointment(settings.words("title"), fields, settings.span),)


def _notes(settings: _Settings) -> Sequence[Block]:
    lines = settings.data.get("lines", DEFAULT_WRITING_LINES)
    return (WritingLines(settings.words("title"), lines, settings.span),)


_READERS: dict[str, Callable[[_Settings], Sequence[Block]]] = {
    "figure": _figure,
    "qr": _qr,
    "evidence": _evidence,
    "contact": _contact,
    "appointment": _appointment,
    "notes": _notes,
}
