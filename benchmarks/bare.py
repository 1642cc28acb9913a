"""The very HTML, CSS and parts of our own build enter; the engines alone make files of them.

``python -m benchmarks.bare prepare`` builds the sample and keeps what the engines were given;
``python -m benchmarks.bare NAME`` gives it to them again, writes ``NAME.pdf`` and ``NAME.epub``,
and does nothing else.
"""

from __future__ import annotations

import pickle
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.sample import SAMPLE, TODAY

KIT, OUT = Path("kit.pickle"), Path("kit")
# What the engine is given: HTML, CSS, what it may load, and from where. It is asked for several
# documents a booklet (the disclaimer's fit is tried alone); the largest is the booklet.
Asked = tuple[str, tuple[str, ...], Any, str]


def prepare(booklet: str = SAMPLE) -> None:
    """Build a booklet of this folder; keep the largest document, its shelf, and the e-book."""
    from booklet import cli
    from booklet.writers.pdf import engine
    from booklet.writers.pdf.fetcher import BASE_URL

    asked: list[Asked] = []
    lay_out = engine.Engine.lay_out

    def listen(self: engine.Engine, html: str, styles: tuple[tuple[str, str], ...]) -> Any:
        sheets = tuple(css for _, css in styles)
        asked.append((html, sheets, self._fetcher, BASE_URL))
        return lay_out(self, html, styles)

    command = ["build", booklet, "--today", TODAY, "--edition", "large-a4,epub", "--quiet"]
    with patch.object(engine.Engine, "lay_out", listen):
        code = cli.main([*command, "--jobs", "1", "--no-cache", "--out", str(OUT)])
    if code:
        raise SystemExit("the sample cannot be built")
    (packed,) = OUT.glob("*/*.epub")
    shutil.copy(packed, "kit.epub")
    shutil.rmtree(OUT)
    KIT.write_bytes(pickle.dumps(max(asked, key=lambda each: len(each[0]))))


def run(name: str) -> None:
    """Lay out and pack."""
    from ebooklib import epub
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    html, styles, fetcher, base = pickle.loads(KIT.read_bytes())  # noqa: S301 - written by prepare
    fonts = FontConfiguration()
    sheets = [
        CSS(string=css, base_url=base, url_fetcher=fetcher, font_config=fonts) for css in styles
    ]
    page = HTML(string=html, base_url=base, url_fetcher=fetcher)
    page.write_pdf(f"{name}.pdf", stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    book = epub.EpubBook()
    with zipfile.ZipFile("kit.epub") as parts:
        # The rest of a book's parts is what the library itself makes.
        names = [name for name in parts.namelist() if name.endswith((".xhtml", ".css", ".svg"))]
        for number, part in enumerate(names):
            book.add_item(epub.EpubItem(f"i{number}", part, content=parts.read(part)))
    epub.write_epub(f"{name}.epub", book)


if __name__ == "__main__":
    prepare() if sys.argv[1] == "prepare" else run(sys.argv[1])
