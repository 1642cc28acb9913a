"""The bytes of a finished PDF in; its title, language, page labels and tag tree out."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium

from booklet.verify.pdf_marks import marked_words
from booklet.verify.tagtree import Tag, read_tags


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a screen reader can know of a PDF. ``labels`` are its page numbers as printed.

    ``root`` is the Document element, or None when the file is not tagged.
    """

    title: str
    language: str
    labels: tuple[str, ...]
    root: Tag | None


def open_tagged(data: bytes) -> Tagged:
    """Read a PDF as a screen reader would. Raises ValueError when the bytes are no whole PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = pdf.trailer.get("/Info", pikepdf.Dictionary())
            return Tagged(
                title=str(info.get("/Title", "")),
                language=str(pdf.Root.get("/Lang", "")),
                labels=tuple(str(page.label) for page in pdf.pages),
                root=read_tags(pdf, marked_words(data)),
            )
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError) as error:
        raise ValueError(f"this is no PDF that can be read: {error}") from error
