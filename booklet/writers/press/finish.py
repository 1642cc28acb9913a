"""Plain pages in one ink in, PDF/X-4 out: what a print shop's programs ask for (ISO 15930-7)."""

from __future__ import annotations

import io
from importlib.resources import files
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from booklet.editions import BLEED
from booklet.writers.press.profile import NAME, profile

_POINTS_A_MM = 72 / 25.4
# As dark as the ink of our texts: a print shop would otherwise paint letters with dots.
_NEARLY_BLACK = 0.15
_OPERATORS = ("g", "G")


def finish(data: bytes, title: str, day: str, identifier: str) -> bytes:
    """Return the pages with boxes, profile and metadata; ``day`` is the day of issue, in ISO form.

    Links, bookmarks and names are left out: a press file may not hold what is to be clicked.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _cut_out(page)
            page.Contents = pdf.make_stream(_blackened(page))
        for key in ("/Outlines", "/Names", "/Dests", "/OpenAction", "/PageMode"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.Root.OutputIntents = Array([_intent(pdf)])
        _describe(pdf, title, day, identifier)
        out = io.BytesIO()
        pdf.save(
            out,
            force_version="1.6",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def _cut_out(page: pikepdf.Page) -> None:
    """Say where the page is cut, and how far its colours go on; the marks lie beyond."""
    left, bottom, right, top = (float(edge) for edge in page.TrimBox.as_list())
    more = BLEED * _POINTS_A_MM
    edges = (left - more, bottom - more, right + more, top + more)
    page.BleedBox = Array([round(edge, 3) for edge in edges])
    if "/Annots" in page.obj:
        del page.obj["/Annots"]


def _blackened(page: pikepdf.Page) -> bytes:
    """Make what is nearly black black: full ink gives letters their sharp edges."""
    instructions = [
        pikepdf.ContentStreamInstruction([0], each.operator)
        if str(each.operator) in _OPERATORS and float(each.operands[0]) < _NEARLY_BLACK
        else each
        for each in pikepdf.parse_content_stream(page)
    ]
    return pikepdf.unparse_content_stream(instructions)


def _intent(pdf: pikepdf.Pdf) -> Dictionary:
    ink = pdf.make_stream(profile())
    ink.N = 1
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("Custom"),
        Info=String(NAME),
        DestOutputProfile=ink,
    )


def _describe(pdf: pikepdf.Pdf, title: str, day: str, identifier: str) -> None:
    date = f"D:{day.replace('-', '')}000000Z"
    for key, value in (("/Title", title), ("/CreationDate", date), ("/ModDate", date)):
        pdf.docinfo[key] = value
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"
    packet = files("booklet.writers.press").joinpath("pdfx.xml").read_text("utf-8")
    filled = packet.format(
        mark="\ufeff", title=escape(title), day=day, document=f"urn:booklet:{identifier}"
    )
    pdf.Root.Metadata = pdf.make_stream(filled.encode(), Type=Name.Metadata, Subtype=Name.XML)
