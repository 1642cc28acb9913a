"""Each rule of the printed pages in an e-book has a book that breaks it, and little else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from booklet.editions import PageStart
from booklet.findings import catalogue
from booklet.verify.epub import verify_epub
from tests.epub_samples import PAGES, STARTS, artifact, book, expectation, paged, spoiled, swap

OPF, NAV, CHAPTER = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/chapter-01-first.xhtml"
Maker = Callable[[], bytes]
MARK = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-4" aria-label="4"/>'
PAGE_4 = '<li><a href="chapter-01-first.xhtml#page-4">4</a></li>'
Pages = tuple[PageStart, ...]


def repaged(name: str, old: str, new: str) -> Maker:
    return lambda: spoiled(name, swap(old, new), paged())


def moved(letters: int) -> Pages:
    return tuple(replace(s, letters=letters) if s.label == "4" else s for s in PAGES)


MISPAGED: dict[str, list[Maker]] = {
    "EPUB-301": [
        lambda: paged(moved(40)),
        lambda: paged(moved(44)),
        repaged(CHAPTER, f"a {MARK}link out", f"a link out{MARK}"),
        repaged(CHAPTER, f"{MARK}link", f"{MARK}hyperlink"),
    ],
    "EPUB-302": [
        lambda: paged(PAGES[:-1]),
        lambda: paged((*PAGES, PageStart("6", "disclaimer", 0))),
        lambda: paged(PAGES[1:]),
        lambda: paged((*PAGES[:3], replace(PAGES[3], label="5"), replace(PAGES[4], label="4"))),
        book,
        repaged(NAV, PAGE_4, ""),
        repaged(NAV, PAGE_4, PAGE_4.replace(">4<", ">7<")),
        repaged(NAV, PAGE_4, PAGE_4 + PAGE_4),
    ],
    "EPUB-303": [
        repaged(CHAPTER, MARK, MARK.replace("/>", ">4</span>")),
        repaged(CHAPTER, MARK, MARK.replace("/>", "><b/></span>")),
        repaged(CHAPTER, MARK, MARK.replace(' epub:type="pagebreak"', "")),
        repaged(CHAPTER, MARK, MARK.replace(' aria-label="4"', "")),
        repaged(CHAPTER, MARK, MARK.replace(' id="page-4"', "")),
        repaged(CHAPTER, MARK, MARK.replace(' role="doc-pagebreak"', "")),
    ],
    "EPUB-304": [
        repaged(OPF, "sample-A4.pdf", "sample-Letter.pdf"),
        repaged(OPF, "pageBreakSource", "pageBreakSauce"),
        repaged(OPF, "pageBreakMarkers", "readingOrder"),
        repaged(OPF, "pageNavigation", "readingOrder"),
    ],
}
# As above: a mark without its number cannot be the one that is listed.
WITH_PAGES: dict[str, set[str]] = {
    "EPUB-301": set(),
    "EPUB-302": {"EPUB-301", "EPUB-304", "EPUB-032"},
    "EPUB-303": {"EPUB-302", "EPUB-032", "EPUB-010"},
    "EPUB-304": {"EPUB-032"},
}


@pytest.mark.parametrize(
    ("rule", "maker"),
    [
        pytest.param(rule, maker, id=f"{rule}-{number}")
        for rule, makers in MISPAGED.items()
        for number, maker in enumerate(makers, start=1)
    ],
)
def test_each_fault_of_the_printed_pages_is_found(rule: str, maker: Maker) -> None:
    found, _ = verify_epub(artifact(maker()), expectation(page_starts=STARTS))
    assert rule in {finding.rule for finding in found}
    assert {finding.rule for finding in found} <= {rule} | WITH_PAGES[rule]


def test_a_mark_that_is_listed_wrongly_is_found_without_the_print() -> None:
    for data, wanted in (
        (paged(), set()),
        (paged(PAGES[::-1]), {"EPUB-032", "EPUB-302"}),
        (repaged(NAV, PAGE_4, "")(), {"EPUB-302"}),
    ):
        found, _ = verify_epub(artifact(data), expectation())
        assert {finding.rule for finding in found} == wanted


def test_every_rule_of_the_printed_pages_has_a_book_that_breaks_it() -> None:
    assert set(MISPAGED) == {rule for rule in catalogue() if rule.startswith("EPUB-3")}
