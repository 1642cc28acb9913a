"""A source folder and the id of a booklet enter; the Booklet, as far as it can be read, leaves.

Every part is read even when another is wrong, so that all findings are shown at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from booklet.findings import Finding, bounded, found, in_order
from booklet.model import Booklet, Clinic, Inline, Section, Span
from booklet.readers.assets import Pictures
from booklet.readers.booklet_yaml import (
    emergency_number,
    emergency_of,
    meta_of,
    settings_findings,
    source_numbers,
    sources_of,
    switches_of,
)
from booklet.readers.clinic import FOLDER as CLINICS
from booklet.readers.clinic import read_clinic
from booklet.readers.clinic_fit import two_numbers
from booklet.readers.disclaimer import read_disclaimer
from booklet.readers.glossary import Glossary, read_glossary
from booklet.readers.intake import Intake
from booklet.readers.markdown import read_chapter, read_inline
from booklet.readers.resolve import resolve
from booklet.readers.scope import Scope
from booklet.readers.signature import read_signatures
from booklet.readers.yaml_positions import YamlRead
from booklet.source import SourceTree
from booklet.words import words_for

SETTINGS = "booklet.yaml"
MAX_WORDS = 1_000_000
"""Bytes of all chapters of a booklet: about 500 large-print pages."""
_ANY_LANGUAGE = "en"
_CHAPTER = re.compile(r"[0-9]{2}-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")


@dataclass(frozen=True, slots=True)
class Read:
    """A booklet as read, or None when it cannot be; ``files`` are the paths that were read."""

    booklet: Booklet | None
    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def read(tree: SourceTree, booklet_id: str, *, clinic: str | None = None) -> Read:
    """Read the booklet in the folder ``booklet_id``, with the profile of ``clinic`` if named.

    A booklet is returned even with findings when all its parts could be read. Raises UsageError
    when there is no such clinic and MachineError when a file cannot be read.
    """
    reading = _Reading(Intake(tree), booklet_id)
    booklet = reading.booklet(clinic)
    files = tuple(sorted(file.path for file in reading.intake.files.values()))
    findings = bounded(in_order(reading.intake.findings), tree.span(booklet_id))
    return Read(booklet, findings, files)


class _Reading:
    """One reading of one booklet: parts are read one after the other, findings pile up."""

    def __init__(self, intake: Intake, folder: str) -> None:
        self.intake = intake
        self.folder = folder
        self.pictures = Pictures(intake, folder)

    def booklet(self, clinic_id: str | None) -> Booklet | None:
        """Read all parts and put them together; None when a part is missing."""
        clinic, clinic_pictures = self._clinic(clinic_id)
        settings = self.intake.settings(f"{self.folder}/{SETTINGS}", "booklet")
        if settings is None:
            return None
        language = _language(settings)
        words = words_for(language) if language else None
        self.intake.tell(settings_findings(settings, self.folder, words, clinic))
        self.intake.tell(self._unlisted(settings))
        place = settings.place(("language",))
        disclaimer = read_disclaimer(self.intake, language, place) if language else None
        scope, glossary = self._scope(settings, language or _ANY_LANGUAGE)
        chapters = self._chapters(settings, scope)
        if settings.data is None:
            return None
        inline = _InlineReader(self.intake, scope)
        meta = meta_of(settings, scope.words, inline)
        sources = sources_of(settings, inline)
        entries = glossary.entries(inline)
        lacks_clinic = clinic_id is not None and clinic is None
        # Without a part there is no booklet; only now, for all parts had to be looked at.
        if words is None or disclaimer is None or chapters is None or lacks_clinic:
            return None
        assets = (*self.pictures.loaded.values(), *clinic_pictures.loaded.values())
        digest = self.intake.digest()
        booklet = Booklet(
            meta=meta,
            emergency=emergency_of(settings, words, clinic),
            chapters=chapters,
            glossary=entries,
            sources=sources,
            disclaimer=disclaimer,
            clinic=clinic,
            assets=tuple(sorted(assets, key=lambda asset: asset.name)),
            digest=digest,
            signatures=read_signatures(self.intake, self.folder, clinic_id, digest),
            texts=self.intake.texts(),
            switches=switches_of(settings),
        )
        self.intake.tell(two_numbers(booklet, emergency_number(settings, words, None)))
        resolved = resolve(booklet)
        self.intake.tell(resolved.findings)
        return resolved.booklet

    def _clinic(self, clinic_id: str | None) -> tuple[Clinic | None, Pictures]:
        pictures = Pictures(self.intake, CLINICS, taken=self.pictures.taken)
        if clinic_id is None:
            return None, pictures
        return read_clinic(self.intake, clinic_id, pictures), pictures

    def _scope(self, settings: YamlRead, language: str) -> tuple[Scope, Glossary]:
        """Gather what the texts may lean on; without words for the language, English stands in."""
        glossary = read_glossary(self.intake, language, settings)
        words = words_for(language) or words_for(_ANY_LANGUAGE)
        if words is None:
            raise AssertionError("the product's own words are missing")
        scope = Scope(
            language=language,
            direction=words.direction,
            abbreviations=glossary.abbreviations,
            terms=tuple((term.key, term.term) for term in glossary.terms),
            sources=source_numbers(settings),
            words=words,
        )
        return scope, glossary

    def _chapters(self, settings: YamlRead, scope: Scope) -> tuple[Section, ...] | None:
        """Read the listed chapters; None when one of them cannot be read."""
        sections: list[Section | None] = []
        size = 0
        for number, name in _listed(settings):
            match = _CHAPTER.fullmatch(name)
            if match is None:
                continue  # the schema has told it
            asked = settings.place(("chapters", number))
            file = self.intake.text(f"{self.folder}/{name}", asked=asked)
            if file is None:
                sections.append(None)
                continue
            size += len(file.data)
            if size > MAX_WORDS:
                sections.append(None)
                continue
            chapter = read_chapter(file, match.group(1), scope, self.pictures.load)
            self.intake.tell(chapter.findings)
            sections.append(chapter.section)
        if size > MAX_WORDS:
            message = f"The chapters have {size // 1000:,} kB; {MAX_WORDS // 1000:,} is the most."
            self.intake.tell((found("SRC-009", settings.key_place(("chapters",)), message),))
        whole = tuple(section for section in sections if section)
        return whole if len(whole) == len(sections) else None

    def _unlisted(self, settings: YamlRead) -> Iterator[Finding]:
        """Warn of chapter files that lie in the folder but would not be printed."""
        if not isinstance(settings.raw.get("chapters"), list):
            return
        listed = {name for _number, name in _listed(settings)}
        misnamed = self.intake.tree.misnamed(self.folder)
        for name in misnamed:
            place = self.intake.tree.span(f"{self.folder}/{name}")
            yield found("SRC-011", place, f'"{name}" stands for a name that cannot be shown.')
        for name in sorted(set(self.intake.tree.listing(self.folder)) - set(misnamed)):
            if name.endswith(".md") and name[0] not in "._" and name not in listed:
                place = self.intake.tree.span(f"{self.folder}/{name}")
                yield found("META-003", place, f'{name} is not in the list "chapters".')


@dataclass(frozen=True, slots=True)
class _InlineReader:
    """Reads one text of the settings and keeps its findings."""

    intake: Intake
    scope: Scope

    def __call__(self, text: str, at: Span) -> tuple[Inline, ...]:
        result = read_inline(text, at, self.scope)
        self.intake.tell(result.findings)
        return result.children


def _language(settings: YamlRead) -> str | None:
    """Return the language when it is at least a word that can name a file."""
    language = settings.raw.get("language")
    plain = isinstance(language, str) and re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)*", language)
    return str(language) if plain else None


def _listed(settings: YamlRead) -> Iterator[tuple[int, str]]:
    """Return the listed chapters with their places in the list, each name once."""
    chapters = settings.raw.get("chapters")
    names = chapters if isinstance(chapters, list) else []
    for number, name in enumerate(names):
        if isinstance(name, str) and name not in names[:number]:
            yield number, name
