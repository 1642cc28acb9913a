"""Each offered print of the real booklet, and the narrowest, largest and closest of the test one:
built, judged by our own verification without an error; guidelines are read back.
"""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest

from booklet.editions import PAPERS, PRESETS, edition, refusal
from booklet.findings import Severity, catalogue
from booklet.manifest import Entry
from booklet.verify.pdf_lines import characters
from booklet.verify.pdf_page import Line, Page
from booklet.verify.pdf_read import read_pages
from tests.finished import Built
from tests.full.conftest import EVERY_EDITION, USUAL

pytestmark = pytest.mark.slow

FILES = [(name, row) for name, rows in EVERY_EDITION.items() for row in rows]
IDS = [f"{name}-{row}" for name, row in FILES]
# A page may be left short before a table or picture that does not fit: a warning, for the author.
MAY_WARN = "booklet: page fill"
INCH = 25.4


def test_each_offered_print_is_here() -> None:
    offered = {f"{p.id}-{on.id}" for p in PRESETS for on in PAPERS if not refusal(p, on)}
    assert offered <= {*USUAL, *EVERY_EDITION["sample"]}


@pytest.mark.parametrize(("name", "row"), FILES, ids=IDS)
def test_our_own_verification_finds_no_error(
    name: str, row: str, every_edition: dict[str, Built]
) -> None:
    built = every_edition[name]
    about = [f for f in built.findings if not f.span.file.startswith("source/")]
    assert [f.line() for f in about if f.severity is Severity.ERROR] == []
    entry = entry_of(built, row)
    outcomes = Counter(outcome for tool, outcome in entry.checks if tool != MAY_WARN)
    assert set(outcomes) == {"passed"}, entry.checks
    kinds = {tool for tool, _ in entry.checks}
    assert {"booklet: disclaimer", "booklet: disclaimer read last", MAY_WARN} <= kinds
    assert catalogue()["PDF-038"].severity is Severity.WARNING


@pytest.mark.parametrize("row", EVERY_EDITION["sample"])
def test_the_emergency_box_is_whole_on_the_first_two_inside_pages(
    row: str, every_edition: dict[str, Built]
) -> None:
    _cover, first, second, *others = (page.text for page in pages(every_edition["sample"], row))
    assert "Call 911 now" in first
    assert "Face" in first
    spread = " ".join(f"{first} {second}".split())
    assert "The ambulance team will ask you" in spread
    assert not any("Call 911 now" in page for page in others)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_lines_after_aph_have_39_to_43_letters(paper: str, every_edition: dict[str, Built]) -> None:
    built, row = every_edition["sample"], edition(f"aph-{paper}")
    assert row.type is not None
    # Full lines of text: those that reach the last sixth of the column.
    full = [
        line
        for page in pages(built, row.id)
        for line in page.lines
        if abs(line.size - row.type.body) < 0.1 and width(line) > row.column * 5 / 6
    ]
    assert len(full) > 100
    assert 39 <= median(characters(line.text) for line in full) <= 46
    smallest = min(line.size for page in pages(built, row.id) for line in page.lines)
    assert smallest == pytest.approx(18.5, abs=0.05)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_acb_has_an_inch_on_every_side_of_every_page(
    paper: str, every_edition: dict[str, Built]
) -> None:
    built = every_edition["sample"]
    inside = [
        (page, line)
        for page in pages(built, f"acb-{paper}")
        for line in page.lines
        if not is_number(page, line)
    ]
    assert inside
    for page, (left, bottom, right, top) in ((page, line.box) for page, line in inside):
        nearest = min(left, bottom, page.width - right, page.height - top) * 25.4 / 72
        assert nearest >= INCH - 0.5


def entry_of(built: Built, row: str) -> Entry:
    return next(entry for entry in built.entries if entry.edition == row)


def pages(built: Built, row: str) -> tuple[Page, ...]:
    count = entry_of(built, row).pages
    labels = tuple(str(number) for number in range(1, count + 1))
    return read_pages(built.files[row].read_bytes(), labels)


def is_number(page: Page, line: Line) -> bool:
    return line.text.strip() == page.label and line.box[3] < INCH * 72 / 25.4


def width(line: Line) -> float:
    """The width of a line in millimetres."""
    return (line.box[2] - line.box[0]) * 25.4 / 72
