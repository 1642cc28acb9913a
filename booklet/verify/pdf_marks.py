"""PDF bytes in, the words of each marked content out, by page and identifier, read by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c


def marked_words(data: bytes) -> dict[tuple[int, int], str]:
    """Return the words of each marked content; keys are 1-based page and identifier.

    Nothing is guessed from places on the page: two words without a space between them in the file
    are one word here, also at a line's end (ISO 32000-1, 14.8.2.5).
    Raises pypdfium2.PdfiumError when PDFium cannot open the bytes or a page of them.
    """
    document = pdfium.PdfDocument(data)
    words: dict[tuple[int, int], str] = {}
    try:
        for index in range(len(document)):
            for mcid, text in _page_words(document[index]):
                key = (index + 1, mcid)
                words[key] = words.get(key, "") + text
    finally:
        document.close()
    return words


def _page_words(page: Any) -> Iterator[tuple[int, str]]:
    textpage = page.get_textpage()
    for position in range(c.FPDFPage_CountObjects(page)):
        handle = c.FPDFPage_GetObject(page, position)
        if c.FPDFPageObj_GetType(handle) != c.FPDF_PAGEOBJ_TEXT:
            continue
        mcid = c.FPDFPageObj_GetMarkedContentID(handle)
        if mcid >= 0:
            yield mcid, _text(handle, textpage)


def _text(handle: Any, textpage: Any) -> str:
    length = c.FPDFTextObj_GetText(handle, textpage, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    c.FPDFTextObj_GetText(handle, textpage, pointer, length)
    text = buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
    # PDFium writes a hyphen that ends a line as U+0002; on the page it is a hyphen.
    return text.replace("\x02", "-")
