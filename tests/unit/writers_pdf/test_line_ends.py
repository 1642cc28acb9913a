"""Lines are as full as they can be: a space at a line's end takes no room."""

from __future__ import annotations

import pytest
from weasyprint.formatting_structure import boxes

from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf

WORDS = "An address can be named once and used"
HTML = f"<html><body><p>{WORDS} <b>here</b> and there</p></body></html>"
ENGINE = Engine(Shelf.of((), frozenset(map(ord, HTML))))
WIDTHS = range(1200, 1700, 10)
"""Tenths of millimetres: some of them hold the words, but not the space after them."""


def lines(width: float) -> list[str]:
    css = (
        '@font-face { font-family: A; src: url("fonts/atkinson-400.ttf") }'
        f"@page {{ size: {width}mm 100mm; margin: 5mm }} body {{ margin: 0; font: 24pt A }}"
    )
    page = ENGINE.lay_out(HTML, (("a.css", css),))._document.pages[0]._page_box
    found = [box for box in page.descendants() if isinstance(box, boxes.LineBox)]
    texts = ([b.text for b in line.descendants() if isinstance(b, boxes.TextBox)] for line in found)
    return ["".join(text).strip() for text in texts]


@pytest.mark.slow
def test_a_line_is_as_long_as_it_can_be_at_every_width() -> None:
    firsts = [lines(width / 10)[0] for width in WIDTHS]
    assert WORDS in firsts
    lengths = [len(first) for first in firsts]
    assert lengths == sorted(lengths)
    assert min(lengths) > len("An")
