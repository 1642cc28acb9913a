"""Long words and addresses can be broken, each at the places where a reader would break it."""

from __future__ import annotations

import dataclasses

import pytest

from booklet.model import Inline, Link, Paragraph, Phrase, Strong, Text
from booklet.writers.html import Links, render
from booklet.writers.html.inline import address_words
from tests.samples import SPAN, booklet

LONG = "pneumonoultramicroscopic"


def body(*nodes: Inline) -> str:
    """The first paragraph of a chapter with these words."""
    book = booklet()
    chapter = dataclasses.replace(book.chapters[0], blocks=(Paragraph(nodes, SPAN),), notes=())
    parts = render(dataclasses.replace(book, chapters=(chapter,)), Links()).parts
    part = next(part for part in parts if part.id == chapter.id)
    return str(part.body).partition("<p>")[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("address", "pieces"),
    [
        ("doi.org/10.1001/jamaneurol.2023.5200", ["doi.org/10.1001/jamaneurol.2023.5200"]),
        (
            "example.org/window-garden-2026.html?from=print&paper=any",
            ["example.org/window-garden-2026.", "html?", "from=", "print&", "paper=", "any"],
        ),
        ("a.example/under_the_window_of_the_house", None),
    ],
)
def test_an_address_breaks_after_its_signs_and_never_within_a_short_part(
    address: str, pieces: list[str] | None
) -> None:
    shown = address_words(address)
    found = [str(piece.striptags()) for piece in shown.split("<wbr/>")]
    assert "".join(found) == address
    assert found == (pieces or ["a.example/under_", "the_", "window_", "of_", "the_", "house"])


def test_a_part_of_an_address_without_signs_is_a_long_word() -> None:
    assert f'<span class="long-word">{LONG}</span>' in address_words(f"example.org/{LONG}")


def test_a_long_word_is_marked_and_a_short_one_is_not() -> None:
    assert body(Text(f"A {LONG}, and more")) == (
        f'A <span class="long-word">{LONG},</span> and more'
    )
    assert body(Text("A stroke")) == "A stroke"


def test_the_comma_after_a_long_word_in_another_language_stays_with_it() -> None:
    words = body(Phrase("hu", "ltr", (Text(LONG),)), Text(", a word"))
    assert words.startswith('<span class="long-word"><span lang="hu"')
    assert words.endswith(",</span> a word")
    assert body(Strong((Text(LONG),)), Text(" a word")).endswith("</strong> a word")


def test_a_link_that_shows_its_own_address_breaks_as_an_address() -> None:
    url = "https://example.org/window.garden.of.the.house"
    assert "garden.<wbr/>of." in body(Link(url, (Text(url),), SPAN))


@pytest.mark.parametrize(
    ("words", "added"),
    [("+1 (555) 010-0134", None), ("555 010 0134", "+15550100134"), ("the nurse", "+15550100134")],
)
def test_a_number_that_the_words_show_is_not_printed_again(words: str, added: str | None) -> None:
    made = body(Link("tel:+15550100134", (Text(words),), SPAN))
    assert ("data-address" in made) == (added is not None)
    assert added is None or f'data-address="{added}"' in made
