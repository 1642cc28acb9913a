"""Finished booklets for the tests that judge whole files: built once a session, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from booklet import build
from booklet.editions import DEFAULTS, Edition, ToolResult
from booklet.findings import Finding
from booklet.manifest import Entry

# Before the review dates of all booklets here, and after their reviews.
A_DAY_BEFORE_ITS_REVIEW = date(2026, 11, 23)


class Built(NamedTuple):
    """A booklet's finished files by edition, with what the build found and measured."""

    files: Mapping[str, Path]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def pdfs(self) -> tuple[Path, ...]:
        """The printed editions."""
        return tuple(path for path in self.files.values() if path.suffix == ".pdf")


def build_booklet(
    source: Path,
    out: Path,
    booklet: str,
    clinic: str | None = None,
    rows: tuple[Edition, ...] = DEFAULTS,
) -> Built:
    """Build editions of one booklet, the usual ones if none are named, in this process."""
    request = build.Request(
        source=source,
        out=out,
        today=A_DAY_BEFORE_ITS_REVIEW,
        booklets=(booklet,),
        clinics=(clinic,) if clinic else (),
        editions=rows,
        jobs=1,
    )
    report = build.build(request, lambda line: None)
    files = {entry.edition: out / entry.file for entry in report.entries}
    return Built(files, report.entries, report.findings)


def clean(results: Mapping[Path, ToolResult], wanted: int) -> None:
    """Require as many passes as files: "not checked" is none."""
    assert len(results) == wanted
    for path, result in results.items():
        assert result.outcome == "passed", f"{path.name}: {result.tool}: {result.detail}"
