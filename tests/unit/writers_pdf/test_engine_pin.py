"""What our structure stage rests on in the layout engine: a new version fails loudly."""

from __future__ import annotations

import inspect

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import add_tags, generate_pdf
from weasyprint.pdf.stream import Stream
from weasyprint.text import line_break

from booklet.writers.pdf.line_ends import first_line

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
