"""A finding leads to the page and the chapter where its words stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from booklet.findings import found
from booklet.model import Span
from booklet.preview.desk import View
from booklet.preview.places import EXCERPT, Finder, Place
from booklet.preview.work import Chapter, Sheet, by_page
from booklet.source import SourceTree
from tests.preview_samples import finding, source, view

CHAPTER = """# First steps

Drink a **glass of water** every [morning](term:morning).

:::tip
{#rest .wide}
:::

Rest well.
Sleep
"""


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    folder = source(tmp_path)
    (folder / "tiny" / "01-first.md").write_text(CHAPTER, encoding="utf-8")
    return SourceTree.open(folder)


def paged() -> View:
    made = view()
    assert made.printed is not None
    assert made.ebook is not None
    sheets = (
        Sheet("1", 1, 1, ("list of contents with 1 item", "item: First steps 2")),
        Sheet("ii", 1, 1, ("heading level 1: First steps", "Drink a glass of water every day.")),
        Sheet("3", 1, 1, ("  item: Rest well.",)),
    )
    chapters = (
        Chapter("EPUB/a.xhtml", "A", "Nothing of the kind"),
        Chapter("EPUB/b.xhtml", "B", "First steps Drink a glass of water every morning. Rest well"),
    )
    return replace(
        made,
        printed=replace(made.printed, sheets=sheets),
        ebook=replace(made.ebook, chapters=chapters),
    )


@pytest.mark.parametrize(
    ("line", "page"),
    [(3, "ii"), (1, "ii"), (6, "ii"), (9, "3"), (10, "3"), (11, "3"), (99, "")],
)
def test_the_words_of_the_line_or_of_one_above_it_are_found(
    tree: SourceTree, line: int, page: str
) -> None:
    place = Finder(paged(), tree).place(finding(line))
    assert place.page == page
    assert place.chapter == ("EPUB/b.xhtml" if page else "")


def test_words_below_serve_when_there_are_none_above(tree: SourceTree) -> None:
    file = tree.root / "tiny" / "01-first.md"
    file.write_text("![](none.png)\n\nRest well.\n", encoding="utf-8")
    assert Finder(paged(), tree).place(finding(1)).page == "3"


def test_the_place_in_the_line_is_marked(tree: SourceTree) -> None:
    place = Finder(paged(), tree).place(finding(3, 11))
    assert (place.before, place.at) == ("Drink a **", "glass")
    assert place.after.endswith("(term:morning).")


def test_a_long_line_is_cut_around_the_place(tree: SourceTree) -> None:
    file = tree.root / "tiny" / "01-first.md"
    file.write_text("word " * 200 + "here " + "word " * 200, encoding="utf-8")
    place = Finder(paged(), tree).place(finding(1, 1001))
    assert place.at == "here"
    assert (place.before[0], place.after[-1]) == ("\u2026", "\u2026")
    assert len(place.before + place.at + place.after) < EXCERPT + 10


def test_a_finding_about_a_finished_file_names_its_page(tree: SourceTree) -> None:
    finder = Finder(paged(), tree)
    assert finder.place(found("PDF-052", Span("tiny/tiny-A4.pdf", 2), "x")).page == "ii"
    assert finder.place(found("PDF-052", Span("tiny/tiny-A4.pdf", 9), "x")) == Place()
    name = "tiny/sample-ebook.epub"
    assert finder.place(found("EPUB-003", Span(f"{name}/EPUB/a.xhtml", 4), "x")).chapter == (
        "EPUB/a.xhtml"
    )
    assert finder.place(found("EPUB-003", Span(f"{name}/EPUB/z.xhtml", 4), "x")) == Place()


@pytest.mark.parametrize("file", ["source", "source/tiny", "source/../x", "source/tiny/none.md"])
def test_a_file_that_is_none_leads_nowhere(tree: SourceTree, file: str) -> None:
    assert Finder(paged(), tree).place(finding(1, 1, file)) == Place()


def test_a_transcript_is_parted_at_its_pages_and_nowhere_else() -> None:
    transcript = (
        "document: Tiny\nlanguage: English\n3 pages\npage i\nHello\npage 2\nstill one\n"
        "page 2, the text goes on\npage 3\npage 3: nothing to read out\nend of document\n"
    )
    assert by_page(transcript, "en", ("i", "2", "3")) == (
        ("Hello",),
        ("still one", "page 2, the text goes on"),
        ("page 3: nothing to read out",),
    )
    assert by_page("document: x\n", "en", ("1", "2")) == ((), ())
