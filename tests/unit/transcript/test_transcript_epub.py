"""An EPUB made by hand is heard in its reading order, with what its markup gives to a reader."""

from __future__ import annotations

import io
import zipfile

import pytest

from booklet.transcript import transcribe_epub

PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>By hand</dc:title><dc:language>en</dc:language></metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf"/></rootfiles></container>"""
PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>T</title></head><body>{body}</body></html>"""


def book(*bodies: str, hidden: tuple[int, ...] = ()) -> bytes:
    """A book with one page for each body; ``hidden`` pages are out of the reading order."""
    items = "".join(
        f'<item id="i{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(bodies))
    )
    spine = "".join(
        f'<itemref idref="i{n}" linear="{"no" if n in hidden else "yes"}"/>'
        for n in reversed(range(len(bodies)))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", PACKAGE.format(items=items, spine=spine))
        for number, body in enumerate(bodies):
            archive.writestr(f"{number}.xhtml", PAGE.format(body=body))
    return out.getvalue()


def heard(*bodies: str, hidden: tuple[int, ...] = ()) -> list[str]:
    lines = transcribe_epub(book(*bodies, hidden=hidden)).splitlines()
    assert lines[:2] == ["document: By hand", "language: English"]
    return lines[2:-1]


def test_pages_are_heard_in_the_order_of_the_spine() -> None:
    assert heard("<p>Last</p>", "<p>Aside</p>", "<h1>First</h1>", hidden=(1,)) == [
        "heading level 1: First",
        "Last",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ul><li>a</li><li>b</li></ul>", ["list with 2 items", "  • a", "  • b", "end of list"]),
        (
            '<ol start="4"><li>a</li><li>b</li></ol>',
            ["list with 2 items", "  4. a", "  5. b", "end of list"],
        ),
        (
            "<nav><ol><li><a href='x'>a</a></li></ol></nav>",
            ["list with 1 item", "  item: link: a", "end of list"],
        ),
        (
            "<dl><div><dt>Clot</dt><dd>Thick.</dd></div></dl>",
            ["list with 1 item", "  item: Clot", "    Thick.", "end of list"],
        ),
        ("<blockquote><p>a</p></blockquote>", ["quote", "  a", "end of quote"]),
        ("<aside role='doc-tip'><p>a</p></aside>", ["box", "  a", "end of box"]),
        ("<section><div><p>a</p></div></section>", ["a"]),
        ("<figure><img src='x' alt='A.'/></figure>", ["picture: A."]),
        ("<p>a<img src='x' alt=''/></p>", ["a"]),
        ("<img src='x'/>", ["picture without a description"]),
        ("<p>a<br/>b</p>", ["a b"]),
        ("<p>a <b>b</b><em>c</em></p>", ["a bc"]),
        ("<p>a<span aria-hidden='true'>no</span></p><p hidden=''>no</p>", ["a"]),
        ("<p>An <abbr title='long'>S</abbr>.</p>", ["An S [short for long]."]),
        ("<p>See <a href='x' aria-label='all of it'>it</a></p>", ["See [link: all of it]"]),
        ("<p>a <span lang='es'>b</span></p>", ["a [Spanish] b [English]"]),
        ("<div xml:lang='ar' lang='ar'><p>b</p></div>", ["[Arabic] b [English]"]),
    ],
)
def test_each_part_is_told_in_plain_words(body: str, lines: list[str]) -> None:
    assert heard(body) == lines


def test_page_numbers_of_print_are_told_where_they_stand() -> None:
    mark = '<span epub:type="pagebreak" role="doc-pagebreak" id="p{0}" aria-label="{0}"/>'
    body = f"{mark.format(7)}<p>One {mark.format(8)}two</p>"
    assert heard(body) == ["page 7", "One", "page 8, the text goes on", "two"]


def test_cells_name_their_headings_by_place() -> None:
    table = (
        "<table><caption>Ways</caption><thead><tr><td/><th scope='col'>Wait</th></tr></thead>"
        "<tbody><tr><th scope='row'>Own</th><td>Weeks</td></tr></tbody></table>"
    )
    assert heard(table) == [
        "table with 2 columns and 2 rows: Ways",
        "  row 1",
        "    cell: blank",
        "    column heading: Wait",
        "  row 2",
        "    row heading: Own",
        "    column Wait, row Own: Weeks",
        "end of table",
    ]


def test_what_is_no_e_book_is_refused() -> None:
    with pytest.raises(ValueError, match="no e-book that can be read"):
        transcribe_epub(b"PK")
