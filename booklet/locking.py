"""The disclaimer files enter; the lock file that promises their words leaves, with what changed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from booklet.errors import MachineError
from booklet.exchange import PART, beside, settle
from booklet.findings import Finding, found, in_order
from booklet.hold import hold
from booklet.model import DisclaimerLock
from booklet.readers.disclaimer import (
    FOLDER,
    LOCK,
    DisclaimerText,
    parse_disclaimer,
    read_locks,
)
from booklet.readers.intake import Intake
from booklet.source import SourceTree

ChangeKind = Literal["new", "unchanged", "id", "version", "text", "removed"]

_HEAD = """\
# Written by make_booklet.py lock-disclaimer and by nothing else.
# Each language: the id, the version and the SHA-256 of the words that were agreed on.
"""


@dataclass(frozen=True, slots=True)
class LockChange:
    """What locking meant for one language; a lock that is not there has an empty SHA-256.

    ``kind`` is the most telling change: another id, else another version, else other words under
    the same version (which is refused), else none.
    """

    language: str
    kind: ChangeKind
    version: str
    old_sha256: str
    new_sha256: str

    def line(self) -> str:
        """The change as one line of text."""
        said = {
            "new": f"locked for the first time, version {self.version}",
            "unchanged": f"unchanged, version {self.version}",
            "id": f"another disclaimer, version {self.version}",
            "version": f"now version {self.version}",
            "text": f"new words under version {self.version}",
            "removed": f"no longer there, was version {self.version}",
        }[self.kind]
        if self.kind == "unchanged":
            return f"{self.language}: {said}"
        was, now = (sha[:12] or "nothing" for sha in (self.old_sha256, self.new_sha256))
        return f"{self.language}: {said} ({was} -> {now})"


@dataclass(frozen=True, slots=True)
class Locking:
    """What changed, or the findings for which nothing was written."""

    changes: tuple[LockChange, ...]
    findings: tuple[Finding, ...]


def lock_disclaimers(tree: SourceTree) -> Locking:
    """Lock all disclaimers as they are now, unless one is wrong or has new words under its version.

    Writes ``disclaimers/lock.yaml`` whole or not at all, and only when something changed. Raises
    MachineError when it cannot be written.
    """
    intake = Intake(tree)
    old = read_locks(intake)
    texts = _texts(intake)
    if old is None or intake.findings:
        return Locking((), in_order(intake.findings))
    changes = tuple(_changes(old, texts))
    refused = [
        found("DISC-010", texts[change.language].span, f"The words changed: {change.line()}.")
        for change in changes
        if change.kind == "text"
    ]
    if refused:
        return Locking(changes, in_order(refused))
    if any(change.kind != "unchanged" for change in changes):
        _replace(tree.root / LOCK, _lock_text(texts), f"{tree.name}/{LOCK}")
    return Locking(changes, ())


def _texts(intake: Intake) -> dict[str, DisclaimerText]:
    """Read every disclaimer, by language."""
    texts: dict[str, DisclaimerText] = {}
    for name in intake.tree.listing(FOLDER):
        if not name.endswith(".md") or name[0] in "._":
            continue
        file = intake.text(f"{FOLDER}/{name}")
        if file is None:
            continue
        text, findings = parse_disclaimer(file)
        intake.tell(findings)
        if text:
            texts[text.language] = text
    return texts


def _changes(old: dict[str, DisclaimerLock], texts: dict[str, DisclaimerText]) -> list[LockChange]:
    changes = [_change(language, old.get(language), text) for language, text in texts.items()]
    changes += [
        LockChange(language, "removed", lock.version, lock.sha256, "")
        for language, lock in old.items()
        if language not in texts
    ]
    return sorted(changes, key=lambda change: change.language)


def _change(language: str, lock: DisclaimerLock | None, text: DisclaimerText) -> LockChange:
    kind: ChangeKind
    if lock is None:
        kind = "new"
    elif lock.id != text.id:
        kind = "id"
    elif lock.version != text.version:
        kind = "version"
    else:
        kind = "unchanged" if lock.sha256 == text.sha256 else "text"
    return LockChange(language, kind, text.version, lock.sha256 if lock else "", text.sha256)


def _lock_text(texts: dict[str, DisclaimerText]) -> str:
    """Write the lock file; its values need no YAML quoting but for the version."""
    rows = [
        f'{language}:\n  id: "{text.id}"\n  version: "{text.version}"\n  sha256: "{text.sha256}"\n'
        for language, text in sorted(texts.items())
    ]
    return _HEAD + ("".join(rows) or "{}\n")


def _replace(path: Path, text: str, name: str) -> None:
    """Put a text in the place of a file, whole or not at all, alone."""
    part = beside(path, PART)
    try:
        handle = hold(part)
        if handle is None:
            raise MachineError(
                "another lock-disclaimer is writing this file", where=name,
                hint="Wait until it has finished, then look whether yours is still needed.",
            )  # fmt: skip
        with handle:
            _exchange(handle, part, path, text.encode())
        settle([path.parent])
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise MachineError(
            f"cannot be written: {error.strerror or error}", where=name,
            hint="Check the free space and who may write there.",
        ) from error  # fmt: skip


def _exchange(handle: IO[bytes], part: Path, path: Path, data: bytes) -> None:
    # What a killed run left in the part is of no use.
    handle.truncate(0)
    handle.write(data)
    handle.flush()
    os.fsync(handle.fileno())
    if sys.platform == "win32":  # where no open file can be renamed
        handle.close()
    part.replace(path)
