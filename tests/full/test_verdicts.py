"""The real booklet and the test booklet with everything in it, judged by everybody: our own
verification, veraPDF, EPUBCheck and Ace by DAISY. Each program is asked once, about all files.
"""

from __future__ import annotations

import pytest

from booklet.verify.external import check_ace, check_epubs, check_pdfs
from tests.finished import Built, clean
from tests.full.conftest import EVERY_EDITION, USUAL
from tests.needs import TOOLS, need_validator

pytestmark = pytest.mark.slow
BOOKLETS = ("built", "torture")


@pytest.mark.parametrize("booklet", BOOKLETS)
def test_our_own_verification_finds_nothing(booklet: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(booklet)
    about_files = [
        found.line() for found in built.findings if not found.span.file.startswith("source/")
    ]
    assert about_files == []
    assert set(built.files) == USUAL
    for entry in built.entries:
        assert entry.findings == 0
        assert {outcome for _, outcome in entry.checks} == {"passed"}, entry.checks


def test_the_booklet_has_20_to_36_pages(built: Built) -> None:
    pages = {entry.edition: entry.pages for entry in built.entries if entry.edition != "epub"}
    assert len(pages) == 2
    assert all(20 <= count <= 36 for count in pages.values()), pages


@pytest.mark.validators
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_verapdf_finds_no_failure(
    profile: str, built: Built, torture: Built, every_edition: dict[str, Built]
) -> None:
    need_validator("veraPDF")
    booklets = (built, torture, *every_edition.values())
    files = tuple(path for booklet in booklets for path in booklet.pdfs)
    clean(check_pdfs(files, profile), wanted=2 + 2 + sum(map(len, EVERY_EDITION.values())))


@pytest.mark.validators
def test_epubcheck_finds_neither_error_nor_warning(built: Built, torture: Built) -> None:
    need_validator("EPUBCheck")
    clean(check_epubs([built.files["epub"], torture.files["epub"]]), wanted=2)


@pytest.mark.validators
@pytest.mark.browser
def test_ace_finds_no_violation(built: Built, torture: Built) -> None:
    need_validator("Ace by DAISY")
    clean(check_ace([built.files["epub"], torture.files["epub"]], TOOLS), wanted=2)
