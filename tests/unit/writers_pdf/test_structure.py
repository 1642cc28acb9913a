"""The tag tree of small pages: one source block, one structure element, whatever it crosses."""

from __future__ import annotations

import io

import pikepdf
import pytest

from booklet.verify.pdf_marks import marked_words
from booklet.verify.tagtree import Annotation, Tag, read_tags
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf
from tests.samples import asset

STYLE = (
    "@page { size: 90mm 60mm; margin: 8mm; @bottom-right { content: counter(page) } }"
    "html { font: 12pt/1.4 'Atkinson Hyperlegible' } body { margin: 0 }"
    "thead { display: table-header-group } tr { break-inside: avoid } ul { list-style: disc }"
)
WORDS = " ".join(f"word{number}" for number in range(90))


def bytes_of(body: str, *, style: str = "", attributes: str = 'lang="en"') -> bytes:
    html = f"<html {attributes}><head><title>T</title></head><body>{body}</body></html>"
    engine = Engine(Shelf.of((asset(),), frozenset(map(ord, f"{html}\u0627\u2022"))))
    sheets = (("fonts.css", FONTS), ("test.css", STYLE + style))
    return engine.lay_out(html, sheets).pdf(identifier=b"test")


FONTS = "".join(
    f'@font-face {{ font-family: "{family}"; src: url("fonts/{file}") }}'
    for family, file in (
        ("Atkinson Hyperlegible", "atkinson-400.ttf"),
        ("Noto Sans Arabic", "arabic-400.ttf"),
    )
)


def tree_of(body: str, **options: str) -> tuple[Tag, pikepdf.Pdf]:
    data = bytes_of(body, **options)
    pdf = pikepdf.open(io.BytesIO(data))
    tree = read_tags(pdf, marked_words(data))
    assert tree is not None
    return tree, pdf


def only(tree: Tag, kind: str) -> Tag:
    (tag,) = [tag for tag in tree.walk() if tag.type == kind]
    return tag


def count(tree: Tag, kind: str) -> int:
    return sum(tag.type == kind for tag in tree.walk())


def pages_of(tag: Tag) -> set[int]:
    return {content.page for content in tag.contents()}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<p>{WORDS}</p>", "P"),
        (f"<ul><li>{WORDS}</li></ul>", "LI"),
        (f"<ul>{'<li>An item of a long list</li>' * 20}</ul>", "L"),
        (f"<section>{'<p>A paragraph of a section.</p>' * 20}</section>", "Sect"),
        (f"<blockquote>{'<p>A paragraph of a quote.</p>' * 20}</blockquote>", "BlockQuote"),
        (f"<aside class='callout'>{'<p>A callout.</p>' * 20}</aside>", "Callout"),
        (f"<dl><div><dt>Term</dt><dd>{WORDS}</dd></div></dl>", "LBody"),
        (f"<p><a href='https://example.org/'>{WORDS}</a></p>", "Link"),
        (f"<p><span lang='es'>{WORDS}</span></p>", "Span"),
        (f"<p><abbr title='long form'>{WORDS}</abbr></p>", "Span"),
    ],
)
def test_a_block_that_crosses_pages_is_one_element(body: str, kind: str) -> None:
    tree, _ = tree_of(body)
    assert len(pages_of(only(tree, kind))) > 1


def test_a_paragraph_over_pages_reads_word_for_word() -> None:
    tree, _ = tree_of(f"<p>{WORDS}</p>")
    assert only(tree, "P").text() == WORDS


def test_a_table_over_pages_is_one_table_whose_repeated_header_is_read_once() -> None:
    rows = "".join(f"<tr><th scope='row'>Row {n}</th><td>Cell {n}</td></tr>" for n in range(14))
    head = "<thead><tr><th scope='col'>Name</th><th scope='col'>Value</th></tr></thead>"
    tree, pdf = tree_of(f"<table>{head}<tbody>{rows}</tbody></table>")
    table = only(tree, "Table")
    assert len(pages_of(table)) > 1
    assert (count(tree, "THead"), count(tree, "TBody"), count(tree, "TR")) == (1, 1, 15)
    assert table.text().split().count("Value") == 1
    later = pdf.pages[1].Contents.read_bytes()
    assert b"/Artifact <</Type /Layout>> BDC" in later.replace(b"\n", b" ")


