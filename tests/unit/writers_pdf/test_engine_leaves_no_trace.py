"""The engine shuts the machine's fonts out of its own pages, and out of nothing else."""

from __future__ import annotations

import io
import os

import pikepdf
import pytest
from weasyprint import HTML

from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import Shelf

PAGE = '<html lang="en"><head><title>T</title></head><body><p>Care</p></body></html>'


@pytest.mark.parametrize("value", [None, "/somewhere/fonts.conf"])
def test_the_settings_of_fonts_are_as_before(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if value is not None:
        monkeypatch.setenv("FONTCONFIG_FILE", value)
    Engine(Shelf(())).lay_out(PAGE.replace("Care", ""), ())
    assert os.environ.get("FONTCONFIG_FILE") == value


def test_others_still_find_the_fonts_of_the_machine() -> None:
    Engine(Shelf(())).lay_out(PAGE.replace("Care", ""), ())
    data = HTML(string=PAGE).write_pdf()
    with pikepdf.open(io.BytesIO(data)) as document:
        names = [
            item.BaseFont
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        ]
    assert names
