"""Where each printed page begins: told by the writer, read from the file, and agreed."""

from __future__ import annotations

import dataclasses
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from booklet.editions import EPUB, Artifact, Job, PageStart, edition
from booklet.findings import Cleared
from booklet.model import Booklet, ListItem, NumberedList
from booklet.plan import expectation
from booklet.resources import styles_dir
from booklet.verify.epub import verify_epub
from booklet.verify.page_starts import page_starts
from booklet.writers import epub, pdf
from booklet.writers.epub.breaks import mark_pages
from booklet.writers.html import Part, PartKind
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf
from tests import samples

STYLE = (
    '@font-face { font-family: "Atkinson Hyperlegible"; src: url("fonts/atkinson-400.ttf") }'
    "@page { size: 90mm 60mm; margin: 8mm; @bottom-right { content: counter(page) } }"
    "html { font: 12pt/1.4 'Atkinson Hyperlegible' } body { margin: 0 } p, li { orphans: 1 }"
    "thead { display: table-header-group } tr { break-inside: avoid } ul { list-style: disc }"
    ".next { break-before: page } a::after { content: ' (there)' } img { width: 20mm }"
    ".cards, .cards * { display: block } .cards td::before { content: attr(data-label) ' ' }"
)
PROSE = " ".join(f"word{number}" for number in range(90))
Read = tuple[tuple[str, str], ...]


def laid_out(body: str) -> tuple[tuple[PageStart, ...], Read]:
    """Where the writer says that pages begin, and what a stranger reads at their beginning."""
    html = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    engine = Engine(Shelf.of((samples.asset(),), frozenset(map(ord, f"{html}\\u2022"))))
    layout = engine.lay_out(html, (("test.css", STYLE),))
    ids = tuple(str(each.get("id")) for each in etree.fromstring(f"<_>{body}</_>"))
    starts = layout.page_starts(ids)
    assert [start.label for start in starts] == [str(n + 1) for n in range(layout.page_count)]
    return starts, page_starts(layout.pdf(identifier=b"test"))


def words_at_marks(body: str, starts: tuple[PageStart, ...]) -> list[str]:
    """What follows each mark, letters only, when the marks are put into the text."""
    texts = []
    for section in etree.fromstring(f"<_>{body}</_>"):
        section.tail = None
        part_id = str(section.get("id"))
        part = Part(
            part_id,
            PartKind.CHAPTER,
            "",
            Markup(etree.tostring(section, encoding="unicode", method="xml")),
            (part_id,),
        )
        here = tuple(start for start in starts if start.part == part_id)
        marked = mark_pages((part,), here)
        tree = etree.fromstring(
            f'<_ xmlns:epub="http://www.idpf.org/2007/ops">{marked.parts[0].body}</_>'
        )
        for mark in marked.breaks:
            (node,) = (each for each in tree.iter() if each.get("id") == mark.id)
            after = cast("list[str]", node.xpath("following::text() | following::img/@alt"))
            texts.append("".join("".join(after).split()))
    return texts


def agreed(body: str) -> Read:
    """Hold the two ways of finding a page's beginning against each other."""
    starts, read = laid_out(body)
    for (label, words), following in zip(read, words_at_marks(body, starts), strict=True):
        assert following.startswith("".join(words.split())), label
    parts = [str(section.get("id")) for section in etree.fromstring(f"<_>{body}</_>")]
    order = [parts.index(start.part) for start in starts]
    places = list(zip(order, (start.letters for start in starts), strict=True))
    assert places == sorted(places)
    return read


def firsts(read: Read) -> list[str]:
    return [words.split()[0] if words else "" for _, words in read]


def test_a_page_may_begin_in_the_middle_of_a_paragraph_and_of_bold_words() -> None:
    read = agreed(f'<section id="a"><p>Before <b>{PROSE}</b> after.</p></section>')
    assert len(read) > 2
    assert firsts(read)[0] == "Before"
    assert all(first.startswith("word") for first in firsts(read)[1:])


