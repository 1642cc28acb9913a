"""Links and QR codes of a finished PDF in, findings about the unreadable ones out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from booklet.findings import Finding
from booklet.verify.pdf_concern import POINTS_A_MM, Measure, Opened, measured, on_page
from booklet.verify.pdf_page import Box, Code, Page, excerpt

RAW_ID = re.compile(r"#.*|[^\W_]+(?:[-_.:][^\W_]+)+")
"""An anchor as programs write it: no spaces, parts joined by marks."""
ADDRESS = re.compile(r"https?://\S+")
SMALLEST_CODE = 25.0
"""Millimetres: what an old phone still reads in a hand that is not quite still."""


def links(opened: Opened) -> Measure:
    """Require that every link carries a name that can be read aloud."""
    findings: list[Finding] = []
    count = 0
    for page, link in _links(opened):
        count += 1
        if not _is_readable(page, link):
            name, words = str(link.get("/Contents", "")), _words_under(page, _box(link))
            message = f"the link {excerpt(words)} would be read aloud as {excerpt(name)}."
            findings.append(on_page("PDF-048", opened, page.number, message))
    return measured("links", findings, f"{count} links")


def _links(opened: Opened) -> Iterator[tuple[Page, pikepdf.Dictionary]]:
    for page, leaf in zip(opened.pages, opened.pdf.pages, strict=True):
        for annotation in leaf.obj.get("/Annots", pikepdf.Array()):
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Link":
                yield page, annotation


def _is_readable(page: Page, link: pikepdf.Dictionary) -> bool:
    """True for words; a bare target counts as words only where it is printed on the page."""
    name = str(link.get("/Contents", "")).strip()
    if not re.search(r"\w", name):
        return False
    action = link.get("/A", pikepdf.Dictionary())
    targets = {str(link.get("/Dest", "")), str(action.get("/D", "")), str(action.get("/URI", ""))}
    if name in targets or RAW_ID.fullmatch(name) or ADDRESS.fullmatch(name):
        printed = page.text if ADDRESS.match(name) else _words_under(page, _box(link))
        return _joined(name) in _joined(printed)
    return True


def _box(link: pikepdf.Dictionary) -> Box:
    x1, y1, x2, y2 = (float(edge) for edge in link.Rect)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _words_under(page: Page, box: Box) -> str:
    return "".join(
        glyph.char
        for glyph in page.glyphs
        if box[0] <= (glyph.box[0] + glyph.box[2]) / 2 <= box[2]
        and box[1] <= (glyph.box[1] + glyph.box[3]) / 2 <= box[3]
    )


def _joined(words: str) -> str:
    return "".join(words.split())


# -------------------------------------------------------------------- QR codes


def qr_codes(opened: Opened) -> Measure:
    """Require that each code on the page can be read and stands with its address in full."""
    findings = [finding for page in opened.pages for finding in _codes(opened, page)]
    findings += _promised(opened)
    found = [code.address for page in opened.pages for code in page.codes]
    return measured("QR codes", findings, f"{sum(map(bool, found))} of {len(found)} decoded")


def _codes(opened: Opened, page: Page) -> Iterator[Finding]:
    for code in page.codes:
        if not code.address:
            yield on_page("PDF-060", opened, page.number, "a QR code cannot be read by a phone.")
        elif not prints_address(page.text, code.address):
            message = f"a QR code leads to {code.address}, but the page does not print it in full."
            yield on_page("PDF-061", opened, page.number, message)
        for fault in _faults(code):
            yield on_page("PDF-062", opened, page.number, f"the QR code of {code.address} {fault}.")


def _faults(code: Code) -> Iterator[str]:
    """Tell what makes a code that could be read now hard to read on paper."""
    if not code.address:
        return
    side = code.side / POINTS_A_MM
    if side < SMALLEST_CODE:
        yield f"is {side:.1f} mm wide; {SMALLEST_CODE:g} mm are needed"
    if code.level == "L":
        yield "bears hardly any damage (level L); level M or better is needed"
    if not code.quiet:
        yield "has something printed in the four modules of white that it needs around it"


def prints_address(text: str, address: str) -> bool:
    """True when a person finds the whole address on the page and could type it.

    It may break over lines. "https://" and a last slash may be left out, for browsers add them.
    """
    core = address.removeprefix("https://").removesuffix("/")
    spaced = r"\s*".join(map(re.escape, core))
    return (
        re.search(rf"(?<![\w.@/-])(?:https://\s*)?{spaced}/?(?![\w/#&=-]|\.\w)", text) is not None
    )


def _promised(opened: Opened) -> Iterator[Finding]:
    """A picture described with an address is a QR code that must lead there."""
    places = {
        leaf.obj.objgen: page for page, leaf in zip(opened.pages, opened.pdf.pages, strict=True)
    }
    for held in opened.held:
        item = held.item
        if held.is_stream or "/S" not in held.keys or item["/S"] != "/Figure":
            continue
        address = ADDRESS.search(str(item.get("/Alt", "")))
        page = places.get(item.Pg.objgen) if address and "/Pg" in item else None
        if address and page and address[0].rstrip(".") not in {c.address for c in page.codes}:
            message = f"the picture of a QR code does not lead to {address[0]} as it says."
            if all(code.address for code in page.codes):
                yield on_page("PDF-060", opened, page.number, message)
