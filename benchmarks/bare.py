"""The very HTML, CSS and parts of our own build enter; the engines alone make files of them.

``python -m benchmarks.bare prepare`` builds once and keeps what the engines were given;
``python -m benchmarks.bare`` gives it to them again, and does nothing else.
"""

from __future__ import annotations

import pickle
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.sample import TODAY

KIT = Path("kit.pickle")


def prepare() -> None:
    """Build the project of this folder; keep the largest document, its shelf, and the e-book."""
    from booklet import build, choices, findings, plan
    from booklet.writers.pdf.engine import Engine

    asked: list[tuple[Any, ...]] = []
    lay_out = Engine.lay_out

    def listen(engine: Engine, html: str, styles: Any) -> Any:
        asked.append((html, styles, engine._fetcher))  # noqa: SLF001 - what it may load
        return lay_out(engine, html, styles)

    Engine.lay_out = listen  # type: ignore[assignment, method-assign]  # to hear what the engine is given
    day = date.fromisoformat(TODAY)
    [draft] = build.survey(build.Request(Path("source"), Path("out"), day))
    cleared = findings.clear(draft.booklet, draft.findings)
    if cleared is None:
        raise SystemExit("the sample cannot be built")
    pages, book = choices.editions(["large-a4", "epub"], None)
    if (first := plan.plan(cleared, pages, None)) is None:
        raise SystemExit("the sample has no pages")
    second = plan.plan(cleared, book, plan.make(first).artifact)
    packed = plan.make(second) if second else None
    if packed is None or packed.artifact is None:
        raise SystemExit("the sample has no e-book")
    Path("book.epub").write_bytes(packed.artifact.data)
    KIT.write_bytes(pickle.dumps(max(asked, key=lambda each: len(each[0]))))


def run() -> None:
    """Lay out and pack; write ``bare.pdf`` and ``bare.epub``."""
    from ebooklib import epub
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    html, styles, fetcher = pickle.loads(KIT.read_bytes())  # noqa: S301 - written by prepare
    fonts, base = FontConfiguration(), "https://booklet.invalid/"
    sheets = [
        CSS(string=css, base_url=base, url_fetcher=fetcher, font_config=fonts) for _, css in styles
    ]
    page = HTML(string=html, base_url=base, url_fetcher=fetcher)
    page.write_pdf("bare.pdf", stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    book = epub.EpubBook()
    with zipfile.ZipFile("book.epub") as parts:
        for number, name in enumerate(parts.namelist()):
            book.add_item(epub.EpubItem(f"i{number}", name, content=parts.read(name)))
    epub.write_epub("bare.epub", book)


if __name__ == "__main__":
    prepare() if sys.argv[1:] == ["prepare"] else run()
