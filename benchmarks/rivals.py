"""The words and pictures of our own print enter; what the others make booklets of leaves."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.measure import FailedError

# One contender a script: the first word says which book. Each writes a PDF and an e-book.
SCRIPTS = {
    "bare.sh": f"""\
exec "{sys.executable}" -m benchmarks.bare bare-$1
""",
    "pandoc.sh": """\
set -e
pandoc book-$1.md --metadata-file book.yaml --toc --css book.css --pdf-engine weasyprint \\
  --pdf-engine-opt=--pdf-variant=pdf/ua-1 -o pandoc-$1.pdf
pandoc book-$1.md --metadata-file book.yaml --toc -o pandoc-$1.epub
""",
    "typst.sh": f"""\
set -e
pandoc book-$1.md --metadata-file book.yaml --toc -s -t typst \\
  --lua-filter pictures.lua -o typst-$1.typ
"{sys.executable}" typeset.py typst-$1
pandoc book-$1.md --metadata-file book.yaml --toc -o typst-$1.epub
""",
    # Pandoc 3.9 tells Typst no descriptions of pictures, and Typst makes no PDF/UA-1 without.
    "pictures.lua": """\
function Image(picture)
  local words = pandoc.utils.stringify(picture.caption):gsub('["\\\\]', "")
  return pandoc.RawInline("typst", '#image("' .. picture.src .. '", alt: "' .. words .. '")')
end
""",
    # The package has no command of its own; its Python start takes some hundredths of a second.
    "typeset.py": """\
import sys
import typst
name = sys.argv[1]
typst.compile(f"{name}.typ", output=f"{name}.pdf", pdf_standards=["ua-1"], font_paths=["fonts"])
""",
    # What a clinic's own rule would be: a book is made anew when its words are newer.
    "Makefile": """\
all: $(foreach n,$(BOOKS),$(WHO)-$(n).pdf)
pandoc-%.pdf pandoc-%.epub: book-%.md
\tsh pandoc.sh $*
typst-%.pdf typst-%.epub: book-%.md
\tsh typst.sh $*
""",
    "book.yaml": """\
title: Stem Cell Therapy for Stroke
lang: en-US
papersize: a4
fontsize: 18pt
mainfont: Atkinson Hyperlegible
margin: {x: 25mm, y: 25mm}
linestretch: 1.25
""",
    "book.css": """\
@font-face { font-family: Atkinson; src: url(fonts/regular.ttf) }
@font-face { font-family: Atkinson; src: url(fonts/bold.ttf); font-weight: bold }
@page { size: A4; margin: 25mm; font: 18pt Atkinson; @bottom-right { content: counter(page) } }
body { font: 18pt/1.5 Atkinson, sans-serif }
img { max-width: 100% }
""",
}
FACES = {"regular.ttf": "Regular", "bold.ttf": "Bold", "italic.ttf": "Italic"}
KEPT = ("src", "alt", "href", "colspan", "rowspan", "charset")


def export(kit: Path, folder: Path, books: int, env: Mapping[str, str]) -> None:
    """Write books with the words and pictures of a kit, and what rivals need to make them.

    Raises FailedError when pandoc, which turns our HTML into its Markdown, does not run.
    """
    (folder / "fonts").mkdir(parents=True)
    for name, text in SCRIPTS.items():
        (folder / name).write_text(text, "utf-8")
    faces = files("fontpkg_atkinson_hyperlegible").joinpath("files")
    for name, face in FACES.items():
        letters = faces.joinpath(f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
        (folder / "fonts" / name).write_bytes(letters)
    text, _, fetcher, base = pickle.loads(kit.read_bytes())  # noqa: S301 - our own, of benchmarks.bare
    words, pictures = plain(text)
    for name in pictures:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(fetcher.fetch(base + name).read())
    book = _markdown(words, folder, env)
    for number in range(1, books + 1):
        (folder / f"book-{number}.md").write_bytes(book)


def plain(text: str) -> tuple[bytes, tuple[str, ...]]:
    """Return our HTML as any program understands it, and the names of its pictures.

    All its words stay, but the contents, which each rival makes itself; links to another place of
    the booklet become their words, for Typst stops at places that pandoc loses.
    """
    parser = html.HTMLParser(encoding="utf-8")
    page: Any = html.document_fromstring(text.encode(), parser)
    for contents in page.xpath("//section[nav]"):
        contents.drop_tree()
    for link in page.xpath("//a[starts-with(@href, '#')] | //abbr | //span"):
        link.drop_tag()
    # Pandoc would keep captions of several lines as HTML, which Typst never sees, and would lose
    # the description of a picture without one, where Typst stops.
    for figure in page.xpath("//figure[contains(@class, 'qr') or not(figcaption)]"):
        for caption in figure.xpath("figcaption"):
            caption.tag = "p"
        figure.drop_tag()
    for node in page.iter(html.etree.Element):
        for name in set(node.attrib) - set(KEPT):
            del node.attrib[name]
    return html.tostring(page, encoding="utf-8"), tuple(page.xpath("//img/@src"))


def _markdown(words: bytes, folder: Path, env: Mapping[str, str]) -> bytes:
    command = ("pandoc", "-f", "html-native_divs-native_spans", "-t", "markdown")
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, input=words, capture_output=True, check=False
        )
    except OSError as error:
        raise FailedError(f"pandoc: {error.strerror}") from error
    if done.returncode:
        raise FailedError(done.stderr.decode(errors="replace").strip()[-160:])
    return done.stdout
