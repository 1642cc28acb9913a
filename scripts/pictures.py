"""Draw the pages that the README and docs show: output/ in, docs/pictures/*.png out.

Run it after a build, when the look of the pages has changed: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

PROJECT = Path(__file__).resolve().parent.parent
NAME = "stem-cell-therapy-for-stroke"
PDF = PROJECT / "output" / NAME / f"{NAME}_en-US_large-print-A4.pdf"
# Page numbers in the sample booklet; change them when it is laid out anew.
PAGES = {"cover": 1, "emergency": 3, "contents": 5, "chapter": 7}
WIDTH = 520


def main() -> None:
    """Write each picture anew."""
    document = pdfium.PdfDocument(PDF)
    for name, number in PAGES.items():
        page = document[number - 1]
        image = page.render(scale=WIDTH / page.get_width()).to_pil()
        target = PROJECT / "docs" / "pictures" / f"{name}.png"
        image.convert("P", palette=1, colors=32).save(target, optimize=True)
        print(f"{target.relative_to(PROJECT)}: page {number}")


if __name__ == "__main__":
    main()
