"""The real booklet, built from its source and judged by everybody: our own verification, veraPDF,
EPUBCheck and Ace by DAISY.
"""

from __future__ import annotations

import pytest

from booklet.verify.external import check_ace, check_epubs, check_pdfs
from tests.finished import Built, clean
from tests.needs import TOOLS, need_validator

EDITIONS = {"large-a4", "large-letter", "epub"}

pytestmark = pytest.mark.slow


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
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_verapdf_finds_no_failure(profile: str, built: Built) -> None:
    need_validator("veraPDF")
    clean(check_pdfs(built.pdfs, profile), wanted=2)


@pytest.mark.validators
def test_epubcheck_finds_neither_error_nor_warning(built: Built) -> None:
    need_validator("EPUBCheck")
    clean(check_epubs([built.files["epub"]]), wanted=1)


@pytest.mark.validators
@pytest.mark.browser
def test_ace_finds_no_violation(built: Built) -> None:
    need_validator("Ace by DAISY")
    clean(check_ace([built.files["epub"]], TOOLS), wanted=1)
