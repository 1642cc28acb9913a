"""What is known of a booklet enters; its booklet.yaml leaves, with a line for all that is not."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_HEAD = """\
# A draft, imported from {origin}. It cannot be built until a person has finished it.
#
# 1. Fill in each setting below that is empty; the words behind # say what belongs there.
# 2. Work through the list "draft" at the end of this file.
# 3. In the chapters, answer each line that begins with <!-- CHECK: and then delete it.
#
# "make_booklet.py check {id}" shows what is left to do.
"""
_OPEN = (
    ("audience", "who it is for, such as: People who care for someone who has had a stroke"),
    ("version", ""),
    ("issued", "the day it is handed out from, such as 2026-11-22"),
    ("review_by", "the day by which a clinician must read it again, such as 2028-11-22"),
    ("authors", "in brackets, such as [The stroke team]"),
    ("reviewers", "on lines of its own, such as   - role: Stroke doctor"),
    ("funding", "who paid for it"),
    ("feedback", "where readers send comments"),
    ("other_formats", "how to get it in other formats and languages"),
    ("summary", "one or two sentences for library catalogues"),
    ("what_it_is", "sentences in brackets, such as [A plain guide.]"),
    ("what_it_is_not", "such as [It does not replace the advice of a doctor.]"),
    ("key_messages", "three to five sentences in brackets"),
    ("emergency", "fast (the stroke box), or a box of your own (docs/source-format.md)"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What an import knows of a booklet; ``language`` and ``subtitle`` may be empty."""

    id: str
    title: str
    subtitle: str
    language: str
    origin: str
    chapters: Sequence[str]
    decisions: Sequence[str]


def settings(known: Known) -> str:
    """Return booklet.yaml. What nobody knows is left empty, for the checks to ask for."""
    rows = [_HEAD.format(origin=_comment(known.origin), id=known.id)]
    rows += [f"id: {known.id}", f"title: {_text(known.title)}"]
    rows.append(_row("subtitle", known.subtitle, "a line for below the title"))
    rows.append(_row("language", known.language, "of the text, with the country: en-US, en-GB"))
    for name, help_words in _OPEN:
        rows.append('version: "0.1"' if name == "version" else f"{name}:  # {help_words}")
    rows += ["chapters:", *(f"  - {name}" for name in known.chapters)]
    rows.append("back_matter: [questions, notes, glossary, sources, contact, appointment, about]")
    rows += [
        "",
        "# Delete each line when it is done. When all are gone, delete the line draft: too.",
    ]
    rows += ["draft:", *(f"  - {_text(sentence)}" for sentence in known.decisions)]
    return "\n".join(rows) + "\n"


def language_tag(text: str) -> str:
    """Return a language as booklet.yaml writes it, or nothing when it is none."""
    match = _LANGUAGE.match(text.strip())
    if not match or len(match[0]) != len(text.strip().split(".")[0]):
        return ""
    parts = [match[1].lower()]
    parts += [match[2].title()] if match[2] else []
    parts += [match[3].upper()] if match[3] else []
    return "-".join(parts)


def _row(name: str, value: str, help_words: str) -> str:
    return f"{name}: {_text(value)}" if value else f"{name}:  # {help_words}"


def _text(text: str) -> str:
    """Return words as a YAML text in quotes; JSON's quotes are YAML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
