"""One link, one annotation a page, whatever stands inside it, and it is there on paper too."""

from __future__ import annotations

import io

import pikepdf

from booklet.verify.pdf_tags import open_tagged
from booklet.verify.tagtree import Annotation, Tag
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf

SHORT = (
    '<a href="https://example.org/">See <b>the</b> '
    '<abbr title="ultraviolet">UV</abbr> <span lang="es">sol</span></a>'
)
STYLE = (
    "@page { size: 90mm 60mm; margin: 8mm } body { margin: 0 }"
    '@font-face { font-family: "A"; src: url("fonts/atkinson-400.ttf") } html { font: 12pt A }'
)


def made(body: str) -> bytes:
    html = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    engine = Engine(Shelf.of((), frozenset(map(ord, html))))
    return engine.lay_out(html, (("test.css", STYLE),)).pdf(identifier=b"test")


def link_of(data: bytes) -> Tag:
    root = open_tagged(data).root
    assert root is not None
    (link,) = [tag for tag in root.walk() if tag.type == "Link"]
    return link


def annotations_of(tag: Tag) -> list[Annotation]:
    return [kid for part in tag.walk() for kid in part.kids if isinstance(kid, Annotation)]


def test_what_stands_inside_a_link_has_no_annotation_of_its_own() -> None:
    data = made(f"<p>{SHORT}</p>")
    link = link_of(data)
    assert [kid for kid in link.kids if isinstance(kid, Annotation)] == annotations_of(link)
    assert [found.contents for found in annotations_of(link)] == ["See the UV sol"]
    assert link.text() == "See the UV sol"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(list(pdf.pages[0].Annots)) == 1


def test_a_link_over_two_pages_has_one_annotation_on_each_and_is_there_on_paper() -> None:
    data = made(f'<p><a href="https://example.org/">{"long words " * 40}</a></p>')
    assert [found.page for found in annotations_of(link_of(data))] == [1, 2]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        flags = [int(found.F) for page in pdf.pages for found in page.Annots]
    assert flags == [4, 4]
