"""A finished PDF, a page and a width go in; the page as a PNG picture comes out."""

from __future__ import annotations

import io
import threading

import pypdfium2 as pdfium

from booklet.editions import Artifact

WIDTHS = (360, 540, 720, 1080, 1440, 2160)
"""Widths in pixels that are offered: a browser takes what fits its screen, and no other is made."""
KEPT = 64
"""Pictures that are kept: what a person scrolls through again, some 10 MB."""


class Painter:
    """Draws pages. PDFium may be used by one thread at a time, so threads wait for each other."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._open: tuple[str, pdfium.PdfDocument] | None = None
        self._kept: dict[tuple[str, int, int], bytes] = {}

    def picture(self, artifact: Artifact, index: int, width: int) -> bytes:
        """Return a page, counted from 0, as PNG of this width. Raises IndexError."""
        key = (artifact.sha256, index, width)
        with self._busy:
            if key not in self._kept:
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = self._drawn(artifact, index, width)
            return self._kept[key]

    def _drawn(self, artifact: Artifact, index: int, width: int) -> bytes:
        document = self._document(artifact)
        if not 0 <= index < len(document):
            raise IndexError(index)
        page = document[index]
        try:
            image = page.render(scale=width / page.get_width()).to_pil()
        finally:
            page.close()
        out = io.BytesIO()
        # The picture goes no further than this machine: quick to make beats small.
        image.convert("RGB").save(out, "PNG", compress_level=1)
        return out.getvalue()

    def _document(self, artifact: Artifact) -> pdfium.PdfDocument:
        if self._open is None or self._open[0] != artifact.sha256:
            if self._open is not None:
                self._open[1].close()
            self._open = (artifact.sha256, pdfium.PdfDocument(artifact.data))
        return self._open[1]
