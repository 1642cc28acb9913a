"""The real booklet, built from its source and judged by everybody: our own verification, veraPDF,
EPUBCheck and Ace by DAISY.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from booklet import build
from booklet.editions import ToolResult
from booklet.findings import Finding
from booklet.manifest import Entry
from booklet.verify.external import check_ace, check_epubs, check_pdfs
from tests.needs import PROJECT, TOOLS, need_validator

SAMPLE = "stem-cell-therapy-for-stroke"
A_DAY_BEFORE_ITS_REVIEW = date(2026, 11, 23)
EDITIONS = {"large-print-a4", "large-print-letter", "epub"}

pytestmark = pytest.mark.slow


class Built(NamedTuple):
    """The sample's finished files by edition, with what the build found and measured."""

    files: Mapping[str, Path]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("sample")
    request = build.Request(
        source=PROJECT / "source",
        out=out,
        today=A_DAY_BEFORE_ITS_REVIEW,
        booklets=(SAMPLE,),
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


def test_our_own_verification_finds_nothing(built: Built) -> None:
    about_files = [
        finding.line() for finding in built.findings if not finding.span.file.startswith("source/")
    ]
    assert about_files == []
    assert set(built.files) == EDITIONS
    for entry in built.entries:
        assert entry.findings == 0
        assert {outcome for _, outcome in entry.checks} == {"passed"}, entry.checks


def test_the_booklet_has_20_to_36_pages(built: Built) -> None:
    pages = {entry.edition: entry.pages for entry in built.entries if entry.edition != "epub"}
    assert len(pages) == 2
    assert all(20 <= count <= 36 for count in pages.values()), pages


@pytest.mark.validators
def test_verapdf_finds_no_failure(built: Built) -> None:
    need_validator("veraPDF")
    pdfs = [path for path in built.files.values() if path.suffix == ".pdf"]
    clean(check_pdfs(pdfs, "ua1"), wanted=2)


@pytest.mark.validators
def test_epubcheck_finds_neither_error_nor_warning(built: Built) -> None:
    need_validator("EPUBCheck")
    clean(check_epubs([built.files["epub"]]), wanted=1)


@pytest.mark.validators
@pytest.mark.browser
def test_ace_finds_no_violation(built: Built) -> None:
    need_validator("Ace by DAISY")
    clean(check_ace([built.files["epub"]], TOOLS), wanted=1)
