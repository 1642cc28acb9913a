"""A finished file goes in; what it must be held to comes out: its source, or its own word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from booklet import readers
from booklet.editions import EDITIONS, Edition, Expectation, ToolResult
from booklet.errors import UsageError
from booklet.findings import Finding, found
from booklet.manifest import Entry
from booklet.model import Booklet, Span
from booklet.plan import expected, with_pages
from booklet.proof.files import Candidate, parent_of
from booklet.source import SourceTree

NEEDS_SOURCE = frozenset(
    {
        *("PDF-010", "PDF-011", "PDF-012", "PDF-013"),
        *("EPUB-018", "EPUB-019", "EPUB-020", "EPUB-021", "EPUB-022"),
        "EPUB-027",
    }
)
"""Rules that mean nothing where the words of the source, or who signed, are not known."""
OWN_WORD = frozenset({"PDF-040", "PDF-042", "EPUB-013", "EPUB-014"})
"""Rules that can hold a file only to its own word where the source is not known."""
NEEDS_PAPER = frozenset({"PDF-030"})
"""The rule that means nothing where the edition is a guess."""
FACTS, CLAIMED = "booklet: e-book accessibility facts", "EPUB-027"
FALSE_FACTS = frozenset({"EPUB-025", "EPUB-026"})
"""The measure of what an e-book says of itself, its rule about claims, and its other rules."""
_OF_SOURCE = (
    "booklet: disclaimer",
    "booklet: disclaimer read last",
    "booklet: e-book disclaimer",
    "booklet: structure fidelity",
    "booklet: text fidelity",
)
_OF_PAPER = "booklet: paper"
_SLACK = 1.0
"""Millimetres by which a page may differ from its paper."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file is held to.

    ``booklet`` is its source, or None. On this basis the rules ``unknown`` cannot be judged, those
    ``dropped`` mean nothing, and the measures ``silent`` say nothing, for the reason beside each.
    ``findings`` and ``tools`` tell of it.
    """

    expectation: Expectation
    booklet: Booklet | None
    findings: tuple[Finding, ...] = ()
    tools: tuple[ToolResult, ...] = ()
    unknown: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    silent: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Shelf:
    """The source folder, if there is one; each booklet is read once."""

    tree: SourceTree | None
    read: dict[tuple[str, str], Booklet | None] = field(default_factory=dict)

    def booklet(self, entry: Entry) -> Booklet | None:
        """Return the booklet that an entry was made of, as it is now; None when it is not whole."""
        key = entry.booklet, entry.clinic
        if key not in self.read:
            self.read[key] = self._fetched(entry)
        return self.read[key]

    def _fetched(self, entry: Entry) -> Booklet | None:
        if self.tree is None:
            return None
        try:
            return readers.read(self.tree, entry.booklet, clinic=entry.clinic or None).booklet
        except UsageError:  # the clinic's profile is gone
            return None


def basis_of(candidate: Candidate, shelf: Shelf) -> Basis:
    """Return what to hold a file to: the source it was made of, while that is unchanged."""
    entry = candidate.entry
    booklet = shelf.booklet(entry) if entry else None
    row = _row(entry)
    if entry and row and booklet and booklet.digest == entry.source_digest:
        expectation = replace(expected(booklet, row, ""), file=candidate.label)
        if parent := parent_of(candidate):
            expectation = with_pages(expectation, *parent)
        detail = f"the source of {booklet.meta.id} is that of the file"
        return Basis(expectation, booklet, (), (ToolResult("booklet: source", "passed", detail),))
    return _without_source(candidate, row, booklet)


def _row(entry: Entry | None) -> Edition | None:
    return next((row for row in EDITIONS if entry and row.id == entry.edition), None)


def _without_source(candidate: Candidate, row: Edition | None, booklet: Booklet | None) -> Basis:
    """Hold a file to its own word, and say what cannot be known."""
    # Imported here, for reading and checking must work where no engine is installed.
    from booklet.verify.declared import declared

    says = declared(candidate.data or b"", candidate.kind)
    guess = row or _guess(candidate, says.paper)
    fallback = next(each for each in EDITIONS if each.format == candidate.kind)
    expectation = Expectation(
        edition=guess or fallback,
        file=candidate.label,
        title=says.title,
        language=says.language,
        direction=says.direction,
        disclaimer_title="",
        disclaimer_text="",
    )
    if expectation.edition.is_for_paper and (parent := parent_of(candidate)):
        # Its pages can be laid over those of the print beside it, whatever became of the source.
        expectation = with_pages(expectation, *parent)
    reason = _reason(candidate.entry, booklet)
    tools = [ToolResult("booklet: source", "not checked", reason)]
    silent = [(tool, reason) for tool in _OF_SOURCE]
    if guess is None:
        detail = f"nothing tells its edition; held to the sizes of {fallback.name}"
        tools.append(ToolResult("booklet: edition", "not checked", detail))
        silent.append((_OF_PAPER, detail))
    unknown = NEEDS_SOURCE | (NEEDS_PAPER if guess is None else frozenset())
    return Basis(
        expectation,
        None,
        tuple(_outdated(candidate, booklet)),
        tuple(tools),
        unknown=unknown | OWN_WORD,
        dropped=unknown,
        silent=tuple(silent),
    )


def _guess(candidate: Candidate, paper: tuple[float, float]) -> Edition | None:
    """Tell the edition by the name that we give such files, else by the size of the page."""
    rows = [row for row in EDITIONS if row.ending == candidate.kind]
    stem = candidate.name.rpartition("/")[2].rpartition(".")[0]
    parts = stem.split("_")
    mark = parts[-1] if parts[-1] in {row.mark for row in rows} else ""
    by_name = (row for row in rows if row.suffix in parts and row.mark == mark)
    by_paper = (row for row in rows if row.format == candidate.kind and _is_on(row, paper))
    return next(by_name, None) or next(by_paper, None)


def _is_on(row: Edition, paper: tuple[float, float]) -> bool:
    if row.paper is None:
        return True
    width, height = row.paper.width, row.paper.height
    return abs(width - paper[0]) <= _SLACK and abs(height - paper[1]) <= _SLACK


def _reason(entry: Entry | None, booklet: Booklet | None) -> str:
    if entry is None:
        return "the file is in no list of built files, so its source is not known"
    if booklet is None:
        return f"the source of {entry.booklet} is not here, or cannot be read"
    return f"the source of {entry.booklet} was changed after the file was built"


def _outdated(candidate: Candidate, booklet: Booklet | None) -> Iterator[Finding]:
    if candidate.entry and booklet:
        message = f"The source of {booklet.meta.id} was changed after this file was built."
        yield found("FILE-001", Span(candidate.label), message)
