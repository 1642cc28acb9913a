"""Pages are laid out as often as a number on them changes, and every number is right."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pypdfium2
import pytest
from weasyprint.layout import page as engine_pages

from booklet.resources import styles_dir
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf

STYLE = (
    '@font-face { font-family: "Atkinson Hyperlegible"; src: url("fonts/atkinson-400.ttf") }'
    "@page { size: 90mm 40mm; margin: 8mm } p { margin: 0 } .next { break-before: page }"
    "html { font: 12pt/1.4 'Atkinson Hyperlegible' }"
    "a::after { content: ' on ' target-counter(attr(href), page) }"
)


def laid_out(body: str) -> tuple[list[int], list[str]]:
    """The pages in the order in which the engine made them, and the words of each."""
    html = f"<html><body>{body}</body></html>"
    engine = Engine(Shelf.of((), frozenset(map(ord, f"{html}0123456789"))))
    made: list[int] = []

    def remake(index: int, *rest: object) -> object:
        made.append(index + 1)
        return theirs(index, *rest)

    theirs = engine_pages.remake_page
    with mock.patch.object(engine_pages, "remake_page", remake):
        layout = engine.lay_out(html, (("test.css", STYLE),))
    with pypdfium2.PdfDocument(layout.untagged(b"test")) as pdf:
        words = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    return made, words


def test_a_page_is_laid_out_again_once_to_name_a_later_page() -> None:
    body = '<p><a href="#x">See</a></p><p class="next">Two</p><p class="next" id="x">Three</p>'
    made, words = laid_out(body)
    assert words == ["See on 3", "Two", "Three"]
    assert made == [1, 2, 3, 1]


def test_a_page_that_names_an_earlier_page_is_laid_out_once() -> None:
    body = '<p id="x">One</p><p class="next"><a href="#x">See</a></p>'
    assert laid_out(body) == ([1, 2], ["One", "See on 1"])


def test_a_page_that_names_itself_is_right_too() -> None:
    made, words = laid_out('<p class="next" id="x"><a href="#x">See</a></p>')
    assert words == ["See on 1"]
    assert made == [1, 1]


def test_numbers_are_right_when_they_move_the_page_that_they_name() -> None:
    # Each number takes a line of its own once it is known to have two digits: the lines before
    # it go over the page, and all that follows is one page later.
    line = "<p>word</p>" * 3
    narrow = "<div style='width: 23mm'>{}</div>"
    links = narrow.format("".join(f'<p><a href="#x{n}">See it</a></p>' for n in range(3)))
    targets = "".join(f'<p class="next" id="x{n}">Target {n}</p>' for n in range(3))
    _, words = laid_out(f"{links}{line}" + '<p class="next">.</p>' * 6 + targets)
    found = {f"x{n}": words.index(f"Target {n}") + 1 for n in range(3)}
    named = [int(word) for word in " ".join(words[:3]).split() if word.isdigit()]
    assert named == list(found.values())
    assert named[-1] >= 10


@pytest.mark.parametrize("path", sorted(styles_dir().glob("*.css")), ids=lambda path: path.name)
def test_no_style_sheet_counts_pages_but_by_page_and_by_link(path: Path) -> None:
    css = path.read_text("utf-8")
    assert "pages)" not in css
    assert css.count("target-counter(") == css.count("target-counter(attr(href), page)")
