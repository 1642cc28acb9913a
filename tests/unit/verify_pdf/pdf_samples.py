"""Tiny finished PDFs for the tests: HTML in, an artifact with its expectation out."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pikepdf
import weasyprint

from booklet.editions import Artifact, Edition, Expectation, edition
from booklet.findings import Finding
from booklet.verify.pdf import verify_pdf
from booklet.writers.pdf.finish import OWN, finish
from booklet.writers.pdf.structure import own_structure

EDITION = edition("large-a4")
TITLE = "Care at home"
DISCLAIMER = (
    "This booklet is for information only. It does not take the place of your doctor's advice. "
    "Always ask your care team before you change a treatment. Call for help in an emergency."
)
BODY = '<h1>Care at home</h1><p>Ask the nurse about <a href="#eating">eating</a>.</p>'
CSS = """
@page { size: A4; margin: 25mm 27.5mm; font: bold 18pt A }
@page :right { margin-left: 32.5mm; @bottom-right { content: counter(page) } }
@page :left { margin-right: 32.5mm; @bottom-left { content: counter(page) } }
@page :first { @bottom-right { content: none } }
body { font: 18pt/1.5 A; margin: 0; color: #000 }
h1 { font-size: 24pt } a { color: #003a70 }
.last { break-before: page }
"""
UA = {"pdf_variant": "pdf/a-2a", "output_intent": OWN, "finisher": finish}
Change = Callable[[pikepdf.Pdf], None]


def font_file(package: str, name: str) -> Path:
    """Return the place of a packaged font file."""
    return Path(str(files(f"fontpkg_{package}"))) / "files" / name


def face(weight: str = "Regular", family: str = "A") -> str:
    """Return the @font-face rule of one packaged font file."""
    place = font_file("atkinson_hyperlegible", f"AtkinsonHyperlegible-{weight}.ttf")
    css_weight = 700 if weight == "Bold" else 400
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {css_weight}; '
        f'src: url("{place.as_uri()}") }}'
    )


def svg_uri(svg: str) -> str:
    """Return a data address that holds an SVG picture."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def document(
    body: str = BODY,
    *,
    css: str = "",
    last: str | None = None,
    language: str = "en-US",
    title: str = TITLE,
) -> str:
    """Return the HTML of a booklet of one page and its disclaimer page."""
    if last is None:
        last = f"<h1>Disclaimer</h1><p>{DISCLAIMER}</p>"
    return (
        f'<html lang="{language}"><head><title>{title}</title>'
        f"<style>{face()}{face('Bold')}{CSS}{css}</style></head><body>"
        f'<section>{body}<h2 id="eating" style="font-size:22pt">Eating</h2><p>Sit up.</p></section>'
        f'<section class="last">{last}</section></body></html>'
    )


@cache
def printed(html: str) -> bytes:
    """Print HTML as the engine does, without a finding of the engine's own."""
    return bytes(weasyprint.HTML(string=html).write_pdf(**UA))


def changed(data: bytes, *changes: Change, encryption: pikepdf.Encryption | bool = False) -> bytes:
    """Return a PDF after changes to its objects, with the engine's marks and names set right."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for change in (name_links, mark_page_numbers, *changes):
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, encryption=encryption)
    return out.getvalue()


def name_links(pdf: pikepdf.Pdf) -> None:
    """Give every link the name that a writer would give it."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", pikepdf.Array()):
            annotation.Contents = pikepdf.String("Go to the chapter on eating")


MARK = re.compile(rb"/Span\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def mark_page_numbers(pdf: pikepdf.Pdf) -> None:
    """Take the page numbers, painted last, out of the structure, as a writer would."""
    for page in pdf.pages[1:]:
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        last = list(MARK.finditer(content))[-1]
        mark = b"/Artifact <</Type /Pagination>> BDC"
        page.Contents = pdf.make_stream(content[: last.start()] + mark + content[last.end() :])
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/Pg") == page.obj:
                kids = element.get("/K", pikepdf.Array())
                element.K = pikepdf.Array(kid for kid in kids if kid != int(last[1]))


def expected(row: Edition = EDITION, disclaimer_text: str = DISCLAIMER) -> Expectation:
    """Return what the samples must hold."""
    return Expectation(
        edition=row,
        file="output/care.pdf",
        title=TITLE,
        language="en-US",
        direction="ltr",
        disclaimer_title="Disclaimer",
        disclaimer_text=disclaimer_text,
    )


def artifact(data: bytes, row: Edition = EDITION) -> Artifact:
    """Wrap bytes as a writer would hand them over."""
    return Artifact(row, "care.pdf", row.media_type, data, sha256(data).hexdigest())


def rules(data: bytes, expectation: Expectation | None = None) -> list[str]:
    """Return the ids of the rules that a PDF breaks, each once."""
    return sorted({finding.rule for finding in found(data, expectation)})


def found(data: bytes, expectation: Expectation | None = None) -> tuple[Finding, ...]:
    """Return the findings about a PDF."""
    expectation = expectation or expected()
    findings, _ = verify_pdf(artifact(data, expectation.edition), expectation)
    for finding in findings:
        print(finding.line(), file=sys.stderr)
    return findings


def sample(body: str = BODY, *changes: Change, **parts: str) -> bytes:
    """Return a small finished PDF."""
    return changed(printed(document(body, **parts)), *changes)


def joined(body: str = BODY, *changes: Change, css: str = "") -> bytes:
    """Return a small finished PDF whose blocks go on over a page as one structure element each."""
    with own_structure():
        data = bytes(weasyprint.HTML(string=document(body, css=css)).write_pdf(**UA))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        name_links(pdf)
        for change in changes:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()
