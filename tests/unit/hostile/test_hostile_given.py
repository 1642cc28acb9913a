"""Files that a stranger gives to be verified or imported: a finding or a refusal, soon."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from booklet import manifest
from booklet.importers.draft import draft_from
from booklet.importers.limits import RefusedError
from booklet.readers.svg import svg_findings
from booklet.verify.pdf_bounds import MAX_PAGES, MAX_STREAM, too_much


def _saved(change: Callable[[pikepdf.Pdf], None]) -> pikepdf.Pdf:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        out = io.BytesIO()
        # Otherwise what is packed twice would be unpacked here.
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return pikepdf.open(out)


def _packed(data: bytes, times: int) -> Callable[[pikepdf.Pdf], None]:
    """Put a page's drawing into the file, packed so many times."""

    def change(pdf: pikepdf.Pdf) -> None:
        packed = data
        for _ in range(times):
            packed = zlib.compress(packed, 9)
        stream = pikepdf.Stream(pdf, packed)
        names = [pikepdf.Name.FlateDecode] * times
        stream.Filter = names[0] if times == 1 else pikepdf.Array(names)
        pdf.pages[0].Contents = pdf.make_indirect(stream)

    return change


def _pages(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    pdf.Root.Pages.Kids = pikepdf.Array([page] * (MAX_PAGES + 1))
    pdf.Root.Pages.Count = MAX_PAGES + 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_packed(b"0 0 m 9 9 l S\n" * (MAX_STREAM // 14 + 1), 1), "far too large"),
        (_packed(b"\0" * 100_000, 2), "far too large"),
        (_pages, "pages"),
        (_packed(b"0 0 m 9 9 l S\n" * 10_000, 1), ""),
        (lambda _pdf: None, ""),
    ],
)
def test_a_pdf_that_swells_is_told_before_it_is_read(
    change: Callable[[pikepdf.Pdf], None], told: str
) -> None:
    with _saved(change) as pdf:
        start = time.process_time()
        assert told in too_much(pdf)
        assert bool(told) == bool(too_much(pdf))
        assert time.process_time() - start < 10


def test_a_paragraph_of_brackets_is_not_imported() -> None:
    with pytest.raises(RefusedError, match="brackets"):
        draft_from(b"![[" * 400_000, Path("nowhere/a.md"))


def test_a_manifest_of_brackets_is_as_none() -> None:
    assert manifest.load(b"[" * 100_000) == ()


@pytest.mark.parametrize("encoding", ["utf-7", "iso-8859-1", "cp1252"])
def test_a_drawing_is_in_an_encoding_that_every_program_reads_alike(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    assert [one.rule for one in svg_findings((head + body).encode(), "a")] == ["ASSET-003"]
    assert svg_findings(body.encode(), "a") == ()
