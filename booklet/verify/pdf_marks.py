"""PDF bytes in, the words of each marked content out, by page and identifier, read by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

_SAME_LINE = 0.5
"""Baselines nearer than this many ems belong to one line."""


def marked_words(data: bytes) -> dict[tuple[int, int], str]:
    """Return the words of each marked content; keys are 1-based page and identifier.

    A run that begins a new line of its page begins with a space, for a line's end ends a word.
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
    last: float | None = None
    for position in range(c.FPDFPage_CountObjects(page)):
        handle = c.FPDFPage_GetObject(page, position)
        if c.FPDFPageObj_GetType(handle) != c.FPDF_PAGEOBJ_TEXT:
            continue
        mcid = c.FPDFPageObj_GetMarkedContentID(handle)
        text = _text(handle, textpage)
        baseline, size = _line(handle)
        new_line = last is None or abs(baseline - last) > _SAME_LINE * size
        last = baseline
        if mcid >= 0:
            yield mcid, f" {text}" if new_line else text


def _text(handle: Any, textpage: Any) -> str:
    length = c.FPDFTextObj_GetText(handle, textpage, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    c.FPDFTextObj_GetText(handle, textpage, pointer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _line(handle: Any) -> tuple[float, float]:
    """The baseline's height on the page and the size of the letters, in points."""
    matrix = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(handle, matrix)
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(handle, size)
    return matrix.f, abs(size.value * (matrix.d or 1.0))
