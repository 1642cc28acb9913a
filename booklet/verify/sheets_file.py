"""A finished file of sheets in, findings about what it is and says out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf

from booklet.editions import EDITIONS, Edition
from booklet.verify.pdf_concern import Measure, measured
from booklet.verify.sheets_concern import (
    GUIDE,
    POINTS_A_MM,
    OpenedSheets,
    in_sheets,
    on_sheet,
)
from booklet.words import words_for

MARK = "PRINT-ONLY"
PAPER_TOLERANCE = 0.5
"""Points. Millimetres do not come out even in points."""
RULER, RULER_TOLERANCE = 100.0, 0.1
"""Millimetres: the line to measure, and how much it may be off."""
CLAIMS = (b"pdfuaid", b"pdfaid", b"pdfxid")
"""The name spaces in which files claim a standard."""


def paper(opened: OpenedSheets) -> Measure:
    """Require the sheet on its side, an even number of sides, and the instructions before them."""
    sheet = opened.paper
    size = sheet.width * POINTS_A_MM, sheet.height * POINTS_A_MM
    findings = [
        on_sheet(
            "SHEET-010",
            opened,
            at,
            f"it is {side.width / POINTS_A_MM:.1f} by {side.height / POINTS_A_MM:.1f} mm"
            f"{', turned' if side.rotated else ''}; {sheet.name} on its side is"
            f" {sheet.width:g} by {sheet.height:g} mm.",
        )
        for at, side in enumerate(opened.surfaces, start=1)
        if side.rotated
        or abs(side.width - size[0]) > PAPER_TOLERANCE
        or abs(side.height - size[1]) > PAPER_TOLERANCE
    ]
    sides = len(opened.surfaces)
    if sides % 2 or sides <= GUIDE:
        findings.append(in_sheets("SHEET-010", opened, f"There are {sides} sides in all."))
    return measured("sheets", findings, f"{sides // 2} sheets with the instructions, {sheet.name}")


def name(opened: OpenedSheets) -> Measure:
    """Require a name that ends in PRINT-ONLY."""
    stem = opened.name.rpartition("/")[2].rpartition(".")[0]
    findings = []
    if not stem.endswith(MARK):
        findings.append(in_sheets("SHEET-017", opened, f'The name does not end in "{MARK}".'))
    return measured("name of sheets", findings, stem)


def claims(opened: OpenedSheets) -> Measure:
    """Refuse every claim to be accessible, to be an archive, or to be made for a press."""
    root = opened.pdf.Root
    said = [key for key in ("/StructTreeRoot", "/MarkInfo") if key in root]
    metadata = root.get("/Metadata")
    text = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    said += [claim.decode() for claim in CLAIMS if claim in text]
    findings = [in_sheets("SHEET-016", opened, f"The file holds {each}.") for each in said]
    return measured("claims of sheets", findings, ", ".join(said) or "none")


def intent(opened: OpenedSheets) -> Measure:
    """Require a title that says what it is, full size, and the turn about the short edge."""
    findings = [in_sheets("SHEET-020", opened, message) for message in _unsaid(opened)]
    return measured("intent of sheets", findings, _title(opened))


def _unsaid(opened: OpenedSheets) -> Iterator[str]:
    words = words_for(opened.expectation.language)
    wanted = words.fill("sheets_title", title=opened.expectation.title) if words else ""
    if opened.expectation.booklet and _title(opened) != wanted:
        yield f'The title is "{_title(opened)}", not "{wanted}".'
    viewer = opened.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    if str(viewer.get("/PrintScaling", "")) != "/None":
        yield "The printing program is not asked for full size."
    if str(viewer.get("/Duplex", "")) != "/DuplexFlipShortEdge":
        yield "The printing program is not asked to turn sheets about their short edge."


def _title(opened: OpenedSheets) -> str:
    return str(opened.pdf.trailer.get("/Info", pikepdf.Dictionary()).get("/Title", ""))


def instructions(opened: OpenedSheets) -> Measure:
    """Require the ruler, how many sheets there are, and the way to the file that can be read."""
    findings = [in_sheets("SHEET-018", opened, message) for message in _missing(opened)]
    return measured("instructions of sheets", findings, "ruler of 100 mm; sheets counted")


def _missing(opened: OpenedSheets) -> Iterator[str]:
    if len(opened.surfaces) <= GUIDE:
        yield "There is no sheet with instructions."
        return
    front, back = opened.surfaces[:GUIDE]
    lengths = [(mark.box[2] - mark.box[0]) / POINTS_A_MM for mark in front.marks if not mark.text]
    if not any(abs(length - RULER) <= RULER_TOLERANCE for length in lengths):
        yield "The first side has no line of 100 mm."
    if f"{RULER:g}mm" not in front.text:
        yield "The first side does not say how long the line must be."
    sheets, last = (len(opened.surfaces) - GUIDE) // 2, len(opened.surfaces)
    for number in (GUIDE + 1, last, sheets):
        if str(number) not in back.text:
            yield f"The second side does not name {number}: what to print, on how many sheets."
            break
    parent = _parent(opened)
    if parent and parent.suffix not in back.text:
        yield "The second side does not name the file to read on a screen."


def _parent(opened: OpenedSheets) -> Edition | None:
    wanted = opened.expectation.edition.made_from
    return next((row for row in EDITIONS if row.id == wanted), None)


CONCERNS: tuple[Callable[[OpenedSheets], Measure], ...] = (
    paper,
    name,
    claims,
    intent,
    instructions,
)
