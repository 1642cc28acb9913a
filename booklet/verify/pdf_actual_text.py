"""A finished PDF's pages in, the places out where other words stand behind the printed ones.

Words may stand beside letters (``ActualText``) where letters alone cannot tell them: in scripts
that run from the right or join with signs, and for the same letters in another order. Whether
they are the right words, fidelity to the source shows.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import pypdfium2 as pdfium

from booklet.verify.reading_order import squeezed
from booklet.verify.reading_order_ink import letters_of
from booklet.verify.reading_order_objects import printables

KEY = b"/ActualText"


def has_false_words(data: bytes, contents: tuple[bytes, ...]) -> bool:
    """True when words stand in for letters that could speak for themselves, or for nothing.

    ``contents`` are the page streams, forms included. Raises pypdfium2.PdfiumError when PDFium
    cannot open the bytes.
    """
    if not any(KEY in content for content in contents):
        return False
    document = pdfium.PdfDocument(data)
    try:
        return any(
            _page_has_false_words(document[number], content)
            for number, content in enumerate(contents)
            if KEY in content
        )
    finally:
        document.close()


def _page_has_false_words(page: Any, content: bytes) -> bool:
    letters = letters_of(page)
    printed: dict[int, tuple[str, str]] = {}
    for item in printables(page):
        if item.words is not None:
            if item.mcid < 0 or not item.is_text:
                return True
            _, before = printed.get(item.mcid, ("", ""))
            printed[item.mcid] = item.words, before + letters.of(item.address).text
    # More of them than marks that print: some stand behind nothing at all.
    return content.count(KEY) != len(printed) or not all(
        _needs_words(words) or sorted(squeezed(words)) == sorted(squeezed(shown))
        for words, shown in printed.values()
    )


def _needs_words(words: str) -> bool:
    return any(
        unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in ("Mn", "Mc")
        for char in words
    )
