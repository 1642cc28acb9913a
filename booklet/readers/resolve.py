"""A booklet as read goes in; one whose links, words explained and sources all meet comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from booklet.findings import Finding, found, in_order
from booklet.model import (
    BackPart,
    Booklet,
    CrossReference,
    GlossaryEntry,
    Meta,
    SourceReference,
    Span,
    TermReference,
)
from booklet.readers.md_links import did_you_mean
from booklet.readers.md_targets import (
    Target,
    all_ids,
    duplicates,
    printed_back_parts,
    targets,
)
from booklet.readers.md_walk import rewrite

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The booklet with its references filled in, and findings sorted by place."""

    booklet: Booklet
    findings: tuple[Finding, ...]


def resolve(booklet: Booklet) -> Resolved:
    """Fill in what only the whole booklet can tell.

    Links without words get those of their target; the first use of each term gets an anchor and
    its glossary entry leads back to it; the glossary keeps the terms that are used, sorted.
    """
    findings = list(duplicates(booklet))
    ids = frozenset(name for name, _ in all_ids(booklet))
    linker = _Linker(targets(booklet), ids, findings)
    printed = printed_back_parts(booklet)
    meta = linker.fields(booklet.meta, ("what_it_is", "what_it_is_not", "key_messages"))
    chapters = linker.link(booklet.chapters)
    meta = linker.fields(meta, _back_fields(printed))
    sources = booklet.sources
    if BackPart.SOURCES in printed:
        sources = linker.link(sources)
    glossary = linker.glossary(booklet.glossary)
    whole = replace(booklet, meta=meta, chapters=chapters, sources=sources, glossary=glossary)
    findings += _left_out(linker, booklet.meta)
    findings += _unused_sources(booklet, linker)
    return Resolved(whole, in_order(findings))


def _back_fields(printed: tuple[BackPart, ...]) -> tuple[str, ...]:
    """Return the settings that back-matter pages print, in the order of the pages."""
    holds = {BackPart.QUESTIONS: ("questions",), BackPart.ABOUT: ("feedback", "other_formats")}
    return tuple(name for part in printed for name in holds.get(part, ()))


@dataclass
class _Linker:
    """Goes through the texts in the order of reading and remembers what it met."""

    targets: Mapping[str, Target]
    ids: frozenset[str]
    findings: list[Finding]
    anchors: dict[str, str] = field(default_factory=dict)
    first_term: Span | None = None
    sources: dict[str, Span] = field(default_factory=dict)

    def link(self, node: T) -> T:
        """Return a copy with every reference in it filled in."""
        return rewrite(node, self._change)

    def fields(self, meta: Meta, names: tuple[str, ...]) -> Meta:
        """Fill in some of the settings' texts."""
        for name in names:
            meta = replace(meta, **{name: self.link(getattr(meta, name))})
        return meta

    def glossary(self, entries: tuple[GlossaryEntry, ...]) -> tuple[GlossaryEntry, ...]:
        """Return the entries used so far, and those that their explanations use, sorted."""
        waiting = sorted(entries, key=_sort_key)
        kept: dict[str, GlossaryEntry] = {}
        while True:
            entry = next((e for e in waiting if e.key in self.anchors and e.key not in kept), None)
            if entry is None:
                return tuple(kept[e.key] for e in waiting if e.key in kept)
            anchor = self.anchors[entry.key]
            definition = self.link(entry.definition)
            kept[entry.key] = replace(entry, definition=definition, back_to=anchor)

    def _change(self, node: Any) -> Any:
        match node:
            case TermReference(key=key, span=span) if key not in self.anchors:
                self.first_term = self.first_term or span
                self.anchors[key] = self._free(f"first-use-{key}")
                return replace(node, anchor=self.anchors[key])
            case SourceReference(key=key, span=span):
                self.sources.setdefault(key, span)
            case CrossReference():
                return self._fill(node)
            case _:
                pass
        return node

    def _free(self, name: str) -> str:
        """Return a name that no id of the booklet has."""
        while name in self.ids:
            name += "-"
        return name

    def _fill(self, node: CrossReference) -> CrossReference:
        target = self.targets.get(node.target)
        if target is None:
            message = f'Nothing in this booklet has the id "{node.target}".'
            hint = did_you_mean(node.target, self.targets)
            self.findings.append(found("REF-001", node.span, message, hint))
            return node
        if node.children:
            return node
        if not target.words:
            message = f'This link has no words, and "{node.target}" has none to lend.'
            self.findings.append(found("REF-011", node.span, message))
        return replace(node, children=target.words)


def _left_out(linker: _Linker, meta: Meta) -> Iterator[Finding]:
    """Yield a finding for a list at the back that marks lead to and that is not printed."""
    if linker.first_term and BackPart.GLOSSARY not in meta.back_matter:
        message = "Words are explained in the text, but the glossary is left out at the back."
        yield found("REF-012", linker.first_term, message)
    if linker.sources and BackPart.SOURCES not in meta.back_matter:
        message = "Sources are named in the text, but their list is left out at the back."
        yield found("REF-012", next(iter(linker.sources.values())), message)


def _unused_sources(booklet: Booklet, linker: _Linker) -> Iterator[Finding]:
    for source in booklet.sources:
        if source.key not in linker.sources:
            yield found("REF-010", source.span, f'Nothing refers to the source "{source.key}".')


def _sort_key(entry: GlossaryEntry) -> tuple[str, str, str]:
    """Sort by the letters of a term without accents, the same on every machine."""
    letters = unicodedata.normalize("NFKD", entry.term)
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return bare.casefold(), entry.term, entry.key
