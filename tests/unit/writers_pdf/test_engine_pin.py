"""What our structure stage rests on in the layout engine: a new version fails loudly."""

from __future__ import annotations

import inspect

import pydyf
import weasyprint
from weasyprint import layout
from weasyprint.css import targets
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import add_tags, generate_pdf
from weasyprint.pdf.stream import Stream
from weasyprint.text import line_break

from booklet.writers.pdf.engine import _page
from booklet.writers.pdf.fetcher import BASE_URL
from booklet.writers.pdf.line_ends import first_line
from booklet.writers.pdf.passes import all_pages

READ_THIS = (
    "The layout engine changed. Read booklet/writers/pdf/structure/ against the new version, run "
    "tests/unit/writers_pdf, look at the pages, and only then change the pin here."
)


def test_the_engine_is_the_pinned_version() -> None:
    assert (weasyprint.__version__, pydyf.VERSION) == ("70.0", "0.13.0"), READ_THIS


def test_the_engine_calls_its_tagger_by_the_name_that_we_replace() -> None:
    call = "add_tags(pdf, document, options['pdf_version'], page_streams)"
    assert call in inspect.getsource(generate_pdf), READ_THIS
    assert list(inspect.signature(add_tags).parameters) == [
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    ], READ_THIS


def test_the_engine_breaks_lines_by_the_name_that_we_replace() -> None:
    assert inline.split_first_line is line_break.split_first_line, READ_THIS
    theirs, ours = (inspect.signature(f) for f in (line_break.split_first_line, first_line))
    assert list(theirs.parameters) == list(ours.parameters), READ_THIS
    assert "return layout, length, resume_at, " in inspect.getsource(
        line_break.first_line_metrics
    ), READ_THIS


def test_the_engine_makes_pages_by_the_name_that_we_replace() -> None:
    call = "pages = list(make_all_pages(context, root_box, html, pages))"
    assert call in inspect.getsource(layout.layout_document), READ_THIS
    theirs, ours = (inspect.signature(f) for f in (layout.make_all_pages, all_pages))
    assert list(theirs.parameters) == list(ours.parameters), READ_THIS
    notes = "resume_at, next_page, right_page, page_state, remake_state))"
    assert notes in inspect.getsource(layout.initialize_page_maker), READ_THIS
    item = targets.CounterLookupItem(print, [], {})
    assert (item.parse_again, item.page_maker_index) == (print, None), READ_THIS
    assert targets.TargetLookupItem().page_maker_index is None, READ_THIS


def test_a_document_holds_what_we_give_it() -> None:
    html = weasyprint.HTML(string="<p>x", base_url=BASE_URL)
    assert set(vars(html)) == set(vars(_page("<html/>", html.url_fetcher))), READ_THIS
    assert html.media_type == "print", READ_THIS


def test_boxes_have_what_we_walk() -> None:
    for name in ("MarginBox", "TextBox", "ReplacedBox", "LineBox"):
        assert inspect.isclass(getattr(boxes, name)), READ_THIS
    assert boxes.Box.link_annotation is None, READ_THIS
    inner = boxes.Box("p", {}, None)
    assert AbsolutePlaceholder(inner)._box is inner, READ_THIS


def test_a_mark_is_three_items_of_the_stream() -> None:
    stream = Stream.__new__(Stream)
    pydyf.Stream.__init__(stream)
    stream._tags = {}
    with stream.marked("box", "Span"):
        stream.stream.append(b"inside")
    assert stream.stream[0] == "/Span", READ_THIS
    assert dict(stream.stream[1]) == {"MCID": 0}, READ_THIS
    assert stream.stream[2:] == [b"BDC", b"inside", b"EMC"], READ_THIS
    assert stream._tags == {"box": {"tag": "Span", "mcid": 0}}, READ_THIS
