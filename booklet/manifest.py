"""The list of what was built: verdicts go in, the bytes of ``manifest.json`` come out.

The same build gives the same bytes: no clock, no absolute path and no machine's name is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from booklet.clinical import clinical_digest
from booklet.editions import Verdict
from booklet.model import Booklet

SCHEMA = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One built file. ``file`` is its POSIX path below the output folder; ``size`` is in bytes.

    ``findings`` counts the warnings about the finished file; ``checks`` names each tool that
    looked at it with its outcome; ``made_with`` names all that shaped its bytes, with versions.
    ``clinical_digest`` is of the reviewed text alone, the same for every clinic.
    ``transcript`` is the place of its listening transcript, or empty when there is none.
    """

    file: str
    sha256: str
    size: int
    pages: int
    media_type: str
    edition: str
    made_from: str
    booklet: str
    booklet_version: str
    language: str
    clinic: str
    source_digest: str
    disclaimer_sha256: str
    findings: int
    checks: tuple[tuple[str, str], ...]
    made_with: tuple[tuple[str, str], ...]
    transcript: str = ""
    transcript_sha256: str = ""
    clinical_digest: str = ""

    def files(self) -> tuple[tuple[str, str], ...]:
        """Return (place, SHA-256) of the file and of what belongs to it."""
        transcript = (self.transcript, self.transcript_sha256)
        return ((self.file, self.sha256), *((transcript,) if self.transcript else ()))


Manifest = tuple[Entry, ...]


def record(
    file: str,
    booklet: Booklet,
    verdict: Verdict,
    findings: int,
    made_with: Iterable[tuple[str, str]],
    transcript: tuple[str, bytes] = ("", b""),
) -> Entry:
    """Make the entry of one verified file; ``transcript`` is the place and bytes of its own."""
    artifact = verdict.artifact
    heard_at, heard = transcript
    return Entry(
        file=file,
        sha256=artifact.sha256,
        size=len(artifact.data),
        pages=artifact.pages,
        media_type=artifact.media_type,
        edition=artifact.edition.id,
        made_from=artifact.edition.made_from,
        booklet=booklet.meta.id,
        booklet_version=booklet.meta.version,
        language=booklet.meta.language,
        clinic=booklet.clinic.id if booklet.clinic else "",
        source_digest=booklet.digest,
        disclaimer_sha256=booklet.disclaimer.sha256,
        findings=findings,
        checks=tuple(sorted((tool.tool, tool.outcome) for tool in verdict.tools)),
        made_with=tuple(sorted(made_with)),
        transcript=heard_at,
        transcript_sha256=hashlib.sha256(heard).hexdigest() if heard else "",
        clinical_digest=clinical_digest(booklet),
    )


class Listing:
    """What is listed, each entry as the text that is written of it: no text is made twice."""

    def __init__(self, manifest: Manifest = ()) -> None:
        self._texts: dict[str, str] = {}
        self.add(manifest)

    def add(self, new: Manifest) -> None:
        """Take entries in; each replaces that of a file of the same name."""
        self._texts |= {entry.file: _text(entry) for entry in new}

    def dump(self) -> bytes:
        """Write the manifest as UTF-8 JSON, one order, one spelling."""
        rows = ",\n".join(text for _, text in sorted(self._texts.items()))
        files = f"[\n{rows}\n  ]" if rows else "[]"
        return f'{{\n  "schema": {SCHEMA},\n  "files": {files}\n}}\n'.encode()


def _text(entry: Entry) -> str:
    text = json.dumps(as_data(entry), indent=2, ensure_ascii=False)
    return "    " + text.replace("\n", "\n    ")


def as_data(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON objects."""
    pairs = {"checks": dict(entry.checks), "made_with": dict(entry.made_with)}
    return {**asdict(entry), **pairs}


def load(data: bytes) -> Manifest:
    """Read a manifest; one that is damaged or of another schema is as none: empty."""
    try:
        table = json.loads(data)
        if table["schema"] != SCHEMA:
            return ()
        return tuple(_entry(row) for row in table["files"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _entry(row: dict[str, Any]) -> Entry:
    values = {field.name: row[field.name] for field in fields(Entry) if field.name in row}
    for name in ("checks", "made_with"):
        values[name] = tuple(sorted(row[name].items()))
    return Entry(**values)
