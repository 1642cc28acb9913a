"""What the readers of one chapter share: the desk collects, the place says where we are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it import MarkdownIt

from booklet.findings import Finding, found
from booklet.model import Asset, Span
from booklet.readers.md_parser import Node
from booklet.readers.md_positions import Lines
from booklet.readers.scope import Scope

LoadAsset = Callable[[str, Span], Asset | tuple[Finding, ...]]
"""Finds a picture by the path that the author wrote, or says what is wrong with it."""


@dataclass(frozen=True)
class Place:
    """Where a text stands; each container hands a changed copy to what is inside it."""

    lines: Lines
    language: str
    depth: int = 0
    lists: int = 0
    callout: bool = False
    notes: bool = True
    boxes: bool = False


@dataclass
class NoteBook:
    """The notes of one chapter: definitions by label, marks by label in the order of the text."""

    labels: frozenset[str] = frozenset()
    definitions: dict[str, tuple[Node, Place]] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Desk:
    """Everything that is collected while one chapter, or one line of settings, is read."""

    chapter: str
    scope: Scope
    parser: MarkdownIt
    load_asset: LoadAsset
    findings: list[Finding] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    notes: NoteBook = field(default_factory=NoteBook)
    addresses: dict[str, Span] = field(default_factory=dict)
    used_addresses: set[str] = field(default_factory=set)

    def report(self, rule: str, span: Span, message: str, hint: str | None = None) -> None:
        """Collect a finding."""
        self.findings.append(found(rule, span, message, hint))

    def next_id(self, kind: str) -> str:
        """Return the next free id of a kind, such as ``<chapter>-table-1``."""
        while True:
            self.counts[kind] += 1
            name = f"{self.chapter}-{kind}-{self.counts[kind]}"
            if name not in self.ids:
                self.ids.add(name)
                return name

    def free_id(self, wanted: str) -> str:
        """Return ``wanted``, or with the first number behind it that makes it unique."""
        if wanted in self.ids:
            # Numbers only grow, so that 10,000 equal headings do not try 50 million names.
            self.counts[wanted] = max(2, self.counts[wanted] + 1)
            return self.free_id(f"{wanted}-{self.counts[wanted]}")
        self.ids.add(wanted)
        return wanted

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """The words explained, by key."""
        return dict(self.scope.terms)

    @cached_property
    def sources(self) -> Mapping[str, int]:
        """The numbers of the sources, by key."""
        return dict(self.scope.sources)

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        """The expansions, by short form."""
        return dict(self.scope.abbreviations)

    @cached_property
    def short_forms(self) -> re.Pattern[str] | None:
        """Finds a known short form as a whole word, its plural ``s`` left outside."""
        shorts = sorted(filter(None, self.abbreviations), key=lambda short: (-len(short), short))
        if not shorts:
            return None
        any_short = "|".join(re.escape(short) for short in shorts)
        return re.compile(rf"(?<![\w@])(?<!\w\.)(?:{any_short})(?=s?(?![\w@])(?!\.\w))")
