"""The bytes of a finished PDF in; its title, language, page labels and tag tree out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
import pypdfium2 as pdfium

from booklet.verify.pdf_marks import marked_words
from booklet.verify.reading_order_ink import Printed, read_ink
from booklet.verify.tagtree import Tag, read_tags, retold


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a screen reader can know of a PDF. ``labels`` are its page numbers as printed.

    ``root`` is the Document element, or None when the file is not tagged.
    """

    title: str
    language: str
    labels: tuple[str, ...]
    root: Tag | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A PDF with all that its pages print; in the words of its tags a sign marks a line's end."""

    tagged: Tagged
    printed: Printed


# Fidelity, the transcript and the e-book made from the print ask for the same file in turn.
@lru_cache(maxsize=1)
def reading_of(data: bytes) -> Reading:
    """Read the tags and the pages of a PDF; what comes out is shared, and is not to be changed.

    Raises pikepdf.PdfError or pypdfium2.PdfiumError when the bytes are no whole PDF.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        printed = read_ink(data)
        info = pdf.trailer.get("/Info", pikepdf.Dictionary())
        tagged = Tagged(
            title=str(info.get("/Title", "")),
            language=str(pdf.Root.get("/Lang", "")),
            labels=tuple(str(page.label) for page in pdf.pages),
            root=read_tags(pdf, {place: ink.text for place, ink in printed.inks.items()}),
        )
    return Reading(tagged, printed)


def open_tagged(data: bytes) -> Tagged:
    """Read a PDF as a screen reader would. Raises ValueError when the bytes are no whole PDF."""
    try:
        tagged = reading_of(data).tagged
        words = marked_words(data)
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError) as error:
        raise ValueError(f"this is no PDF that can be read: {error}") from error
    if tagged.root is None:
        return tagged
    root = retold(tagged.root, lambda content: words.get((content.page, content.mcid), ""))
    return Tagged(tagged.title, tagged.language, tagged.labels, root)
