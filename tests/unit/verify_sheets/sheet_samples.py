"""Lettered pages and the sheets made of them, for the tests: one big letter on each page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
from weasyprint import HTML

from booklet import plan
from booklet.editions import Artifact, Edition, Expectation, Job, edition
from booklet.findings import Cleared, Finding
from booklet.model import Booklet
from booklet.verify.sheets import verify_sheets
from booklet.writers import sheets
from tests import samples
from tests.unit.verify_pdf.pdf_samples import face

Change = Callable[[pikepdf.Pdf], None]
ROW = edition("large-a5-sheets")


def letter(page: int) -> str:
    """What stands on a page: A to Z, then AA to ZZ."""
    first, second = divmod(page - 1, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + second)}"


@cache
def lettered(pages: int, made_from: str = ROW.made_from) -> bytes:
    """Return pages with one letter each, in the margins of an edition."""
    row = edition(made_from)
    assert row.paper is not None
    inner = row.margin + row.binding
    css = (
        f"{face()} @page {{ size: {row.paper.width}mm {row.paper.height}mm;"
        f" margin: {row.block_margin}mm {row.margin}mm }}"
        f"@page :right {{ margin-left: {inner}mm }} @page :left {{ margin-right: {inner}mm }}"
        "p { font: 40pt A; margin: 0; break-after: page } p:last-child { break-after: auto }"
    )
    body = "".join(f"<p>{letter(page)}</p>" for page in range(1, pages + 1))
    return bytes(HTML(string=f"<style>{css}</style>{body}").write_pdf())


def job(
    pages: int, row: Edition = ROW, booklet: Booklet | None = None, caliper: float = 0.1
) -> Job:
    """Return the job of the sheets of a lettered booklet."""
    data = lettered(pages, row.made_from)
    parent = edition(row.made_from)
    name = f"sample_en-US_{parent.suffix}.pdf"
    made = Artifact(parent, name, parent.media_type, data, "0" * 64, pages=pages)
    job = plan.plan(Cleared(booklet or samples.booklet()), row, made, caliper)
    assert job is not None
    return job


@cache
def imposed(pages: int, row: Edition = ROW, caliper: float = 0.1) -> Artifact:
    """Return finished sheets of a lettered booklet."""
    artifact = sheets.write(job(pages, row, caliper=caliper)).artifact
    assert artifact is not None
    return artifact


def expected(pages: int, row: Edition = ROW) -> Expectation:
    """Return what the sheets must hold; the last letter stands for the disclaimer."""
    asked = job(pages, row)
    wanted = plan.expected(asked.cleared.booklet, row, asked.name)
    return replace(wanted, parent=lettered(pages, row.made_from), disclaimer_text=letter(pages))


def changed(artifact: Artifact, *changes: Change) -> Artifact:
    """Return sheets after changes to their objects."""
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        for change in changes:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    data = out.getvalue()
    return replace(artifact, data=data, sha256=hashlib.sha256(data).hexdigest())


def found(artifact: Artifact, wanted: Expectation) -> tuple[Finding, ...]:
    """Return the findings about finished sheets."""
    return verify_sheets(artifact, wanted)[0]


def rules(artifact: Artifact, wanted: Expectation) -> list[str]:
    """Return the ids of the rules that sheets break, each once."""
    return sorted({finding.rule for finding in found(artifact, wanted)})
