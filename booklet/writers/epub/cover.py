"""The cover picture: the bytes of a PDF enter, a small PNG of its first page leaves."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image

# Pixels. Book shops and reading apps ask for a long side of 1400 to 2560; 1600 is sharp on a
# shelf and, in few colours, still below a tenth of a megabyte.
HEIGHT = 1600
# A cover is drawn in few flat colours; more would only store the smoothing of letter edges.
COLOURS = 64


def cover_image(pdf: bytes) -> bytes:
    """Draw page 1 of a PDF as a palette PNG, HEIGHT pixels high; same PDF, same bytes.

    Raises pypdfium2.PdfiumError when the bytes are no PDF.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB")
    finally:
        document.close()
    flat = picture.quantize(
        colors=COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    out = BytesIO()
    flat.save(out, format="PNG", optimize=True)
    return out.getvalue()
