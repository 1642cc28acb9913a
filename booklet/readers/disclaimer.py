"""A disclaimer file and its lock entry enter; a Disclaimer leaves, with what is wrong with it.

What is locked is the *normalised text*: Unicode NFC, every run of white space one space, the
paragraphs joined by one line feed. The SHA-256 is of the UTF-8 bytes of five things, each ended
from the next by one line feed: id, version, language, title, normalised text. So line endings
and the width of lines may change; no word may.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from booklet.findings import Finding, found
from booklet.model import Disclaimer, DisclaimerLock, Span, Text
from booklet.readers.intake import Intake, by_language
from booklet.readers.yaml_positions import YamlRead, read_yaml
from booklet.source import SourceFile

FOLDER = "disclaimers"
LOCK = f"{FOLDER}/lock.yaml"
_FENCE = "---"
_NO_LOCK = DisclaimerLock("", "", "")


@dataclass(frozen=True, slots=True)
class DisclaimerText:
    """A disclaimer as its file has it; ``head`` gives the places of the settings above the text."""

    id: str
    version: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    head: YamlRead
    span: Span

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of what is locked."""
        parts = (self.id, self.version, self.language, self.title, *self.paragraphs)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_disclaimer(intake: Intake, language: str, asked: Span) -> Disclaimer | None:
    """Read the disclaimer for a language tag, held against its lock.

    ``asked`` is the place that names the language. A disclaimer without a lock entry leaves with
    an empty one, which no writer accepts.
    """
    path = by_language(intake.tree, FOLDER, language, ".md")
    if path is None:
        intake.tell([found("DISC-001", asked, f'There is no disclaimer for "{language}".')])
        return None
    file = intake.text(path, asked=asked)
    locks = read_locks(intake)
    if file is None:
        return None
    text, findings = parse_disclaimer(file)
    intake.tell(findings)
    if text is None:
        return None
    lock = None if locks is None else locks.get(text.language)
    intake.tell(_against_lock(text, lock, known=locks is not None))
    paragraphs = tuple((Text(words),) for words in text.paragraphs)
    return Disclaimer(
        text.id, text.version, text.language, text.title, paragraphs, text.sha256,
        lock or _NO_LOCK, text.span,
    )  # fmt: skip


def read_locks(intake: Intake) -> dict[str, DisclaimerLock] | None:
    """Read the lock file by language; no file is no locks. None when it cannot be read."""
    if LOCK.partition("/")[2] not in intake.tree.listing(FOLDER):
        return {}
    read = intake.settings(LOCK, "lock")
    if read is None or read.data is None:
        return None
    return {
        language: DisclaimerLock(row["id"], row["version"], row["sha256"])
        for language, row in read.data.items()
    }


def parse_disclaimer(file: SourceFile) -> tuple[DisclaimerText | None, tuple[Finding, ...]]:
    """Read a disclaimer file: settings between two lines ``---``, then paragraphs of plain text."""
    lines = file.text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        message = "The file must begin with its settings between two lines of three hyphens."
        return None, (found("DISC-007", Span(file.path), message),)
    head = read_yaml("\n".join(lines[1 : ends[1]]), Span(file.path, 2), "disclaimer")
    findings = [*head.findings]
    below = ends[1] + 1
    paragraphs = _paragraphs("\n".join(lines[below:]), Span(file.path, below + 1), findings)
    stem = file.path.rpartition("/")[2].removesuffix(".md")
    if head.data and head.data["language"] != stem:
        place = head.place(("language",))
        message = f'The text says it is in "{head.data["language"]}", the file is for "{stem}".'
        findings.append(found("DISC-006", place, message))
    if findings or not head.data:
        return None, tuple(findings)
    words = {key: _normal(value) for key, value in head.data.items()}
    return DisclaimerText(**words, paragraphs=paragraphs, head=head, span=Span(file.path)), ()


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _paragraphs(body: str, start: Span, findings: list[Finding]) -> tuple[str, ...]:
    """Return the paragraphs; anything but plain words is a finding at its line.

    A Markdown parser judges what is plain, so that the text reads the same everywhere.
    """
    paragraphs: list[str] = []
    block = ""
    for token in MarkdownIt("commonmark").disable(["escape", "entity"]).parse(body):
        place = Span(start.file, start.line + (token.map[0] if token.map else 0))
        if token.level == 0 and token.nesting >= 0:
            block = token.type
            if block != "paragraph_open":
                findings.append(found("DISC-008", place, "This is not a plain paragraph."))
        elif token.type == "inline" and block == "paragraph_open":
            if _is_plain(token):
                paragraphs.append(_normal(token.content))
            else:
                findings.append(found("DISC-008", place, "This paragraph holds more than words."))
    if not paragraphs and not findings:
        findings.append(found("DISC-009", start, "No text stands below the settings."))
    return tuple(paragraphs)


def _is_plain(token: Token) -> bool:
    kinds = {child.type for child in token.children or ()}
    return kinds <= {"text", "softbreak", "hardbreak"}


def _against_lock(
    text: DisclaimerText, lock: DisclaimerLock | None, *, known: bool
) -> Iterator[Finding]:
    """Compare a text with its lock. ``known`` is False when the lock file could not be read."""
    if lock is None:
        if known:
            message = f'The disclaimer in "{text.language}" is not locked.'
            yield found("DISC-002", text.span, message)
        return
    if text.id != lock.id:
        message = f'The id is "{text.id}"; the locked one is "{lock.id}".'
        yield found("DISC-004", text.head.place(("id",)), message)
    if text.version != lock.version:
        message = f"The version is {text.version}; the locked one is {lock.version}."
        yield found("DISC-005", text.head.place(("version",)), message)
    if (text.id, text.version) == (lock.id, lock.version) and text.sha256 != lock.sha256:
        message = f"The words are not those that were locked as version {lock.version}."
        yield found("DISC-003", text.span, message)