def test_header_cells_have_a_scope_and_data_cells_name_them() -> None:
    tree, _ = tree_of(
        "<table><thead><tr><th scope='col'>Name</th><th scope='col'>Value</th></tr></thead>"
        "<tbody><tr><th scope='row'>Row</th><td>Cell</td></tr></tbody></table>"
    )
    heads = [tag for tag in tree.walk() if tag.type == "TH"]
    assert [head.scope for head in heads] == ["Column", "Column", "Row"]
    by_id = {head.id: head.text() for head in heads}
    assert [by_id[name] for name in only(tree, "TD").headers] == ["Row", "Value"]


def test_page_numbers_are_pagination_artifacts_and_not_read() -> None:
    tree, pdf = tree_of(f"<p>{WORDS}</p>")
    assert tree.text() == WORDS
    for page in pdf.pages:
        assert b"/Artifact <</Type /Pagination>> BDC" in page.Contents.read_bytes().replace(
            b"\n", b" "
        )


def test_a_list_item_holds_label_and_body_also_around_a_paragraph() -> None:
    tree, _ = tree_of("<ol><li><p>First.</p><p>More.</p></li><li>Second.</li></ol>")
    items = [tag for tag in tree.walk() if tag.type == "LI"]
    for item in items:
        assert [kid.type for kid in item.kids if isinstance(kid, Tag)] == ["Lbl", "LBody"]
    assert [item.text() for item in items] == ["1. First. More.", "2. Second."]
    assert only(tree, "L").numbering == "Decimal"


def test_a_nested_list_stays_inside_its_item() -> None:
    tree, _ = tree_of("<ul><li>Outer<ul><li>Inner</li></ul></li></ul>")
    outer, inner = [tag for tag in tree.walk() if tag.type == "L"]
    assert inner in list(outer.walk())
    body = next(tag for tag in outer.walk() if tag.type == "LBody")
    assert inner in body.kids
    assert inner.text() == "• Inner"


def test_terms_and_descriptions_pair_up() -> None:
    tree, _ = tree_of(
        "<dl><div><dt>One</dt><dd>First</dd></div>"
        "<div><dt>Two</dt><dd>Second</dd><dd>More</dd></div></dl>"
    )
    items = [
        [kid.type for kid in tag.kids if isinstance(kid, Tag)]
        for tag in tree.walk()
        if tag.type == "LI"
    ]
    assert items == [["Lbl", "LBody"], ["Lbl", "LBody", "LBody"]]


def test_a_link_is_one_element_with_one_annotation_that_reads_its_words() -> None:
    body = (
        "<p>See <a href='https://example.org/x'>a link <b>with <i>parts</i></b> over several"
        " lines</a>.</p>"
    )
    tree, pdf = tree_of(body, style="p { width: 30mm }")
    link = only(tree, "Link")
    (annotation,) = [kid for kid in link.kids if isinstance(kid, Annotation)]
    assert annotation.contents == "a link with parts over several lines"
    assert annotation.target == "https://example.org/x"
    (on_page,) = pdf.pages[0].Annots
    assert len(on_page.QuadPoints) % 8 == 0
    assert len(on_page.QuadPoints) >= 16


def test_a_link_over_a_page_break_has_one_annotation_a_page() -> None:
    tree, pdf = tree_of(f"<p><a href='https://example.org/'>{WORDS}</a></p>")
    link = only(tree, "Link")
    annotated = [kid.page for kid in link.kids if isinstance(kid, Annotation)]
    assert annotated == sorted(pages_of(link)) == list(range(1, len(pdf.pages) + 1))


