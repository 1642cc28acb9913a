"""The document model: readers make it, writers consume it; nothing in it can change.

Every node is a frozen dataclass. The two unions at the end of each part, ``Inline`` and
``Block``, are closed: a writer matches over them exhaustively, so the type checker finds the
node that somebody forgot. It is one file, longer than our others, because that closed list is
its point: whoever adds a node meets every other node here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: POSIX path below the project, 1-based line and column."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


# ---------------------------------------------------------------- inline nodes


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are to be read; white space is single spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of strong importance."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words: print shows them bold, for italics are hard to read (UKAAF)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that carries meaning, as in an address."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the booklet: ``https:``, ``mailto:`` or ``tel:``."""

    url: str
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to a part of this booklet; ``target`` is a section, figure or table id."""

    target: str
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TermReference:
    """A glossary term in running text; ``key`` names a GlossaryEntry.

    ``anchor`` is set on the first use in the booklet only: the entry links back to it.
    """

    key: str
    children: tuple[Inline, ...]
    anchor: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class SourceReference:
    """A pointer to a numbered source at the back; ``key`` names a Source."""

    key: str
    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with its expansion, read out by assistive technology."""

    text: str
    expansion: str


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The mark of a note; the note itself stands at the end of its chapter.

    ``anchor`` is this mark's own id, unique in the booklet, which the note links back to.
    """

    note: str
    number: int
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in another language or direction than their surroundings."""

    language: str
    direction: Direction
    children: tuple[Inline, ...]


Inline = (
    Text
    | Strong
    | Emphasis
    | LineBreak
    | Link
    | CrossReference
    | TermReference
    | SourceReference
    | Abbreviation
    | NoteReference
    | Phrase
)

