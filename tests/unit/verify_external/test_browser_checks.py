"""The browser's checks without a browser: what is said when it is missing, hangs or breaks down."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from booklet.verify.external import available, check_all, check_in_browser, look
from booklet.verify.external.browser_judge import BASE, SETTINGS, THEMES, Page, judge
from tests.epub_samples import book
from tests.needs import need_validator


@pytest.fixture
def ebook(tmp_path: Path) -> Path:
    place = tmp_path / "good, ça va.epub"
    place.write_bytes(book())
    return place


def test_what_is_missing_is_named_with_its_installation(ebook: Path) -> None:
    bare = replace(look(), chromium=None, playwright=None)
    (checked,) = check_in_browser([ebook], machine=bare).values()
    (result,) = checked.tools
    status = next(s for s in available(machine=bare) if s.name == result.tool)
    assert (result.outcome, result.detail) == ("not checked", status.missing)
    assert "sudo apt-get install chromium" in result.detail
    assert "pip install playwright" in result.detail
    assert checked.findings == ()
    assert not status.ready


def test_no_files_need_no_browser() -> None:
    assert check_in_browser([]) == {}
    assert check_all([], []) == {}


def test_what_is_no_book_is_not_checked(tmp_path: Path) -> None:
    need_validator("Browser (Chromium)")
    junk, absent = tmp_path / "junk.epub", tmp_path / "absent.epub"
    junk.write_bytes(b"not a book")
    results = {path: row.tools[0] for path, row in check_in_browser([junk, absent]).items()}
    assert {row.outcome for row in results.values()} == {"not checked"}
    assert "it cannot be opened" in results[junk].detail
    assert results[absent].detail == "there is no such file"


@pytest.mark.slow
def test_a_browser_that_hangs_is_stopped(ebook: Path, tmp_path: Path) -> None:
    need_validator("Browser (Chromium)")
    machine = replace(look(), chromium=program(tmp_path, "sleep 9"))
    (checked,) = check_in_browser([ebook], machine=machine, seconds=3).values()
    (result,) = checked.tools
    assert result.outcome == "not checked"
    assert result.detail == "it did not finish: it was stopped after 3 seconds"


@pytest.mark.slow
def test_a_browser_that_breaks_down_passes_nothing(ebook: Path, tmp_path: Path) -> None:
    need_validator("Browser (Chromium)")
    machine = replace(look(), chromium=program(tmp_path, "exit 1"))
    (checked,) = check_in_browser([ebook], machine=machine).values()
    assert checked.tools[0].outcome == "not checked"
    assert checked.tools[0].detail.startswith("it did not finish: BrowserType.launch: ")
    assert "Traceback" not in checked.tools[0].detail


def program(folder: Path, script: str) -> Path:
    """A stand-in for the browser."""
    shell = shutil.which("sh")
    place = folder / "browser"
    place.write_text(f"#!{shell}\n{script}\n", encoding="utf-8")
    place.chmod(0o755)
    return place


def test_all_tools_answer_for_every_file(
    ebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = replace(
        look(), java=None, node=None, chromium=None, vera_jar=None, epubcheck_jar=None
    )
    monkeypatch.setattr("booklet.verify.external.every.look", lambda tools: nothing)
    pdf = tmp_path / "a.pdf"
    answers = check_all([pdf], [ebook])
    told = {path: [(t.tool, t.outcome) for t in row.tools] for path, row in answers.items()}
    no = "not checked"
    assert told == {
        pdf: [("veraPDF ua1", no), ("veraPDF 2a", no)],
        ebook: [("EPUBCheck", no), ("Ace by DAISY", no), ("Browser (Chromium)", no)],
    }


# --------------------------------------------------------------------- what measures mean


def page(**changes: object) -> Page:
    """A page on which all is well, but for the changes."""
    layout = {"over": 0, "wide": [], "cut": [], "covering": [], "letters": 9}
    contrast = {"lines": 1, "lowest": [[21.0, "Ask us."]], "pictured": [], "covered": []}
    measures = {
        "page": {"broken": False, "language": "en", "pictures": []},
        "keyboard": {"way": [], "steps": []},
        "contrast": {name: contrast for name, _, _ in THEMES},
        "layout": {name: layout for name, _, _ in SETTINGS},
        "tree": {BASE: {"table": [0], "nameless pictures": 0, "nameless links": 0}},
    }
    return Page("a.xhtml", ("en",), measures | changes)


def test_one_fault_in_many_settings_is_told_once() -> None:
    wide = {"over": 9, "wide": ["p: Wide"], "cut": [], "covering": [], "letters": 9}
    layouts = page().measures["layout"] | {"320 pixels": wide, "320 pixels at 200 percent": wide}
    (finding,) = judge([page(layout=layouts), page()])
    assert finding.rule == "EPUB-201"
    assert finding.message == (
        "The page must be scrolled to the side at 320 pixels and 320 pixels at 200 percent:"
        ' "p: Wide".'
    )


def test_the_least_contrast_that_passes_is_the_standards_own() -> None:
    def with_ratio(ratio: float) -> Page:
        row = {"lines": 1, "lowest": [[ratio, "Ask us."]], "pictured": [], "covered": []}
        return page(contrast={"light page": row})

    assert judge([with_ratio(4.5)]) == ()
    (finding,) = judge([with_ratio(4.49)])
    assert (finding.rule, "4.49 to 1" in finding.message) == ("EPUB-204", True)
