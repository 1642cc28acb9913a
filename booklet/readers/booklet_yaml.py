"""The settings of a booklet, as read and valid, enter; Meta, Emergency and Sources leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from booklet.findings import Finding, found
from booklet.model import (
    BackPart,
    Clinic,
    Emergency,
    EmergencySign,
    Inline,
    Meta,
    Reviewer,
    Source,
    Span,
    Switch,
)
from booklet.readers.glossary import InlineReader
from booklet.readers.yaml_positions import YamlRead
from booklet.readers.yaml_tree import Path
from booklet.words import Words

_INLINE_LISTS = ("what_it_is", "what_it_is_not", "key_messages", "questions")


def meta_of(read: YamlRead, words: Words, inline: InlineReader) -> Meta:
    """Make the Meta of valid settings; ``inline`` reads one text with its place."""
    data = cast("dict[str, Any]", read.data)
    lists = {name: _inlines(read, name, inline) for name in _INLINE_LISTS}
    return Meta(
        id=data["id"],
        title=_line(data["title"]),
        subtitle=_line(data["subtitle"]),
        language=data["language"],
        direction=words.direction,
        audience=_line(data["audience"]),
        version=data["version"],
        issued=data["issued"],
        review_by=data["review_by"],
        authors=tuple(map(_line, data["authors"])),
        reviewers=tuple(_reviewer(row) for row in data["reviewers"]),
        funding=_line(data["funding"]),
        feedback=_inline(read, ("feedback",), inline),
        other_formats=_inline(read, ("other_formats",), inline),
        summary=_line(data["summary"]),
        back_matter=tuple(BackPart(name) for name in data["back_matter"]),
        span=Span(read.origin.file),
        places=tuple(sorted(_places(read))),
        **lists,
    )


def sources_of(read: YamlRead, inline: InlineReader) -> tuple[Source, ...]:
    """Make the numbered sources of valid settings, in the order of the file."""
    data = cast("dict[str, Any]", read.data)
    return tuple(
        Source(
            key=row["key"],
            number=number + 1,
            text=_inline(read, ("sources", number, "text"), inline),
            url=row.get("url"),
            date=row["date"],
            span=read.key_place(("sources", number)),
        )
        for number, row in enumerate(data.get("sources", ()))
    )


def switches_of(read: YamlRead) -> tuple[Switch, ...]:
    """Make the switches of valid settings, in the order of the file."""
    data = cast("dict[str, Any]", read.data)
    return tuple(
        Switch(rule, _line(reason), read.key_place(("rules_off", rule)))
        for rule, reason in data.get("rules_off", {}).items()
    )


def source_numbers(read: YamlRead) -> tuple[tuple[str, int], ...]:
    """Return (key, number) of all sources, as far as the settings can be read."""
    rows = read.raw.get("sources")
    if not isinstance(rows, list):
        return ()
    return tuple(
        (str(row["key"]), number + 1)
        for number, row in enumerate(rows)
        if isinstance(row, dict) and "key" in row
    )


def emergency_of(read: YamlRead, words: Words, clinic: Clinic | None) -> Emergency:
    """Make the emergency box. The number is the clinic's, else the booklet's, else the country's.

    Where there is none the number is empty (see ``settings_findings``). ``call`` keeps its
    ``{number}``, for the writer to fill in.
    """
    data = cast("dict[str, Any]", read.data)
    number = emergency_number(read, words, clinic) or ""
    box = data["emergency"]
    if isinstance(box, str):
        ready = dict(words.emergencies)[box]
        signs = tuple(EmergencySign(name, check) for name, check in ready.signs)
        return Emergency(ready.title, ready.introduction, signs, ready.call, number, ready.note)
    signs = tuple(EmergencySign(_line(row["name"]), _line(row["check"])) for row in box["signs"])
    title, introduction, call, note = (
        _line(box[name]) for name in ("title", "introduction", "call", "note")
    )
    return Emergency(title, introduction, signs, call, number, note)


def emergency_number(read: YamlRead, words: Words, clinic: Clinic | None) -> str | None:
    """Return the number to call in an emergency, or None when nobody has given one."""
    own: str | None = read.raw.get("emergency_number")
    return (clinic.emergency_number if clinic else None) or own or words.emergency_number


def settings_findings(
    read: YamlRead, folder: str, words: Words | None, clinic: Clinic | None
) -> Iterator[Finding]:
    """Yield what no schema can see, from whatever part of the settings could be read."""
    raw = read.raw
    if isinstance(raw.get("id"), str) and raw["id"] != folder:
        message = f'The id is "{raw["id"]}", the folder is "{folder}".'
        yield found("META-001", read.place(("id",)), message)
    if words is None and isinstance(raw.get("language"), str):
        message = f'The product has no words of its own in "{raw["language"]}".'
        yield found("META-002", read.place(("language",)), message)
    if words and read.data and not emergency_number(read, words, clinic):
        message = f'No emergency number is known for "{raw["language"]}".'
        yield found("META-004", read.place(("language",)), message)
    decisions = raw.get("draft")
    for number, sentence in enumerate(decisions if isinstance(decisions, list) else ()):
        yield found("DRAFT-002", read.place(("draft", number)), str(sentence))
    seen: set[str] = set()
    for key, number in source_numbers(read):
        if key in seen:
            place = read.place(("sources", number - 1, "key"))
            yield found("META-005", place, f'The source "{key}" stands twice.')
        seen.add(key)


def _places(read: YamlRead) -> Iterator[tuple[str, Span]]:
    """Return the places of the settings and of their entries, by name."""
    for path, value in read.tree.values.items():
        if 1 <= len(path) <= 2:
            yield ".".join(map(str, path)), value.key


def _reviewer(row: dict[str, str]) -> Reviewer:
    name = row.get("name")
    return Reviewer(_line(row["role"]), _line(name) if name else None, row.get("date"))


def _inlines(read: YamlRead, name: str, inline: InlineReader) -> tuple[tuple[Inline, ...], ...]:
    count = len(cast("dict[str, Any]", read.data).get(name, ()))
    return tuple(_inline(read, (name, number), inline) for number in range(count))


def _inline(read: YamlRead, path: Path, inline: InlineReader) -> tuple[Inline, ...]:
    return inline(str(read.tree.at(path)), read.place(path))


def _line(text: str) -> str:
    return " ".join(text.split())
