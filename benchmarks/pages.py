"""Where a print lies enters; the number of its pages leaves."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def pages(folder: Path, pattern: str) -> int:
    """Return the pages of the first print that a pattern finds below a folder; 0 without one."""
    found = min(folder.glob(pattern), default=None)
    if found is None:
        return 0
    with pypdfium2.PdfDocument(found) as document:
        return len(document)
