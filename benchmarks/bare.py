"""The very HTML, CSS and parts of our own build enter; the engines alone make files of them.

``python -m benchmarks.bare prepare`` builds the sample and keeps what the engines were given;
``python -m benchmarks.bare NAME`` gives it to them again, writes ``NAME.pdf`` and ``NAME.epub``,
and does nothing else.
"""

from __future__ import annotations

import pickle
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.sample import SAMPLE, TODAY

KIT = Path("kit.pickle")
# What the engine is given: HTML, CSS, what it may load, and from where. It is asked for several
# documents a booklet (the disclaimer's fit is tried alone); the largest is the booklet.
Asked = tuple[str, tuple[str, ...], Any, str]


def prepare() -> None:
    """Build the project of this folder; keep the largest document, its shelf, and the e-book."""
    from booklet import build, choices, findings, plan

    day = date.fromisoformat(TODAY)
    [draft] = build.survey(build.Request(Path("source"), Path("out"), day, booklets=(SAMPLE,)))
    cleared = findings.clear(draft.booklet, draft.findings)
    if cleared is None:
        raise SystemExit("the sample cannot be built")
    pages, book = choices.editions(["large-a4", "epub"], None)
    if (first := plan.plan(cleared, pages, None)) is None:
        raise SystemExit("the sample has no pages")
    with _overheard() as asked:
        print_ = plan.make(first).artifact
    second = plan.plan(cleared, book, print_)
    packed = plan.make(second) if second else None
    if packed is None or packed.artifact is None:
        raise SystemExit("the sample has no e-book")
    Path("kit.epub").write_bytes(packed.artifact.data)
    KIT.write_bytes(pickle.dumps(max(asked, key=lambda each: len(each[0]))))


@contextmanager
def _overheard() -> Iterator[list[Asked]]:
    """Listen at the engine's own door, so that nothing depends on how our rooms are laid out."""
    from weasyprint import CSS, HTML

    asked: list[Asked] = []
    words: dict[int, str] = {}
    kept: list[Any] = []  # or another object could get the same id
    before = (HTML.__init__, CSS.__init__, HTML.render)

    def html(self: Any, *args: Any, **given: Any) -> None:
        before[0](self, *args, **given)
        kept.append(self)
        words[id(self)] = given["string"]

    def css(self: Any, *args: Any, **given: Any) -> None:
        before[1](self, *args, **given)
        kept.append(self)
        words[id(self)] = given.get("string") or ""

    def render(self: Any, *args: Any, **given: Any) -> Any:
        sheets = tuple(words[id(sheet)] for sheet in given["stylesheets"])
        asked.append((words[id(self)], sheets, self.url_fetcher, self.base_url))
        return before[2](self, *args, **given)

    HTML.__init__, CSS.__init__, HTML.render = html, css, render
    try:
        yield asked
    finally:
        HTML.__init__, CSS.__init__, HTML.render = before


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
