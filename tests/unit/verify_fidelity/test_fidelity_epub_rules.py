"""Each rule of fidelity in an e-book: samples that break it, and it alone."""

from __future__ import annotations

import pytest

from booklet.editions import EPUB
from booklet.findings import catalogue
from booklet.model import Section
from tests.samples import SPAN, paragraph, words
from tests.unit.verify_fidelity import fidelity_samples as s

CHAPTER = "chapter-01-first.xhtml"
FIRST, SECOND = "<p>The first of two.</p>", "<p>The second of two.</p>"
ADDRESS = 'href="https://example.org/a"'
Changes = tuple[tuple[str, str], ...]


def test_the_sample_is_true_to_its_source() -> None:
    rules, (structure, text) = s.epub_result(s.epub())
    assert rules == []
    assert (structure.outcome, structure.detail) == ("passed", "92 of 92 elements match")
    assert (text.outcome, text.detail) == ("passed", "160 of 160 words match")


SPOILERS: tuple[tuple[str, str, Changes], ...] = (
    ("EPUB-101", CHAPTER, ((FIRST, ""),)),
    (
        "EPUB-101",
        CHAPTER,
        (('<a href="https://example.org/a"', "<span"), ("page</a>", "page</span>")),
    ),
    ("EPUB-101", "nav.xhtml", (('<li><a href="emergency.xhtml">In an emergency</a></li>', ""),)),
    ("EPUB-101", CHAPTER, ((FIRST, f'<div hidden="hidden">{FIRST}</div>'),)),
    ("EPUB-102", CHAPTER, ((FIRST, FIRST + FIRST),)),
    ("EPUB-102", CHAPTER, ((FIRST, FIRST + "<p>Buy now.</p>"),)),
    ("EPUB-102", CHAPTER, ((FIRST, FIRST + "Buy now."),)),
    ("EPUB-103", CHAPTER, ((FIRST, ""), (SECOND, SECOND + FIRST))),
    ("EPUB-104", CHAPTER, (("<h3>Deep</h3>", "<p>Deep</p>"),)),
    ("EPUB-104", CHAPTER, ((FIRST, "<pre>The first of two.</pre>"),)),
    ("EPUB-105", CHAPTER, (("The first of", "The worst of"),)),
    ("EPUB-105", CHAPTER, (("The first of two", "The first two"),)),
    ("EPUB-105", CHAPTER, (("The first of", "The firstof"),)),
    ("EPUB-105", CHAPTER, (("Chapter 1", "Chapter 2"),)),
    ("EPUB-106", CHAPTER, (('alt="A teal disc."', 'alt="disc.svg"'),)),
    ("EPUB-107", CHAPTER, (('title="magnetic resonance imaging"', 'title="imaging"'),)),
    ("EPUB-108", CHAPTER, (('xml:lang="es"', 'xml:lang="fr"'),)),
    ("EPUB-108", CHAPTER, (("<p>The first", '<p xml:lang="fr">The first'),)),
    ("EPUB-113", CHAPTER, (('<th scope="row"', "<th"),)),
    (
        "EPUB-114",
        CHAPTER,
        (
            ('<ol class="steps">', '<ul class="steps">'),
            ("Stand up.</li></ol>", "Stand up.</li></ul>"),
        ),
    ),
    ("EPUB-116", CHAPTER, (('href="#first-part"', 'href="#first-inner"'),)),
    ("EPUB-116", CHAPTER, (('href="https://example.org/a"', 'href="https://example.org/b"'),)),
    ("EPUB-116", CHAPTER, ((ADDRESS, f'{ADDRESS} aria-label="Buy"'),)),
    ("EPUB-116", "nav.xhtml", (("chapter-01-first.xhtml", "emergency.xhtml"),)),
    ("EPUB-119", CHAPTER, ((FIRST, FIRST + '<div aria-hidden="true">Buy now.</div>'),)),
)


@pytest.mark.parametrize(("rule", "file", "changes"), SPOILERS)
def test_a_spoiled_book_breaks_exactly_its_rule(rule: str, file: str, changes: Changes) -> None:
    rules, (structure, text) = s.epub_result(s.edited(file, *changes))
    assert rules == [rule]
    assert "failed" in (structure.outcome, text.outcome)


def test_a_skipped_level_is_found_though_the_source_has_it_too() -> None:
    deep = Section("first-deep", 3, words("Deep"), (paragraph("Inside."),), SPAN)
    source = s.booklet(s.swapped(paragraph("The first of two."), deep))
    assert s.epub_rules(s.written(source, EPUB), source) == ["EPUB-112"]


def test_marks_of_printed_pages_and_hidden_lists_are_set_aside() -> None:
    mark = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-9" aria-label="9"></span>'
    hidden = '<nav hidden="hidden"><ol><li><a href="#first">9</a></li></ol></nav>'
    changes = (("The first", f"The {mark}first"), (FIRST[-12:], FIRST[-12:] + hidden))
    assert s.epub_rules(s.edited(CHAPTER, *changes)) == []


def test_a_finding_names_file_and_line() -> None:
    from booklet.plan import expected
    from booklet.verify.epub_book import open_book
    from booklet.verify.fidelity_epub import fidelity

    data = s.edited(CHAPTER, ("The first of", "The worst of"))
    _, text = fidelity(open_book(data, expected(s.booklet(), EPUB, "sample.epub")))
    (finding,) = text.findings
    assert finding.span.file == f"sample/sample.epub/EPUB/{CHAPTER}"
    assert finding.span.line > 1
    assert '"The" it reads "worst of two."' in finding.message
    assert 'the source has "first of two."' in finding.message


def test_every_rule_has_a_sample() -> None:
    here = {rule for rule, _, _ in SPOILERS} | {"EPUB-112"}
    assert here == {r for r in catalogue() if r.startswith("EPUB-1") and len(r) == 8}
