"""The bytes of a finished file in; what a screen reader is given to say out, a line each.

Screen readers differ in how much they say. The transcript has all that the file offers to them, in
its order and in plain words, so that a person who has never used one can read it. It is determined
by the file alone: it is read from the tags of the PDF and from the pages of the EPUB.
"""

from __future__ import annotations

from collections.abc import Callable

from booklet.transcript.from_epub import hear_epub
from booklet.transcript.from_pdf import hear_pdf
from booklet.transcript.speaker import say


def transcribe_pdf(data: bytes) -> str:
    """Return the transcript of a tagged PDF. Raises ValueError when the bytes are no whole PDF."""
    return say(hear_pdf(data))


def transcribe_epub(data: bytes) -> str:
    """Return the transcript of an EPUB. Raises ValueError when the bytes are no whole EPUB."""
    return say(hear_epub(data))


TRANSCRIBERS: dict[str, Callable[[bytes], str]] = {"pdf": transcribe_pdf, "epub": transcribe_epub}
"""One a format; a new format adds a line here."""
