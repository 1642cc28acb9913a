"""What came of a job goes in and comes out again, as if it had just been made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from booklet.cache.store import Store
from booklet.editions import Artifact, Edition, Made, PageStart, ToolResult, Verdict
from booklet.findings import Finding, blocks_build


@dataclass(frozen=True, slots=True)
class Note:
    """All of Made but the bytes of the file, which stand behind it, and the row of its edition."""

    name: str
    media_type: str
    sha256: str
    made_from: str
    pages: int
    page_map: tuple[PageStart, ...]
    found_in_file: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]
    findings: tuple[Finding, ...]
    made_with: tuple[tuple[str, str], ...]
    transcript: str


def keep(store: Store, key: str, made: Made) -> None:
    """Keep a finished file with its verdict, when nothing forbids putting it out.

    What is blocked is not kept: its author is at work on it, and no file that failed its checks
    shall lie anywhere as if it were finished.
    """
    if made.verdict is None or blocks_build(made.findings):
        return
    verdict, artifact = made.verdict, made.verdict.artifact
    note = Note(
        name=artifact.name,
        media_type=artifact.media_type,
        sha256=artifact.sha256,
        made_from=artifact.made_from,
        pages=artifact.pages,
        page_map=artifact.page_map,
        found_in_file=verdict.findings,
        tools=verdict.tools,
        findings=made.findings,
        made_with=made.made_with,
        transcript=made.transcript,
    )
    store.write(key, msgspec.json.encode(note), artifact.data)


def recall(store: Store, key: str, row: Edition) -> Made | None:
    """Return what was kept under a key for this edition; None when it must be made."""
    entry = store.read(key)
    if entry is None:
        return None
    line, data = entry
    try:
        note = msgspec.json.decode(line, type=Note)
    except msgspec.MsgspecError:
        return None
    if hashlib.sha256(data).hexdigest() != note.sha256 or blocks_build(note.findings):
        return None
    artifact = Artifact(
        edition=row,
        name=note.name,
        media_type=note.media_type,
        data=data,
        sha256=note.sha256,
        made_from=note.made_from,
        pages=note.pages,
        page_map=note.page_map,
    )
    verdict = Verdict(artifact, note.found_in_file, note.tools)
    return Made(note.findings, verdict, note.made_with, note.transcript)
