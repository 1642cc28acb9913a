"""PDF bytes in, the words of each marked content out, by page and identifier, read by PDFium."""

from __future__ import annotations

from booklet.verify.reading_order import LINE_END
from booklet.verify.reading_order_ink import read_ink


def marked_words(data: bytes) -> dict[tuple[int, int], str]:
    """Return the words of each marked content; keys are 1-based page and identifier.

    Nothing is guessed from places on the page: two words without a space between them in the file
    are one word here, also at a line's end (ISO 32000-1, 14.8.2.5). Words that the file puts beside
    letters (``ActualText``) are taken, for that is what screen readers say.
    Raises pypdfium2.PdfiumError when PDFium cannot open the bytes or a page of them.
    """
    return {place: ink.text.replace(LINE_END, "") for place, ink in read_ink(data).inks.items()}
