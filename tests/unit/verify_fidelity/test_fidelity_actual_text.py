"""Words may stand beside letters that cannot tell them, and beside no others."""

from __future__ import annotations

import io

import pikepdf
import pytest

from booklet.verify.pdf_actual_text import has_false_words
from tests.unit.writers_pdf.test_structure import bytes_of

ARABIC = "<p lang='ar' dir='rtl'>اتصل 1.</p>"
PLAIN = "<p>Plain.</p>"


def judged(data: bytes, old: bytes = b"", new: bytes = b"") -> bool:
    """Whether there are false words in a PDF after a change to its first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert old in content
        pdf.pages[0].Contents = pdf.make_stream(content.replace(old, new, 1))
        contents = tuple(page.Contents.read_bytes() for page in pdf.pages)
        out = io.BytesIO()
        pdf.save(out)
    return has_false_words(out.getvalue(), contents)


def test_words_beside_arabic_letters_pass() -> None:
    data = bytes_of(ARABIC)
    assert not judged(data, b"ActualText", b"ActualText")


@pytest.mark.parametrize("words", [b"(Other.)", b"(Plain. Buy now.)", b"()"])
def test_words_beside_letters_that_speak_for_themselves_are_false(words: bytes) -> None:
    mark = b"/MCID 0"
    assert judged(bytes_of(PLAIN), mark, mark + b" /ActualText " + words)


def test_the_same_letters_are_no_false_words() -> None:
    mark = b"/MCID 0"
    assert not judged(bytes_of(PLAIN), mark, mark + b" /ActualText (Plain.)")


def test_words_beside_nothing_are_false() -> None:
    nothing = b"/Span <</ActualText (Other)>> BDC EMC "
    assert judged(bytes_of(PLAIN), b"", nothing)
    assert judged(bytes_of(ARABIC), b"", nothing)


def test_words_beside_a_drawing_are_false() -> None:
    drawing = b"/Span <</ActualText (Other)>> BDC 0 0 9 9 re f EMC "
    assert judged(bytes_of(PLAIN), b"", drawing)