def test_language_expansion_and_description_reach_their_elements() -> None:
    tree, _ = tree_of(
        "<p><span lang='es'>hola</span> <abbr title='computed tomography'>CT</abbr></p>"
        "<div lang='fr'><p>Bonjour</p></div>"
        "<img src='images/drawing.svg' alt='A disc.'>"
    )
    spans = [tag for tag in tree.walk() if tag.type == "Span"]
    assert [(span.language, span.expansion) for span in spans] == [
        ("es", ""),
        ("", "computed tomography"),
    ]
    assert only(tree, "Div").language == "fr"
    assert only(tree, "Figure").description == "A disc."


def test_a_contents_list_is_a_toc_of_references() -> None:
    tree, _ = tree_of(
        "<nav class='contents'><ol><li><a href='#a'>One</a></li></ol></nav><h1 id='a'>One</h1>"
    )
    kinds = [tag.type for tag in only(tree, "TOC").walk()]
    assert kinds == ["TOC", "TOCI", "Lbl", "Reference", "Link"]


def test_notes_have_ids_and_marks_are_references() -> None:
    tree, _ = tree_of(
        "<p>Text <a class='note-mark' id='m' href='#n'>[note 1]</a></p>"
        "<section class='chapter-notes'><ol><li id='n'>A note. <a href='#m'>Back</a></li></ol>"
        "</section>"
    )
    assert only(tree, "Note").id == "n"
    assert [tag.type for tag in only(tree, "Reference").walk()] == ["Reference", "Link"]
    back = [tag for tag in only(tree, "Note").walk() if tag.type == "Link"]
    assert [kid.target for kid in back[0].kids if isinstance(kid, Annotation)] == ["m"]


def test_hidden_and_empty_elements_leave_no_trace() -> None:
    tree, _ = tree_of("<p>Words</p><div aria-hidden='true'>Unsaid</div><div><span></span></div>")
    assert [tag.type for tag in tree.walk()] == ["Document", "P"]


def test_a_picture_box_is_in_points_on_its_page() -> None:
    _, pdf = tree_of(
        "<img src='images/drawing.svg' alt='A disc.' style='display:block;width:72mm'>"
    )
    figure = next(
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == pikepdf.Name.Figure
    )
    left, bottom, right, top = (float(number) for number in figure.A.BBox)
    mm = 72 / 25.4
    assert (left, right) == pytest.approx((8 * mm, 80 * mm), abs=0.1)
    assert (top, bottom) == pytest.approx((52 * mm, 16 * mm), abs=0.1)


def test_a_right_to_left_document_says_so() -> None:
    _, pdf = tree_of("<p>سلام</p>", attributes='lang="ar" dir="rtl"')
    assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
    _, pdf = tree_of("<p>hello</p>")
    assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.L2R


def test_the_parent_tree_leads_from_content_to_its_element() -> None:
    _, pdf = tree_of(f"<p>{WORDS}</p><p>The <a href='tel:1'>end</a>.</p>")
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    assert set(rows) == set(range(len(pdf.pages) + 1))
    for element in rows[0]:
        assert element is None or element.S in (pikepdf.Name.P, pikepdf.Name.Link)
    assert str(rows[len(pdf.pages)].S) == "/Link"
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey == len(pdf.pages) + 1


ADDRESS = "https://example.org/a-very-long-address/with-no-space-in-it/that-fills/several-lines"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"<p>{WORDS}</p>", WORDS),
        (
            "<p>One <b>two</b> <a href='tel:1'>three</a> <a href='tel:2'>four</a></p>",
            "One two three four",
        ),
        (f"<p>{'well-known ' * 30}</p>", ("well-known " * 30).strip()),
        (f"<p style='overflow-wrap: anywhere'>See {ADDRESS} today</p>", f"See {ADDRESS} today"),
        ("<p>A one<br>two<br>three</p>", "A one two three"),
        ("<h1><span style='display: block'>Chapter 1</span> What?</h1>", "Chapter 1 What?"),
        (f"<p><em>{WORDS}</em> <b>end</b></p>", f"{WORDS} end"),
    ],
)
def test_every_space_between_words_is_in_the_file(body: str, words: str) -> None:
    tree, _ = tree_of(body)
    (block,) = [tag for tag in tree.walk() if tag.type in ("P", "H1")]
    assert "".join(content.text for content in block.contents()).split() == words.split()
