"""The PDF writer: what it makes, what it refuses, and what it may load."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from booklet.editions import DEFAULTS, Edition, Job, edition
from booklet.errors import MachineError
from booklet.findings import Cleared
from booklet.model import Booklet, Text
from booklet.resources import styles_dir
from booklet.verify.pdf_marks import marked_words
from booklet.verify.tagtree import outline, read_tags
from booklet.writers import pdf
from booklet.writers.pdf.css import edition_css, fitted_css
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf
from booklet.writers.pdf.fitting import Fitted, emergency_pages, last_pages
from tests.golden import assert_golden
from tests.samples import booklet, disclaimer

PRINT = [row for row in DEFAULTS if row.format == "pdf"]


def job(source: Booklet, row: Edition, *more: tuple[str, str]) -> Job:
    styles = tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in row.styles)
    return Job(Cleared(source), row, "sample.pdf", (*styles, *more))


def smallest_size(data: bytes) -> float:
    """The size of the smallest letters on the last page, in points."""
    document = pdfium.PdfDocument(data)
    page = document[len(document) - 1]
    text = page.get_textpage()
    sizes: list[float] = [
        raw.FPDFText_GetFontSize(text, index) * scale(text, index)
        for index in range(text.count_chars())
        if not chr(raw.FPDFText_GetUnicode(text, index)).isspace()
    ]
    return min(sizes)


def scale(text: pdfium.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    return float(abs(matrix.d))


def written(source: Booklet, row: Edition) -> bytes:
    result = pdf.write(job(source, row))
    assert result.findings == ()
    assert result.artifact is not None
    return result.artifact.data


@pytest.mark.parametrize("row", PRINT, ids=lambda row: row.id)
def test_every_print_edition_has_its_paper_labels_and_metadata(row: Edition) -> None:
    with pikepdf.open(io.BytesIO(written(booklet(), row))) as document:
        assert row.paper is not None
        for page in document.pages:
            width, height = (float(number) for number in page.mediabox[2:])
            assert width * 25.4 / 72 == pytest.approx(row.paper.width, abs=0.1)
            assert height * 25.4 / 72 == pytest.approx(row.paper.height, abs=0.1)
        assert str(document.Root.Lang) == "en-US"
        assert str(document.docinfo.Title) == "A sample booklet"
        assert document.Root.PageLabels.Nums[1].S == pikepdf.Name.D
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.open_outline().root


def test_the_tag_tree_is_the_golden_one(request: pytest.FixtureRequest) -> None:
    data = written(booklet(), edition("large-a4"))
    with pikepdf.open(io.BytesIO(data)) as document:
        tree = read_tags(document, marked_words(data))
    assert tree is not None
    assert_golden(request.config, "tagtree/every-node-large-a4.txt", outline(tree) + "\n")


def test_the_same_job_gives_the_same_bytes() -> None:
    row = edition("large-a4")
    assert written(booklet(), row) == written(booklet(), row)


def test_a_long_disclaimer_gets_tighter_lines_but_never_smaller_letters() -> None:
    words = " ".join(["Please talk with your own care team first."] * 24)
    source = dataclasses.replace(booklet(), disclaimer=disclaimer(words))
    data = written(source, edition("large-a4"))
    tree = read_tags(pikepdf.open(io.BytesIO(data)), marked_words(data))
    assert tree is not None
    assert tree.text().endswith(words)
    assert smallest_size(data) == pytest.approx(18, abs=0.01)


def test_a_disclaimer_too_long_for_one_page_is_a_finding_and_no_file() -> None:
    words = " ".join(["Please talk with your own care team first."] * 60)
    source = dataclasses.replace(booklet(), disclaimer=disclaimer(words))
    result = pdf.write(job(source, edition("large-a4")))
    assert result.artifact is None
    assert [finding.rule for finding in result.findings] == ["DISC-020"]
    assert "one page" in result.findings[0].message


def test_a_character_without_a_glyph_is_found_before_layout() -> None:
    sample = booklet()
    meta = dataclasses.replace(sample.meta, key_messages=((Text("A ⟁ triangle"),),))
    result = pdf.write(job(dataclasses.replace(sample, meta=meta), edition("large-a4")))
    assert result.artifact is None
    (finding,) = result.findings
    assert (finding.rule, finding.span) == ("GLYPH-001", meta.span)
    assert "U+27C1" in finding.message


@pytest.mark.parametrize(
    "style",
    [
        "body { background: url(https://example.org/x.png) }",
        "body { background: url(file:///etc/hostname) }",
        "@import 'https://example.org/x.css';",
        "body { background: url(images/unknown.png) }",
    ],
)
def test_the_engine_may_load_nothing_but_the_shelf(style: str) -> None:
    with pytest.raises(MachineError, match="the booklet has nothing at"):
        pdf.write(job(booklet(), edition("large-a4"), ("extra.css", style)))


def test_an_engine_warning_is_a_fault_each_time_not_a_whisper() -> None:
    engine = Engine(Shelf.of((), frozenset()))
    for _ in range(2):
        with pytest.raises(MachineError, match="the layout engine complains"):
            engine.lay_out("<p>x</p>", (("bad.css", "p { colour: red }"),))


def test_no_font_of_the_machine_is_used() -> None:
    data = written(booklet(), edition("large-letter"))
    with pikepdf.open(io.BytesIO(data)) as document:
        names = {
            str(item.BaseFont).split("+")[-1]
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert names <= {
        "Atkinson-Hyperlegible",
        "Atkinson-Hyperlegible-Bold",
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Sans-Arabic",
        "Noto-Sans-Arabic-Bold",
    }


def test_the_style_sheet_states_the_row_and_nothing_else_does() -> None:
    row = edition("large-a4")
    fitted = Fitted(last_pages(row)[0], next(emergency_pages()))
    css = edition_css(row, "ltr", frozenset(map(ord, "abc")))
    assert "size: 210.0mm 297.0mm" in css
    assert "--body: 18pt" in css
    assert "--cover: 44pt" in fitted_css(fitted, row)
    with pytest.raises(ValueError, match="not for print"):
        edition_css(edition("epub"), "ltr", frozenset())
    with pytest.raises(ValueError, match="not for print"):
        fitted_css(fitted, edition("epub"))
