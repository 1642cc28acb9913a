"""Draw the pages that the README and docs show: output/ in, docs/pictures/*.png out.

Run it after builds with --edition all and with --impose, when the look has changed:
.venv/bin/python scripts/pictures.py
Names behind it draw only these pictures.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2 as pdfium

PROJECT = Path(__file__).resolve().parent.parent
NAME = "stem-cell-therapy-for-stroke"
PRINT, SHEETS = "large-print-A4", "large-print-A5-on-A4_PRINT-ONLY"
GIANT, CLEAR, SMALL = "giant-print-A4", "clear-print-A4", "large-print-A5"
# Page numbers in the sample booklet; change them when it is laid out anew.
PAGES = {
    "cover": (PRINT, 1),
    "emergency": (PRINT, 2),
    "contents": (PRINT, 5),
    "chapter": (PRINT, 7),
    "clear": (CLEAR, 7),
    "giant": (GIANT, 11),
    "small": (SMALL, 11),
    "cards": (GIANT, 20),
    "grey": (f"{PRINT}-grey", 7),
    "test-sheet": (SHEETS, 1),
    "test-sheet-back": (SHEETS, 2),
    "sheet": (SHEETS, 3),
}
# Pixels across; sheets lie on their side.
WIDTH, SHEET_WIDTH = 520, 800


def main(names: list[str]) -> None:
    """Write each picture anew."""
    for name, (edition, number) in PAGES.items():
        if names and name not in names:
            continue
        document = pdfium.PdfDocument(PROJECT / "output" / NAME / f"{NAME}_en-US_{edition}.pdf")
        page = document[number - 1]
        width = SHEET_WIDTH if edition == SHEETS else WIDTH
        image = page.render(scale=width / page.get_width()).to_pil()
        target = PROJECT / "docs" / "pictures" / f"{name}.png"
        image.convert("P", palette=1, colors=32).save(target, optimize=True)
        print(f"{target.relative_to(PROJECT)}: page {number}")


if __name__ == "__main__":
    main(sys.argv[1:])
