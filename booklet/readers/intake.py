"""A source tree enters; files of it leave, while what was read and what was wrong is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from booklet.findings import Finding
from booklet.model import SourceText, Span
from booklet.readers.yaml_positions import YamlRead, read_yaml
from booklet.source import MAX_SETTINGS, MAX_TEXT, Loaded, SourceFile, SourceTree


@dataclass(slots=True)
class Intake:
    """The reading of one booklet: all files that go into it and all findings so far."""

    tree: SourceTree
    files: dict[str, SourceFile] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, findings: Iterable[Finding]) -> None:
        """Keep findings."""
        self.findings.extend(findings)

    def text(
        self, path: str, *, limit: int = MAX_TEXT, asked: Span | None = None
    ) -> SourceFile | None:
        """Read a text file of the tree; None when there are findings (see SourceTree.text)."""
        return self._keep(path, self.tree.text(path, limit=limit, asked=asked))

    def data(self, path: str, *, asked: Span) -> Loaded:
        """Read a picture; its findings are left to the caller."""
        loaded = self.tree.data(path, asked=asked)
        if loaded.file:
            self.files[path] = loaded.file
        return loaded

    def settings(self, path: str, schema: str, *, asked: Span | None = None) -> YamlRead | None:
        """Read a file of settings; None when it cannot be opened."""
        file = self.text(path, limit=MAX_SETTINGS, asked=asked)
        if file is None:
            return None
        read = read_yaml(file.text, Span(file.path), schema)
        self.tell(read.findings)
        return read

    def digest(self) -> str:
        """Return the SHA-256 (hex) of all files: each path below the tree and its own SHA-256."""
        total = hashlib.sha256()
        for path, file in sorted(self.files.items()):
            total.update(f"{path}\0{file.sha256}\n".encode())
        return total.hexdigest()

    def texts(self) -> tuple[SourceText, ...]:
        """Return the lines of all files of words."""
        return tuple(
            SourceText(file.path, tuple(file.text.split("\n")))
            for path, file in sorted(self.files.items())
            if path.endswith((".md", ".yaml"))
        )

    def _keep(self, path: str, loaded: Loaded) -> SourceFile | None:
        self.tell(loaded.findings)
        if loaded.file:
            self.files[path] = loaded.file
        return loaded.file


def by_language(tree: SourceTree, folder: str, language: str, ending: str) -> str | None:
    """Find a folder's file for a language tag: ``en-US.md``, else ``en.md``; None when neither is.

    Returns the path below the source folder.
    """
    names = tree.listing(folder)
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        name = "-".join(parts[:length]) + ending
        if name in names:
            return f"{folder}/{name}"
    return None
