"""A finished PDF's pages in, the places out where other words stand behind the printed ones.

Words may stand beside letters (``ActualText``) where letters alone cannot tell them: in scripts
that run from the right or join with signs, and for the same letters in another order. Whether
they are the right words, fidelity to the source shows.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

import pikepdf
import pypdfium2 as pdfium

from booklet.verify.reading_order import squeezed
from booklet.verify.reading_order_ink import letters_of
from booklet.verify.reading_order_objects import printables

KEY, NO_KEY = b"/ActualText", b"/NoSuchText"


def has_false_words(data: bytes, contents: tuple[bytes, ...]) -> bool:
    """True when words stand in for letters that could speak for themselves, or for nothing.

    ``contents`` are what each page draws, forms included. Raises pypdfium2.PdfiumError when PDFium
    cannot open the bytes.
    """
    pages = tuple(number for number, content in enumerate(contents) if KEY in content)
    if not pages:
        return False
    with_words, without = pdfium.PdfDocument(data), pdfium.PdfDocument(letters_alone(data))
    try:
        for number in pages:
            found = dict(_marked(with_words[number], without[number]))
            # More of them than marks that print: some stand behind nothing at all.
            if contents[number].count(KEY) != len(found) or not all(map(_is_true, found.values())):
                return True
    finally:
        with_words.close()
        without.close()
    return False


def letters_alone(data: bytes) -> bytes:
    """Return the file without such words on its pages: PDFium shows them instead of the letters.

    Letters have places, sizes and colours; the words beside them have none.
    """
    found = False
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            content = page.Contents.read_bytes() if "/Contents" in page.obj else b""
            if KEY in content:
                found = True
                page.Contents = pdf.make_stream(content.replace(KEY, NO_KEY))
        if not found:
            return data
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _marked(page: pdfium.PdfPage, silent: pdfium.PdfPage) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield by mark the words beside it and the letters it prints; no words for what is no text."""
    letters = letters_of(silent)
    printed: dict[int, str] = {}
    for item, same in zip(printables(page), printables(silent), strict=True):
        if item.words is not None:
            shown = letters.of(same.address).text if item.is_text and item.mcid >= 0 else ""
            printed[item.mcid] = printed.get(item.mcid, "") + shown
            yield item.mcid, (item.words, printed[item.mcid])


def _is_true(pair: tuple[str, str]) -> bool:
    """True for the same letters, and for scripts whose letters cannot speak for themselves."""
    words, shown = (_one_side(squeezed(text)) for text in pair)
    if not words or not shown:
        return False
    return sorted(words) == sorted(shown) or any(
        unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in ("Mn", "Mc")
        for char in words
    )


def _one_side(text: str) -> str:
    """Turn brackets to one side: from the right, an opening one is printed as a closing one."""
    return "".join("(" if unicodedata.mirrored(char) else char for char in text)
