"""The test booklet with everything in it: one block stays one, over however many pages it goes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from booklet.verify.pdf_tags import open_tagged
from booklet.verify.tagtree import Annotation, Tag, outline
from tests.finished import Built
from tests.golden import assert_golden

pytestmark = pytest.mark.slow

PRINTED = ("large-a4", "large-letter")
# Each block that may go on over a page: its structure type and how it begins. What may not: a
# heading, a table's row, a picture, a QR code, the contact box, and lines to write on, which hold
# no words.
OVER_PAGES = {
    "what it is": ("L", "• A booklet that uses every part"),
    "key messages": ("L", "A block that goes on over a page"),
    "contents": ("TOC", "In an emergency"),
    "paragraph": ("P", "This paragraph is so long"),
    "note": ("Note", "3. This note is so long"),
    "bullet list": ("L", "• A short item."),
    "item of a list": ("LI", "• An item with several paragraphs"),
    "list in a list": ("L", "1. This is a list within the item"),
    "numbered list": ("L", "1. Fill the seed tray"),
    "quote": ("BlockQuote", "This quote is so long"),
    "definition list": ("L", "Compost Old leaves"),
    "definition": ("LI", "Window sill The board below"),
    "part in another language": ("Div", "Este párrafo es tan largo"),
    "paragraph in another language": ("P", "Este párrafo es tan largo"),
    "part from right to left": ("Div", "هذه الفقرة طويلة"),
    "paragraph from right to left": ("P", "هذه الفقرة طويلة"),
    "long description": ("Div", "Picture in words This picture"),
    "key facts": ("Callout", "Key facts: Facts with bold words"),
    "list in a box": ("L", "• The first fact is short."),
    "warning": ("Callout", "Warning: A warning with a list"),
    "definitions in a box": ("L", "Leaf spots"),
    "emergency": ("Callout", "Emergency: An emergency box"),
    "quote in a box": ("BlockQuote", "This is test text, and it is a quote"),
    "tip": ("Callout", "Tip: A tip with a list"),
    "story": ("Callout", "A story: A story that goes on"),
    "steps": ("L", "1. Choose the pot."),
    "checklist": ("L", "This list has no title"),
    "item to tick": ("LI", "This list has no title"),
    "questions": ("L", "A question with bold words"),
    "comparison": ("Table", "A table that goes on over a page"),
    "rows of a comparison": ("TBody", "Yellow leaves at the bottom"),
    "evidence": ("Callout", "What the research says The claim: A claim that is tested"),
    "what is known": ("LI", "What is known: This is made-up text"),
    "appointment": ("L", "What is the plant called"),
    "chapter": ("Sect", "Chapter 1 Which words"),
    "part of level 2": ("Sect", "A part of the second level"),
    "part of level 3": ("Sect", "A part of the third level"),
    "part of level 4": ("Sect", "A part of the fourth level"),
    "questions at the back": ("L", "Is every heading a heading"),
    "glossary": ("L", "chlorophyll"),
    "sources": ("L", "1. The test booklet project. How long blocks"),
    "about": ("L", "Booklet code: torture/2.10.3/"),
}


@cache
def tree(path: Path) -> Tag:
    root = open_tagged(path.read_bytes()).root
    assert root is not None
    return root


def pages(tag: Tag) -> set[int]:
    return {content.page for content in tag.contents()}


@pytest.mark.parametrize("edition", PRINTED)
@pytest.mark.parametrize("block", OVER_PAGES)
def test_each_kind_of_block_goes_on_over_a_page_in_one_piece(
    block: str, edition: str, torture: Built
) -> None:
    kind, beginning = OVER_PAGES[block]
    tags = [
        tag
        for tag in tree(torture.files[edition]).walk()
        if tag.type == kind and tag.text().startswith(beginning)
    ]
    assert len(tags) == 1, f"{len(tags)} elements of the type {kind} begin so"
    assert len(pages(tags[0])) > 1, f"all of it is on page {pages(tags[0])}"


def links(torture: Built, edition: str) -> list[Tag]:
    return [tag for tag in tree(torture.files[edition]).walk() if tag.type == "Link"]


def test_some_link_goes_on_over_a_page(torture: Built) -> None:
    assert any(len(pages(link)) > 1 for edition in PRINTED for link in links(torture, edition))


@pytest.mark.parametrize("edition", PRINTED)
def test_a_link_has_one_annotation_on_each_of_its_pages(edition: str, torture: Built) -> None:
    for link in links(torture, edition):
        found = [kid.page for kid in link.kids if isinstance(kid, Annotation)]
        assert found == sorted(pages(link)), link.text()


@pytest.mark.parametrize("edition", PRINTED)
def test_what_may_not_break_stands_on_one_page(edition: str, torture: Built) -> None:
    kinds = {"H1", "H2", "H3", "H4", "TR", "Figure", "Lbl"}
    broken = [
        f"{tag.type} {tag.text()}"
        for tag in tree(torture.files[edition]).walk()
        if tag.type in kinds and len(pages(tag)) > 1
    ]
    assert broken == []


@pytest.mark.parametrize("edition", PRINTED)
def test_the_tag_tree_is_the_golden_one(
    edition: str, torture: Built, request: pytest.FixtureRequest
) -> None:
    text = f"{outline(tree(torture.files[edition]))}\n"
    assert_golden(request.config, f"tagtree/torture-{edition}.txt", text)
