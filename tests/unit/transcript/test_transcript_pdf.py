"""A tagged PDF made by hand, so that no writer of ours has a say, is heard as it is tagged."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from booklet.transcript import transcribe_pdf


@dataclass
class Element:
    """A structure element to be: its kids are further elements or (page, words)."""

    type: str
    kids: list[Element | tuple[int, str]] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)
    contents: str = ""


def tag(
    name: str, *kids: Element | tuple[int, str], contents: str = "", **extra: object
) -> Element:
    return Element(name, list(kids), {f"/{key}": value for key, value in extra.items()}, contents)


def pdf(*top: Element, pages: int = 1, labels: bool = False) -> bytes:
    """A PDF with these elements below its Document, in the built-in Helvetica."""
    document = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(pages):
        document.add_blank_page()
        document.pages[-1].obj.Resources = Dictionary(Font=Dictionary(F1=font))
    if labels:
        roman = Dictionary(S=Name.r)
        document.Root.PageLabels = Dictionary(Nums=Array([0, roman]))
    document.Root.Lang = String("en")
    document.docinfo["/Title"] = "By hand"
    marks: dict[int, list[str]] = {page: [] for page in range(pages)}
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.RoleMap = Dictionary(Callout=Name.Sect)
    root.K = Array([_element(document, tag("Document", *top), root, marks)])
    document.Root.StructTreeRoot = root
    for page, words in marks.items():
        content = "\n".join(_marked(mcid, text) for mcid, text in enumerate(words))
        document.pages[page].obj.Contents = document.make_stream(content.encode("latin-1"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _marked(mcid: int, text: str) -> str:
    return f"/P <</MCID {mcid}>> BDC BT /F1 18 Tf 50 {700 - 30 * mcid} Td ({text}) Tj ET EMC"


def _element(
    document: pikepdf.Pdf, element: Element, parent: pikepdf.Object, marks: dict[int, list[str]]
) -> pikepdf.Object:
    made = document.make_indirect(Dictionary({"/S": Name(f"/{element.type}"), "/P": parent}))
    for key, value in element.extra.items():
        made[key] = value
    made.K = Array(list(_kids(document, element, made, marks)))
    return made


def _kids(
    document: pikepdf.Pdf, element: Element, made: pikepdf.Object, marks: dict[int, list[str]]
) -> Iterator[pikepdf.Object]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield _element(document, kid, made, marks)
        else:
            page, words = kid
            marks[page].append(words)
            mcid = len(marks[page]) - 1
            yield Dictionary(Type=Name.MCR, Pg=document.pages[page].obj, MCID=mcid)
    if element.contents:
        annotation = document.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Contents=String(element.contents))
        )
        yield Dictionary(Type=Name.OBJR, Pg=document.pages[0].obj, Obj=annotation)


def heard(*top: Element, pages: int = 1, labels: bool = False) -> list[str]:
    lines = transcribe_pdf(pdf(*top, pages=pages, labels=labels)).splitlines()
    assert lines[:2] == ["document: By hand", "language: English"]
    return lines[3:-1]


def test_blocks_are_heard_in_the_order_of_the_tags() -> None:
    assert heard(tag("H1", (0, "Second")), tag("Sect", tag("P", (0, "First")))) == [
        "page 1",
        "heading level 1: Second",
        "First",
    ]


def test_a_paragraph_over_two_pages_is_one_and_tells_its_pages_as_printed() -> None:
    lines = heard(tag("P", (0, "One "), (1, "two")), tag("P", (1, "Three")), pages=2, labels=True)
    assert lines == ["page i", "One", "page ii, the text goes on", "two", "Three"]


def test_the_page_is_told_before_the_list_that_begins_on_it() -> None:
    item = tag("LI", tag("Lbl", (1, "1.")), tag("LBody", (1, "Sit")))
    lines = heard(tag("P", (0, "One")), tag("L", item), pages=2)
    assert lines == ["page 1", "One", "page 2", "list with 1 item", "  1. Sit", "end of list"]


def test_pages_that_hold_nothing_to_read_are_told_too() -> None:
    lines = heard(tag("P", (1, "One")), tag("P", (3, "Two")), pages=5)
    silent = "page {}: nothing to read out"
    assert lines == [
        silent.format(1),
        "page 2",
        "One",
        silent.format(3),
        "page 4",
        "Two",
        silent.format(5),
    ]


def test_going_back_to_an_earlier_page_is_heard() -> None:
    lines = heard(tag("P", (1, "Two")), tag("P", (0, "One")), pages=2)
    assert lines == ["page 2", "Two", "page 1", "One"]


def test_pictures_are_heard_as_their_description_and_nothing_inside_them() -> None:
    figure = tag("Figure", (0, "letters inside"), Alt=String("A clot."))
    assert heard(figure, tag("Caption", (0, "Below"))) == [
        "page 1",
        "picture: A clot.",
        "caption: Below",
    ]


def test_an_expansion_a_language_and_replaced_words_are_heard() -> None:
    lines = heard(
        tag("P", tag("Span", (0, "MRI"), E=String("magnetic resonance imaging"))),
        tag("P", tag("Span", (0, "hola"), Lang=String("es-MX"))),
        tag("P", tag("Span", (0, "1/2"), ActualText=String("one half"))),
    )
    assert lines[1:] == [
        "MRI [short for magnetic resonance imaging]",
        "[Spanish] hola [English]",
        "one half",
    ]


def test_a_links_name_mends_its_address_and_stands_for_a_link_without_words() -> None:
    lines = heard(
        tag("P", tag("Link", (0, "www.example."), (0, " org"), contents="www.example.org")),
        tag("P", tag("Link", (0, "First use"), contents="First use of clot")),
        tag("P", tag("Link", contents="Home")),
    )
    assert lines[1:] == ["link: www.example.org", "link: First use", "link: Home"]


def test_cells_name_their_headings_by_id() -> None:
    def head(words: str, name: str, scope: str) -> Element:
        about = Dictionary(O=Name.Table, Scope=Name(f"/{scope}"))
        return tag("TH", (0, words), ID=String(name), A=about)

    headers = Array([String("r"), String("c")])
    cell = tag("TD", (0, "Weeks"), A=Dictionary(O=Name.Table, Headers=headers))
    rows = (
        tag("TR", tag("TD"), head("Wait", "c", "Column")),
        tag("TR", head("Own", "r", "Row"), cell),
    )
    assert heard(tag("Table", tag("Caption", (0, "Cells")), *rows))[1:] == [
        "table with 2 columns and 2 rows: Cells",
        "  row 1",
        "    cell: blank",
        "    column heading: Wait",
        "  row 2",
        "    row heading: Own",
        "    column Wait, row Own: Weeks",
        "end of table",
    ]


def test_boxes_notes_quotes_and_contents_have_their_words() -> None:
    lines = heard(
        tag("Callout", tag("P", (0, "Tip"))),
        tag("BlockQuote", tag("P", (0, "Rest"))),
        tag("TOC", tag("TOCI", tag("Reference", tag("Link", (0, "Help 3"), contents="Help")))),
        tag("Note", tag("Lbl", (0, "1.")), tag("P", (0, "Rare"))),
    )
    assert [line.strip() for line in lines[1:]] == [
        "box",
        "Tip",
        "end of box",
        "quote",
        "Rest",
        "end of quote",
        "list of contents with 1 item",
        "item: link: Help 3",
        "end of list",
        "note 1: Rare",
    ]


def test_an_untagged_pdf_gives_nothing_to_read_out() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    assert "nothing to read out" in transcribe_pdf(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no PDF that can be read"):
        transcribe_pdf(data)
