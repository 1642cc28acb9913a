"""The glossary files enter; the terms and abbreviations that a booklet may use leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from booklet.findings import found
from booklet.model import GlossaryEntry, Inline, Span
from booklet.readers.intake import Intake, by_language
from booklet.readers.yaml_positions import YamlRead
from booklet.readers.yaml_tree import Path

InlineReader = Callable[[str, Span], tuple[Inline, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term as written; ``at`` is where its definition begins."""

    key: str
    term: str
    definition: str
    at: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms and (short form, expansion) pairs, each key and short form once."""

    terms: tuple[Term, ...]
    abbreviations: tuple[tuple[str, str], ...]

    def entries(self, inline: InlineReader) -> tuple[GlossaryEntry, ...]:
        """Return the entries of the model; ``inline`` reads a definition."""
        return tuple(
            GlossaryEntry(term.key, term.term, inline(term.definition, term.at), None, term.span)
            for term in self.terms
        )


def read_glossary(intake: Intake, language: str, own: YamlRead) -> Glossary:
    """Read the shared glossary of a language, overlaid by what ``booklet.yaml`` adds."""
    terms: dict[str, Term] = {}
    short: dict[str, str] = {}
    path = by_language(intake.tree, "glossary", language, ".yaml")
    shared = intake.settings(path, "glossary") if path else None
    if shared and shared.data is not None:
        _collect(intake, shared, shared.data, (), terms, short)
    if own.data is not None:
        # The booklet's own words come second, so they win.
        _collect(intake, own, own.data.get("glossary", {}), ("glossary",), terms, short)
    return Glossary(tuple(terms.values()), tuple(sorted(short.items())))


def _collect(
    intake: Intake,
    read: YamlRead,
    data: dict[str, Any],
    path: Path,
    terms: dict[str, Term],
    short: dict[str, str],
) -> None:
    """Add the words of one file; a word that the same file has twice is a finding."""
    own_terms: set[str] = set()
    for number, row in enumerate(data.get("terms", ())):
        at = (*path, "terms", number)
        if row["key"] in own_terms:
            message = f'The term "{row["key"]}" is explained twice.'
            intake.tell([found("GLOS-001", read.place((*at, "key")), message)])
        own_terms.add(row["key"])
        place = read.place((*at, "definition"))
        term = " ".join(row["term"].split())
        terms[row["key"]] = Term(row["key"], term, row["definition"], place, read.key_place(at))
    own_short: set[str] = set()
    for number, row in enumerate(data.get("abbreviations", ())):
        if row["short"] in own_short:
            place = read.place((*path, "abbreviations", number, "short"))
            message = f'The abbreviation "{row["short"]}" stands twice.'
            intake.tell([found("GLOS-002", place, message)])
        own_short.add(row["short"])
        short[row["short"]] = " ".join(row["expansion"].split())
