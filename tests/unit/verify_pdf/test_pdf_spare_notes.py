"""Pages that make a number of pages even: a multiple of four, and whole pages to write on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.verify_pdf.pdf_samples import BODY, expected, found, joined, rules

FOLDED = expected(replace(expected().edition, multiple=4))
CSS = """
.spare { break-before: page } .spare + section { break-before: page }
.line { display: block; height: 11mm; border-bottom: 1pt solid #000 }
.near .line { height: 8mm }
"""


def spare(
    lines: int = 18, words: str = "Space for what you want to remember.", kind: str = ""
) -> str:
    rules_ = '<span class="line"></span>' * lines
    return f'<section class="spare {kind}"><h1>Notes</h1><p>{words}</p>{rules_}</section>'


def pages(*added: str) -> bytes:
    """A page of text, the pages that were added, one page more, and the disclaimer."""
    return joined(BODY + "".join(added) + '<section style="break-before:page"></section>', css=CSS)


def test_a_folded_booklet_may_have_a_page_to_write_on() -> None:
    assert [rule for rule in rules(pages(spare()), FOLDED) if rule.startswith("PDF-08")] == []


def test_a_number_that_cannot_be_folded_is_found() -> None:
    for data, told in ((pages(), True), (pages(spare(), spare()), True), (pages(spare()), False)):
        assert ("PDF-080" in rules(data, FOLDED)) == told
    assert "PDF-080" not in rules(pages(), expected())


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ([spare(kind="near")], "8.4 mm between them"),
        ([spare(lines=0)], "nothing between them"),
        ([spare(lines=5)], "do not fill the page"),
        ([spare(words="One thing.</p><p>Another thing.")], "more than its heading"),
        ([spare()] * 4, "4 pages were added; 3 are enough"),
    ],
    ids=["near", "none", "few", "words", "many"],
)
def test_a_page_that_is_no_page_to_write_on_is_found(added: list[str], told: str) -> None:
    (finding,) = [f for f in found(pages(*added), FOLDED) if f.rule == "PDF-081"]
    assert told in finding.message


def test_nothing_is_asked_of_pages_in_other_editions() -> None:
    assert "PDF-081" not in rules(pages(spare(lines=0)), expected())
