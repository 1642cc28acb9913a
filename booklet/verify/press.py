"""A finished file for a print shop and what it must hold in; findings and measures out.

It is held to the rules of PDF/X-4 that are listed here (ISO 15930-7), not to all: no freely
available program judges this standard.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
from lxml import etree
from PIL import Image, ImageChops

from booklet.editions import BLEED, Artifact, Expectation, ToolResult
from booklet.findings import Finding, found, in_order
from booklet.model import Span
from booklet.verify.pdf_concern import COVER, POINTS_A_MM, Measure, measured, unmeasured
from booklet.verify.pdf_page import Box
from booklet.verify.sheets_read import Mark, Surface, surfaces

MARK = "PRESS"
NEAR = 0.5
"""Points: boxes and places may be off by so much; 0.18 mm."""
PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
XMP = "{http://ns.adobe.com/xap/1.0/}"
WANTED = (
    f"{XMP}CreateDate",
    f"{XMP}ModifyDate",
    f"{XMP}MetadataDate",
    "{http://ns.adobe.com/xap/1.0/mm/}DocumentID",
    "{http://ns.adobe.com/xap/1.0/mm/}VersionID",
    "{http://ns.adobe.com/xap/1.0/mm/}RenditionClass",
    "{http://ns.adobe.com/pdf/1.3/}Trapped",
)
COLOURS = frozenset("rg RG k K sc SC scn SCN cs CS".split())
"""Operators that set a colour which is no shade of the one ink."""
SHADE, SPECKS = 64, 4
"""Of 255: shades so far apart differ, since colours become grey and dark grey black; and so many
pixels may, for two drawings of one line may round otherwise."""
COMPLEX = "\u0590"
"""From here on letters may be joined or read from the right, and are told by pictures alone."""
HEADER = 128
"""Bytes that a colour profile begins with (ICC.1:2001-04, 6.1)."""
_FONT_FILES = frozenset({"/FontFile", "/FontFile2", "/FontFile3"})


@dataclass(frozen=True)
class Pressed:
    """A finished file for a print shop, and the print that goes with it."""

    name: str
    data: bytes
    pdf: pikepdf.Pdf
    surfaces: tuple[Surface, ...]
    parent: tuple[Surface, ...]
    expectation: Expectation

    def finding(self, rule: str, message: str, page: int = 0) -> Finding:
        """Make a finding about a page, or about the file as a whole."""
        span = Span(self.expectation.file, page) if page else Span(self.expectation.file)
        return found(rule, span, f"Page {page}: {message}" if page else message)


def verify_press(
    artifact: Artifact, expectation: Expectation
) -> tuple[tuple[Finding, ...], tuple[ToolResult, ...]]:
    """Measure a finished file; one that cannot be opened is a finding."""
    try:
        with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
            parent = surfaces(expectation.parent) if expectation.parent else ()
            pages = surfaces(artifact.data)
            opened = Pressed(artifact.name, artifact.data, pdf, pages, parent, expectation)
            measures = tuple(concern(opened) for concern in CONCERNS)
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError) as error:
        reason = re.sub(r"^stream <[^>]*>(: )?", "", str(error))
        finding = found("PDF-052", Span(expectation.file), f"It cannot be opened: {reason}.")
        return (finding,), (ToolResult("booklet: file", "failed", reason),)
    findings = in_order(finding for measure in measures for finding in measure.findings)
    return findings, tuple(measure.result for measure in measures)


# ------------------------------------------------------------------------------- boxes


def boxes(opened: Pressed) -> Measure:
    """Require the page's size where it is cut, 3 mm more for colours, and room for marks."""
    findings = [
        opened.finding("PRESS-001", message, number)
        for number, page in enumerate(opened.pdf.pages, start=1)
        for message in _misplaced(opened, page)
    ]
    return measured("boxes for cutting", findings, f"{len(opened.pdf.pages)} pages, {BLEED:g} mm")


