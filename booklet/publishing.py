"""Finished booklets enter; their files leave for the output folder with the list that names them.

Each booklet is put out whole or not at all, as soon as it is finished, and its bytes are let go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from booklet import manifest, output, unchanged
from booklet.editions import Made
from booklet.kept import Pairs
from booklet.manifest import Entry, Listing, Manifest
from booklet.model import Booklet
from booklet.report import BookletResult, NotChecked
from booklet.stopwatch import Watch
from booklet.survey import Copy
from booklet.unchanged import Built, Memory


@dataclass(frozen=True, slots=True)
class Finished:
    """A booklet that may be put out: ``wanted`` are the editions that were asked for."""

    copy: Copy
    booklet: Booklet
    wanted: tuple[Made, ...]
    result: BookletResult


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is put out of a booklet: the rows of the list, and files by their place."""

    finished: Finished
    entries: tuple[Entry, ...]
    files: dict[str, bytes]


class Desk:
    """Where booklets are put out. ``built`` are those that were; ``watch`` takes the time of it.

    To leave puts out what is ready, also after Ctrl-C. Raises MachineError.
    """

    def __init__(self, memory: Memory) -> None:
        self.built: dict[Copy, Built] = {}
        self._memory = memory
        self._out = memory.request.out
        self._held = ExitStack()
        self.watch = Watch()
        self._listing: Listing | None = None
        self._rows: dict[Pairs, Pairs] = {}
        self._listed = 0
        self._ready: list[_Ready] = []

    def __enter__(self) -> Self:
        """Return the desk itself; nothing is touched yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Put out what is ready, and let the folder go."""
        with self._held:
            self._put_out()
            if error is None or isinstance(error, Exception):  # after Ctrl-C, no time for it
                unchanged.remember(self._memory, self.built)

    def open(self) -> None:
        """Hold the output folder for this build alone, from now on."""
        if self._listing is None:
            self._held.enter_context(output.locked(self._out))
            old = output.read(self._out, manifest.NAME)
            self._listing = Listing(_still_listed(self._out, old, self._memory))
            self._listed = len(old)

    def take(self, finished: Finished) -> None:
        """Put out a booklet, or let it wait for a few others where the list is long.

        The list is written anew each time, so no more often than as many bytes of files go with it:
        what is written grows as the catalogue does, and not with its square.
        """
        self.open()
        with self.watch.on("report"):
            filed = tuple(_filed(finished))
        files = {name: data for _, named in filed for name, data in named.items()}
        entries = tuple(self._lean(entry) for entry, _ in filed)
        self._ready.append(_Ready(finished, entries, files))
        size = sum(len(data) for each in self._ready for data in each.files.values())
        if size >= self._listed:
            self._put_out()

    def _lean(self, entry: Entry) -> Entry:
        """Return an entry that shares the longest of its rows with others that say the same."""
        return replace(entry, made_with=self._rows.setdefault(entry.made_with, entry.made_with))

    def _put_out(self) -> None:
        ready, self._ready = self._ready, []
        if self._listing is not None and ready:
            with self.watch.on("put out"):
                self._replace(self._listing, ready)

    def _replace(self, old: Listing, ready: list[_Ready]) -> None:
        for each in ready:
            old.add(each.entries)
        listing = old.dump()
        files = {name: data for each in ready for name, data in each.files.items()}
        output.publish(self._out, {**files, manifest.NAME: listing})
        self._listed = len(listing)
        for each in ready:
            self.built[each.finished.copy] = Built(
                each.finished.result,
                each.entries,
                tuple(_not_checked(each.finished)),
                unchanged.stamps(self._out, each.files),
            )


def _filed(finished: Finished) -> Iterator[tuple[Entry, dict[str, bytes]]]:
    """Yield the manifest entry of each edition and its files: names and bytes to be put out."""
    # Imported here: where nothing has changed no report is written.
    from booklet import conformance

    for made in finished.wanted:
        if made.verdict:
            artifact, heard = made.verdict.artifact, made.transcript.encode()
            file = output.place(finished.copy[0], artifact.name)
            heard_at = output.transcript_name(file) if heard else ""
            entry = manifest.record(
                file,
                finished.booklet,
                made.verdict,
                len(made.findings),
                made.made_with,
                (heard_at, heard),
            )
            reports = conformance.reports(file, made.verdict, finished.booklet)
            heard_file = {heard_at: heard} if heard else {}
            yield entry, {file: artifact.data, **heard_file, **reports}


def _still_listed(out: Path, old: bytes, memory: Memory) -> Manifest:
    """Return the old manifest's entries whose files are still as they were."""
    sure = memory.entries
    return tuple(
        entry
        for entry in manifest.load(old)
        if entry in sure
        or all(
            hashlib.sha256(output.read(out, name)).hexdigest() == digest
            for name, digest in entry.files()
        )
    )


def _not_checked(finished: Finished) -> Iterator[NotChecked]:
    name, clinic = finished.copy
    for made in finished.wanted:
        if made.verdict:
            file = output.place(name, made.verdict.artifact.name)
            for tool in made.verdict.tools:
                if tool.outcome == "not checked":
                    yield NotChecked(file, tool.tool, tool.detail, clinic)