def test_numbers_of_lists_and_repeated_table_heads_are_no_words_of_a_page() -> None:
    items = "".join(f"<li>Item{n} and some more words to read on</li>" for n in range(12))
    rows = "".join(f"<tr><td>Row{n}</td><td>Cell{n} with words</td></tr>" for n in range(20))
    table = (
        f"<table><thead><tr><th>Head</th><th>Second</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    read = agreed(f'<section id="a"><ol>{items}</ol></section><section id="b">{table}</section>')
    begun = firsts(read)
    assert len(begun) > 4
    assert not any(first[:1].isdigit() for first in begun)
    assert "Head" not in begun[2:] or begun.count("Head") == 1


def test_a_page_may_begin_with_a_picture() -> None:
    picture = '<p class="next"><img src="images/drawing.svg" alt="A teal disc."/></p>'
    starts, read = laid_out(f'<section id="a"><p>One two.</p>{picture}<p>Three</p></section>')
    assert starts[1] == PageStart("2", "a", 7)
    assert read[1] == ("2", "A teal disc. Three")


def test_a_page_without_words_begins_where_the_words_before_it_end() -> None:
    blank = '<div class="next" style="height: 20mm; border: 1pt solid"></div>'
    starts, read = laid_out(
        f'<section id="a"><p>One.</p>{blank}</section><section id="b" class="next">Two</section>'
    )
    assert starts == (PageStart("1", "a", 0), PageStart("2", "a", 4), PageStart("3", "b", 0))
    assert [words for _, words in read] == ["One.", "", "Two"]


def test_a_word_cut_by_the_end_of_a_page_belongs_to_the_page_before() -> None:
    long = "w" * 600
    body = f'<section id="a" style="overflow-wrap: anywhere"><p>One {long} after it.</p></section>'
    starts, read = laid_out(body)
    assert len(starts) > 1
    assert {start.letters for start in starts[1:]} == {3 + 600}
    assert read[-1][1] == "after it."


def test_words_that_a_style_adds_are_not_counted() -> None:
    links = " ".join(f'<a href="#a">link{n}</a> then{n}' for n in range(60))
    starts, _ = laid_out(f'<section id="a"><p>{links}</p></section>')
    flat = "".join(f"link{n}then{n}" for n in range(60))
    assert len(starts) > 3
    assert all(flat[start.letters :].startswith(("link", "then")) for start in starts)


def test_labels_of_cards_are_no_words_of_a_page() -> None:
    row = "<tr><th scope='row'>Row{0}</th><td data-label='Second:'>Cell{0} {1}</td></tr>"
    rows = "".join(row.format(n, PROSE[: 60 * n]) for n in range(9))
    head = "<thead><tr><th scope='col'>Head</th><th scope='col'>Second</th></tr></thead>"
    table = f"<table class='cards'>{head}<tbody>{rows}</tbody></table>"
    begun = firsts(agreed(f'<section id="a">{table}</section>'))
    assert len(begun) > 4
    assert begun[0] == "Head"
    assert not any("Second" in first for first in begun)


def test_a_file_without_tags_or_that_is_none_has_no_page_to_compare() -> None:
    assert page_starts(b"no file at all") == ()


WORD = st.sampled_from(
    ["a", "be", "sea", "well-being", "stroke", "rehabilitation", "é", "x/y", "&amp;"]
)
TEXT = st.lists(WORD, min_size=1, max_size=30).map(" ".join)
RUN = st.one_of(
    TEXT, TEXT.map(lambda t: f"<b>{t}</b>"), TEXT.map(lambda t: f'<abbr title="e">{t}</abbr>')
)
LINE = st.lists(RUN, min_size=1, max_size=3).map(" ".join)
BLOCK = st.one_of(
    LINE.map(lambda t: f"<p>{t}</p>"),
    LINE.map(lambda t: f"<h2>{t}</h2>"),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda ts: "<ul>" + "\n".join(f"<li>{t}</li>" for t in ts) + "</ul>"
    ),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda ts: "<ol>" + "\n".join(f"<li><p>{t}</p></li>" for t in ts) + "</ol>"
    ),
    st.lists(TEXT, min_size=1, max_size=2).map(
        lambda ts: (
            "<table><caption>Words</caption><thead><tr><th>H</th></tr></thead><tbody>"
            + "".join(f"<tr><td>{t}</td></tr>" for t in ts)
            + "</tbody></table>"
        )
    ),
    st.just('<figure><img src="images/drawing.svg" alt="A disc."/></figure>'),
)
SECTIONS = st.lists(st.lists(BLOCK, min_size=1, max_size=4), min_size=1, max_size=3)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(SECTIONS)
def test_the_page_map_is_monotone_complete_and_true(sections: list[list[str]]) -> None:
    agreed(
        "".join(
            f'<section id="part{n}" class="next">{" ".join(blocks)}</section>'
            for n, blocks in enumerate(sections)
        )
    )


def printed(booklet: Booklet) -> Artifact:
    row = edition("large-a4")
    artifact = pdf.write(Job(Cleared(booklet), row, "sample-A4.pdf", styles(row.styles))).artifact
    assert artifact is not None
    return artifact


def styles(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in names)


def long_sample() -> Booklet:
    """The sample with a numbered list that crosses pages."""
    sample = samples.booklet()
    chapter = sample.chapters[0]
    more = NumberedList(
        tuple(ListItem((samples.paragraph(PROSE),), samples.SPAN) for _ in "ab"), 1, samples.SPAN
    )
    return dataclasses.replace(
        sample, chapters=(dataclasses.replace(chapter, blocks=(*chapter.blocks, more)),)
    )


@pytest.mark.slow
@pytest.mark.parametrize("booklet", [samples.booklet(), long_sample()], ids=["sample", "long"])
def test_every_page_of_the_print_is_found_in_the_e_book(booklet: Booklet) -> None:
    parent = printed(booklet)
    assert [start.label for start in parent.page_map] == [str(n + 1) for n in range(parent.pages)]
    job = Job(Cleared(booklet), EPUB, "sample.epub", styles(EPUB.styles), parent)
    wanted = expectation(job)
    assert len(wanted.page_starts) == parent.pages
    assert wanted.page_source == "sample-A4.pdf"
    artifact = epub.write(job).artifact
    assert artifact is not None
    findings, tools = verify_epub(artifact, wanted)
    assert findings == ()
    assert {tool.outcome for tool in tools} == {"passed"}
