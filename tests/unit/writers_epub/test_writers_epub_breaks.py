"""Marks of printed pages: at the right word, where a mark may stand, and nothing else changed."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from booklet.editions import PageStart
from booklet.writers.epub.breaks import Break, mark_pages, markup
from booklet.writers.html import Links, Part, PartKind, render
from tests import samples

XHTML = "http://www.w3.org/1999/xhtml"
# What may not hold a mark (HTML, content models), and what is named by all the words in it.
NEVER_IN = frozenset("ul ol dl table thead tbody tr colgroup".split())


def part(body: str, kind: PartKind = PartKind.CHAPTER) -> Part:
    return Part("one", kind, "One", Markup(f'<section id="one">{body}</section>'), ("one",))


def marked(body: str, *letters: int) -> str:
    starts = tuple(PageStart(str(n), "one", at) for n, at in enumerate(letters, start=7))
    (made,) = mark_pages((part(body),), starts).parts
    text = str(made.body)
    for number in range(7, 7 + len(letters)):
        text = text.replace(str(markup(Break(str(number), f"page-{number}", "one"))), f"|{number}|")
    return text.removeprefix('<section id="one">').removesuffix("</section>")


@pytest.mark.parametrize(
    ("body", "letter", "expected"),
    [
        ("<p>Two words</p>", 3, "<p>Two |7|words</p>"),
        ("<p>Two words</p>", 0, "<p>|7|Two words</p>"),
        ("<p>A &amp; <b>C</b> D</p>", 1, "<p>A |7|&amp; <b>C</b> D</p>"),
        ("<p>A &amp; <b>C</b> D</p>", 2, "<p>A &amp; |7|<b>C</b> D</p>"),
        ("<p>A <b>C D</b></p>", 2, "<p>A <b>C |7|D</b></p>"),
        ('<p>A <a title="a &gt; b">C</a></p>', 1, '<p>A |7|<a title="a &gt; b">C</a></p>'),
        ("<p>A</p>\n<h2>B</h2>", 1, "<p>A</p>\n|7|<h2>B</h2>"),
        ("<h2>B C</h2>", 1, "<h2>B |7|C</h2>"),
        ("<ul>\n<li>A</li>\n<li>B</li></ul>", 1, "<ul>\n<li>A</li>\n<li>|7|B</li></ul>"),
        ("<ul><li><p>A</p></li></ul>", 0, "<ul><li><p>|7|A</p></li></ul>"),
        ("<dl><div><dt>A</dt></div></dl>", 0, "<dl><div><dt>|7|A</dt></div></dl>"),
        (
            "<p>A</p><figure><img src='a'/></figure>",
            1,
            "<p>A</p><figure>|7|<img src='a'/></figure>",
        ),
        ("<p>A<br/>B</p>", 1, "<p>A<br/>|7|B</p>"),
        ("<p>A</p><table><caption>B</caption>", 1, "<p>A</p>|7|<table><caption>B</caption>"),
        ("<table><tr><td>C</td></tr>", 0, "|7|<table><tr><td>C</td></tr>"),
        ("<table><tr><td>C</td></tr><tr><th>D", 1, "<table><tr><td>C</td></tr><tr><th>|7|D"),
        ("<p>A</p>\n<span></span>\n", 1, "<p>A</p>\n<span></span>\n|7|"),
    ],
)
def test_a_mark_stands_before_its_word(body: str, letter: int, expected: str) -> None:
    assert marked(body, letter) == expected


def test_several_pages_may_begin_at_one_place() -> None:
    assert marked("<p>A B</p>", 1, 1, 2) == "<p>A |7||8|B</p>|9|"


def test_an_id_of_the_text_is_left_to_the_text() -> None:
    taken = Part("page-1", PartKind.CHAPTER, "", part("<p>A</p>").body, ("page-1",))
    made = mark_pages((taken,), (PageStart("1", "page-1", 0),))
    assert made.breaks == (Break("1", "page-1-printed", "page-1"),)
    assert made.parts[0].ids == ("page-1", "page-1-printed")


def test_the_printed_contents_are_no_part_of_the_book() -> None:
    contents = part("<h1>Contents</h1>", PartKind.CONTENTS)
    made = mark_pages((contents,), (PageStart("5", "one", 0), PageStart("6", "one", 900)))
    assert made.parts == (contents,)
    assert [mark.label for mark in made.breaks] == ["5", "6"]


@pytest.mark.parametrize("start", [PageStart("1", "gone", 0), PageStart("1", "one", 2)])
def test_a_page_map_of_another_booklet_is_refused(start: PageStart) -> None:
    with pytest.raises(ValueError, match="page"):
        mark_pages((part("<p>A</p>"),), (start,))


@cache
def sample_parts() -> tuple[Part, ...]:
    return tuple(
        each
        for each in render(samples.booklet(), Links()).parts
        if each.kind is not PartKind.CONTENTS
    )


def tree(each: Part) -> etree._Element:
    return etree.fromstring(f'<_ xmlns:epub="http://www.idpf.org/2007/ops">{each.body}</_>')


def letters(node: etree._Element) -> list[str]:
    """The letters and pictures of an element, and "|" for the mark, read by another parser."""
    found: list[str] = []
    for event, each in etree.iterwalk(node, events=("start", "end")):
        if event == "start" and each.get("role") == "doc-pagebreak":
            found.append("|")
        elif event == "start" and each.tag == "img":
            found.append("img")
        found += "".join(((each.text if event == "start" else each.tail) or "").split())
    return found


@given(st.data())
def test_wherever_a_page_begins_only_a_mark_is_added(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(sample_parts()))
    plain = letters(tree(each))
    places = sorted(data.draw(st.lists(st.integers(0, len(plain)), min_size=1, max_size=4)))
    starts = tuple(PageStart(str(n), each.id, at) for n, at in enumerate(places))
    made = mark_pages((each,), starts)
    (page,) = made.parts
    text = str(page.body)
    for mark in made.breaks:
        assert text.count(str(markup(mark))) == 1
        text = text.replace(str(markup(mark)), "")
    assert text == str(each.body)
    found = letters(tree(page))
    spots = [index for index, letter in enumerate(found) if letter == "|"]
    assert [spot - number for number, spot in enumerate(spots)] == places
    for node in tree(page).iter("span"):
        around = node.getparent()
        if node.get("role") == "doc-pagebreak":
            assert around is not None
            assert around.tag not in NEVER_IN