def _misplaced(opened: Pressed, page: pikepdf.Page) -> Iterator[str]:
    paper = opened.expectation.edition.paper
    trim, bleed, media = (_box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
    if trim is None or bleed is None or media is None:
        yield "it does not say where it is cut."
        return
    size = (paper.width * POINTS_A_MM, paper.height * POINTS_A_MM) if paper else _size(trim)
    if any(abs(a - b) > NEAR for a, b in zip(_size(trim), size, strict=True)):
        width, height = (edge / POINTS_A_MM for edge in _size(trim))
        yield f"it is cut to {width:.1f} by {height:.1f} mm."
    more = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    if min(more) < BLEED * POINTS_A_MM - NEAR:
        yield f"colours go on for {min(more) / POINTS_A_MM:.1f} mm only; {BLEED:g} mm are needed."
    if not (media[0] < bleed[0] and media[1] < bleed[1] and bleed[2] < media[2]):
        yield "there is no room for marks."


def _box(page: pikepdf.Page, name: str) -> Box | None:
    box = page.obj.get(name)
    if box is None:
        return None
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return left, bottom, right, top


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def crop_marks(opened: Pressed) -> Measure:
    """Require a mark at each end of each cut, and nothing of it within the bleed."""
    findings = []
    for number, (page, side) in enumerate(zip(opened.pdf.pages, opened.surfaces, strict=True), 1):
        trim, bleed, media = (_box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        if trim and bleed and media:
            outside = [m for m in side.marks if _is_outside(m, _moved(bleed, media))]
            if len({c for m in outside for c in _corners(m, _moved(trim, media))}) < 8:
                findings.append(opened.finding("PRESS-002", "marks to cut at are missing.", number))
    return measured("marks to cut at", findings, f"{len(opened.surfaces)} pages")


def _moved(box: Box, media: Box) -> Box:
    return box[0] - media[0], box[1] - media[1], box[2] - media[0], box[3] - media[1]


def _is_outside(mark: Mark, bleed: Box) -> bool:
    left, bottom, right, top = mark.box
    return right <= bleed[0] or top <= bleed[1] or left >= bleed[2] or bottom >= bleed[3]


def _corners(mark: Mark, trim: Box) -> Iterator[tuple[str, int, bool]]:
    """Yield which ends of which cuts a thin line points to."""
    left, bottom, right, top = mark.box
    for edge in (0, 2):
        if abs((left + right) / 2 - trim[edge]) < 1 and right - left < 2:
            yield "upright", edge, bottom > trim[1]
    for edge in (1, 3):
        if abs((bottom + top) / 2 - trim[edge]) < 1 and top - bottom < 2:
            yield "flat", edge, left > trim[0]


# ---------------------------------------------------------------------------- PDF/X-4


def identified(opened: Pressed) -> Measure:
    """Require what PDF/X-4 asks a file to say of itself."""
    findings = [opened.finding("PRESS-003", message) for message in _unsaid(opened)]
    return measured("PDF/X-4", findings, "version, dates, ink and identifier looked for")


def _unsaid(opened: Pressed) -> Iterator[str]:
    if not opened.data.startswith(b"%PDF-1.6"):
        yield "The file is not of PDF 1.6."
    if "/ID" not in opened.pdf.trailer:
        yield "The file has no identifier."
    info = opened.pdf.trailer.get("/Info", pikepdf.Dictionary())
    if str(info.get("/Title", "")) != opened.expectation.title:
        yield "The title is not that of the booklet."
    if str(info.get("/Trapped", "")) not in ("/True", "/False"):
        yield "The file does not say whether it is trapped."
    with opened.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if str(xmp.get(PDFX, "")) != "PDF/X-4":
            yield "The metadata do not name PDF/X-4."
        for name in WANTED:
            if not str(xmp.get(name, "")):
                yield f"The metadata lack {etree.QName(name).localname}."
    yield from _ink(opened)


def _ink(opened: Pressed) -> Iterator[str]:
    intents = opened.pdf.Root.get("/OutputIntents", pikepdf.Array())
    ours = [each for each in intents if each.get("/S") == "/GTS_PDFX"]
    if len(ours) != 1 or not isinstance(ours[0].get("/DestOutputProfile"), pikepdf.Stream):
        yield "The file does not say with which ink it is to be printed."
        return
    profile = ours[0].DestOutputProfile.read_bytes()
    whole = len(profile) > HEADER and struct.unpack_from(">I", profile) == (len(profile),)
    if not whole or profile[12:20] != b"prtrGRAY":
        yield "The colour profile is not one of a press with one ink."


def forbidden(opened: Pressed) -> Measure:
    """Refuse what a press file may not hold, and every colour but shades of the one ink."""
    findings = [opened.finding("PRESS-004", message) for message in sorted(set(_held(opened)))]
    return measured("forbidden on a press", findings, "nothing")


def _held(opened: Pressed) -> Iterator[str]:
    if opened.pdf.is_encrypted:
        yield "The file is protected."
    for key in ("/StructTreeRoot", "/MarkInfo", "/AcroForm", "/OpenAction", "/AA", "/Outlines"):
        if key in opened.pdf.Root:
            yield f"The file holds {key}."
    for page in opened.pdf.pages:
        if "/Annots" in page.obj:
            yield "Something on a page can be clicked."
        if _is_coloured(page):
            yield "Something is painted in colour."
    for item in opened.pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if "/JS" in item or item.get("/S") in ("/JavaScript", "/URI", "/Launch", "/GoTo"):
            yield "The file holds an action."
        if item.get("/Type") == "/FontDescriptor" and not _FONT_FILES & set(item.keys()):
            yield "A font is not embedded."
        if item.get("/ColorSpace") in ("/DeviceRGB", "/DeviceCMYK"):
            yield "A picture or gradient is in colour."
        is_drawing = isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
        if is_drawing and _is_coloured(item):
            yield "Something is painted in colour."


def _is_coloured(holder: pikepdf.Page | pikepdf.Object) -> bool:
    return any(
        str(step.operator) in COLOURS and not _is_pattern(step)
        for step in pikepdf.parse_content_stream(holder)
    )


def _is_pattern(step: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> bool:
    """True when a pattern is chosen; its own colours stand in it."""
    return any(isinstance(operand, pikepdf.Name) for operand in step.operands)


def name(opened: Pressed) -> Measure:
    """Require a name that ends in PRESS."""
    stem = opened.name.rpartition("/")[2].rpartition(".")[0]
    wrong = [] if stem.endswith(MARK) else [f'The name does not end in "{MARK}".']
    findings = [opened.finding("PRESS-005", message) for message in wrong]
    return measured("name of the press file", findings, stem)


# ---------------------------------------------------------------------------- the pages


def same_pages(opened: Pressed) -> Measure:
    """Require the print, page for page, at full size: laid over one another, nothing stands out.

    The cover's picture runs over the edge that is cut; there the words alone are compared.
    """
    if not opened.parent:
        return unmeasured("pages of the print", "the print that it was made of is not at hand")
    pages, others = (_cut(data) for data in (opened.data, opened.expectation.parent))
    findings = []
    if len(pages) != len(others):
        message = f"There are {len(pages)} pages; the print has {len(others)}."
        findings.append(opened.finding("PRESS-006", message))
    for number, (page, other) in enumerate(zip(pages, others, strict=False), start=1):
        if not (_same_words(opened) if number == COVER else _looks_like(page, other)):
            message = "it is not the page of the print, or elsewhere, or of another size."
            findings.append(opened.finding("PRESS-006", message, number))
    return measured("pages of the print", findings, f"{len(others)} pages, scale 1.000")


def _cut(data: bytes) -> list[Image.Image]:
    """Return the pages as they look when they are cut, in shades of grey, a pixel a point."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.MediaBox = page.obj.get("/TrimBox", page.MediaBox)
            for name in ("/CropBox", "/BleedBox"):
                if name in page.obj:
                    del page.obj[name]
        pdf.save(out)
    document = pdfium.PdfDocument(out.getvalue())
    try:
        return [page.render(scale=1).to_pil().convert("L") for page in document]
    finally:
        document.close()


def _looks_like(page: Image.Image, other: Image.Image) -> bool:
    if page.size != other.size:
        return False
    differences = ImageChops.difference(page, other).histogram()
    return sum(differences[SHADE:]) <= SPECKS


def _same_words(opened: Pressed) -> bool:
    trim, media = (_box(opened.pdf.pages[0], name) for name in ("/TrimBox", "/MediaBox"))
    if trim is None or media is None:
        return True
    place = _moved(trim, media)
    mine, theirs = (
        tuple(mark for mark in pages[0].marks if mark.text and max(mark.text) < COMPLEX)
        for pages in (opened.surfaces, opened.parent)
    )
    # At its right a line may end in a space, which a file that is read aloud must hold.
    return [mark.text for mark in mine] == [mark.text for mark in theirs] and all(
        abs(a.size - b.size) < 0.01
        and all(abs(a.box[edge] - b.box[edge] - place[edge % 2]) < NEAR for edge in (0, 1, 3))
        for a, b in zip(mine, theirs, strict=True)
    )


CONCERNS: tuple[Callable[[Pressed], Measure], ...] = (
    boxes,
    crop_marks,
    identified,
    forbidden,
    name,
    same_pages,
)
