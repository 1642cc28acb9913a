"""The parts of a booklet in reading order: plain data that each writer frames in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup

from booklet.model import Asset


class PartKind(StrEnum):
    """What a part is; front matter, chapters and back matter in the order of this list."""

    COVER = "cover"
    EMERGENCY = "emergency"
    BEFORE = "before-you-read"
    KEY_MESSAGES = "key-messages"
    CONTENTS = "contents"
    CHAPTER = "chapter"
    SPARE_NOTES = "spare-notes"
    QUESTIONS = "questions"
    NOTES = "notes"
    GLOSSARY = "glossary"
    SOURCES = "sources"
    CONTACT = "contact"
    APPOINTMENT = "appointment"
    ABOUT = "about"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``id`` is also the id of the outermost element of ``body``.

    ``body`` is one well-formed XHTML ``<section>`` (element names without prefix, ``epub:type``
    and DPUB-ARIA ``role`` set). ``ids`` are all ids inside it, its own first.
    """

    id: str
    kind: PartKind
    title: str
    body: Markup
    ids: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Links:
    """How a writer addresses things: ``files`` maps an id to the file that holds it.

    With no file for an id the target is in the same document. ``assets`` is the prefix that
    turns an asset's name into an address.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    assets: str = "images/"

    def href(self, target: str, *, here: str = "") -> str:
        """Return the address of an id, as seen from the file ``here``."""
        file = self.files.get(target, "")
        return f"#{target}" if file in ("", here) else f"{file}#{target}"

    def asset(self, name: str) -> str:
        """Return the address of a picture."""
        return f"{self.assets}{name}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """All parts in reading order (the disclaimer last) and all pictures they show."""

    parts: tuple[Part, ...]
    assets: tuple[Asset, ...]