# ----------------------------------------------------------------- block nodes


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of any list; most hold one Paragraph."""

    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list whose order does not matter."""

    items: tuple[ListItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list whose order matters; ``start`` is the first number."""

    items: tuple[ListItem, ...]
    start: int
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their descriptions."""

    items: tuple[Definition, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    blocks: tuple[Block, ...]
    span: Span


class CalloutKind(StrEnum):
    """The callouts; each has its own icon and, by default, its own label."""

    KEY_FACTS = "key-facts"
    WARNING = "warning"
    EMERGENCY = "emergency"
    TIP = "tip"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed passage, told apart by rule, icon and bold label; ``title`` may be empty."""

    kind: CalloutKind
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps to be done in order; the title may be empty."""

    title: tuple[Inline, ...]
    items: tuple[ListItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items with a box to tick; the title may be empty."""

    title: tuple[Inline, ...]
    items: tuple[ListItem, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions to ask, each with a tick box and ``lines`` lines to write on."""

    title: tuple[Inline, ...]
    items: tuple[ListItem, ...]
    lines: int
    span: Span


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One row: its header, then one cell for each further column."""

    header: tuple[Inline, ...]
    cells: tuple[tuple[Inline, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison table: ``columns[0]`` heads the row headers and may be empty."""

    id: str
    caption: tuple[Inline, ...]
    columns: tuple[tuple[Inline, ...], ...]
    rows: tuple[CompareRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture that travels with the booklet.

    ``name`` is a unique safe file name such as ``clot.svg``; ``path`` is where it was found.
    """

    name: str
    path: str
    media_type: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; ``description`` is empty only when it is ``decorative``."""

    id: str
    asset: Asset
    description: str
    caption: tuple[Inline, ...]
    long_description: tuple[Block, ...]
    decorative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with its address in full; ``label`` says where it leads."""

    url: str
    label: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, what is known of it, how strong that is, and the dated sources."""

    claim: tuple[Inline, ...]
    known: tuple[Inline, ...]
    strength: Literal["strong", "moderate", "limited", "none", "against"]
    sources: tuple[SourceReference, ...]
    date: str
    span: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact box: filled from the clinic profile, else with lines to write on."""

    title: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Appointment:
    """A slip for the next appointment; ``fields`` are its labels, each with a line to write on.

    Without any it has those of the page at the back: the clinic's, else the product's.
    """

    title: tuple[Inline, ...]
    fields: tuple[tuple[Inline, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Ruled space for the reader's own notes."""

    title: tuple[Inline, ...]
    lines: int
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; ``level`` 1 is a chapter, 2 to 4 its parts."""

    id: str
    level: int
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """Blocks in another language or direction than their surroundings."""

    language: str
    direction: Direction
    blocks: tuple[Block, ...]
    span: Span


Block = (
    Paragraph
    | BulletList
    | NumberedList
    | DefinitionList
    | Quote
    | Callout
    | Steps
    | Checklist
    | Questions
    | Compare
    | Figure
    | QrCode
    | Evidence
    | Contact
    | Appointment
    | WritingLines
    | Section
    | Division
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the end of a chapter; ``anchors`` are the marks that lead to it."""

    id: str
    number: int
    blocks: tuple[Block, ...]
    anchors: tuple[str, ...]
    span: Span


# ------------------------------------------------------------- the whole booklet


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term explained; ``back_to`` is the anchor of its first use, if the text uses it."""

    key: str
    term: str
    definition: tuple[Inline, ...]
    back_to: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A dated source; ``number`` is its place in the list at the back."""

    key: str
    number: int
    text: tuple[Inline, ...]
    url: str | None
    date: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who checked the clinical content; ``date`` is None while the review is still to be done."""

    role: str
    name: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class EmergencySign:
    """One sign to look for: ``name`` such as Face, ``check`` such as what to look at."""

    name: str
    check: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """The emergency box at the front: signs, the number to call and what to note."""

    title: str
    introduction: str
    signs: tuple[EmergencySign, ...]
    call: str
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic's profile: contact words that overlay a booklet and change no clinical word.

    ``accent`` is a colour written ``#rrggbb``, or None for the house's own; ``appointment`` are the
    labels of the appointment slip, none for the product's own.
    """

    id: str
    name: str
    logo: Asset | None
    logo_description: str
    phone: str
    address: tuple[str, ...]
    web: str | None
    emergency_number: str | None
    hours: tuple[str, ...]
    span: Span
    accent: str | None = None
    appointment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclaimerLock:
    """What the lock file promises: id, version and SHA-256 (hex) of the normalised text."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """The fixed last page. ``sha256`` is of the text as found; ``lock`` is what it must be."""

    id: str
    version: str
    language: str
    title: str
    paragraphs: tuple[tuple[Inline, ...], ...]
    sha256: str
    lock: DisclaimerLock
    span: Span

    @property
    def is_locked(self) -> bool:
        """True when id, version and text are those of the lock file."""
        return (self.id, self.version, self.sha256) == (
            self.lock.id,
            self.lock.version,
            self.lock.sha256,
        )


class BackPart(StrEnum):
    """The back-matter pages that a booklet may choose and order; the disclaimer is not a choice."""

    QUESTIONS = "questions"
    NOTES = "notes"
    GLOSSARY = "glossary"
    SOURCES = "sources"
    CONTACT = "contact"
    APPOINTMENT = "appointment"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Meta:
    """What ``booklet.yaml`` says. Dates are ISO 8601 (YYYY-MM-DD).

    ``places`` are (setting, place) pairs for findings; an entry of a list is ``reviewers.0``.
    """

    id: str
    title: str
    subtitle: str
    language: str
    direction: Direction
    audience: str
    version: str
    issued: str
    review_by: str
    authors: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    funding: str
    feedback: tuple[Inline, ...]
    other_formats: tuple[Inline, ...]
    summary: str
    what_it_is: tuple[tuple[Inline, ...], ...]
    what_it_is_not: tuple[tuple[Inline, ...], ...]
    key_messages: tuple[tuple[Inline, ...], ...]
    questions: tuple[tuple[Inline, ...], ...]
    back_matter: tuple[BackPart, ...]
    span: Span
    places: tuple[tuple[str, Span], ...] = ()

    def place(self, setting: str) -> Span:
        """Return where a setting such as ``review_by`` stands, else the place of the file."""
        return dict(self.places).get(setting, self.span)


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's word that they looked at one edition; it stands for that content alone.

    ``edition`` is an id of the edition table; ``content`` the digest of the booklet that was
    looked at; ``confirmed`` the ids of the points that were found right. ``signed_by`` and
    ``date`` (YYYY-MM-DD) are empty while the checklist is only being filled in.
    """

    edition: str
    content: str
    signed_by: str
    date: str
    confirmed: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Switch:
    """A rule that the author has switched off for this booklet, and the author's reason."""

    rule: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of one file as an editor sees them; ``file`` is named as in a Span."""

    file: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A whole booklet, ready for the checks.

    ``digest`` is the SHA-256 (hex) of all source files that went into it, names and bytes, but
    for the signatures: to sign a booklet does not change it. ``texts`` are the lines that it
    was read from, so that a finding can name the place of a single word.
    """

    meta: Meta
    emergency: Emergency
    chapters: tuple[Section, ...]
    glossary: tuple[GlossaryEntry, ...]
    sources: tuple[Source, ...]
    disclaimer: Disclaimer
    clinic: Clinic | None
    assets: tuple[Asset, ...]
    digest: str
    signatures: tuple[Signature, ...] = ()
    texts: tuple[SourceText, ...] = ()
    switches: tuple[Switch, ...] = ()

    def __hash__(self) -> int:
        """Tell booklets apart by what they were read from: their nodes may be many thousands."""
        return hash(self.digest)

    @property
    def code(self) -> str:
        """What is printed on the booklet to tell its exact content: id, version and digest.

        48 bits of the digest: two of a clinic's booklets that differ never share them by chance.
        """
        return f"{self.meta.id}/{self.meta.version}/{self.digest[:12]}"


def plain_text(nodes: tuple[Inline, ...]) -> str:
    """Return the words of inline nodes as they are read, without marks of notes and sources."""
    parts: list[str] = []
    for node in nodes:
        match node:
            case Text(text) | Abbreviation(text=text):
                parts.append(text)
            case LineBreak():
                parts.append(" ")
            case SourceReference() | NoteReference():
                pass
            case _:
                parts.append(plain_text(node.children))
    return "".join(parts)
