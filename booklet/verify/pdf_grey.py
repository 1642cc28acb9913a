"""A finished print in shades of grey in; colours left in it, and what grey hides, as findings out.

Contrast is measured by the same concern as in colour. Here it is asked whether things that were
told apart by their colours still are.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from booklet.verify.pdf_concern import (
    NO_STRUCTURE,
    Measure,
    Opened,
    measured,
    on_page,
    unmeasured,
)
from booklet.verify.pdf_flow import PrintedLine, printed_lines
from booklet.verify.pdf_page import Box, around, excerpt
from booklet.verify.pdf_picture import contrast
from booklet.verify.pdf_sheet import Sheet
from booklet.verify.tagtree import Tag

Measures = tuple[Measure, ...]
SCALE = 2
"""Pixels a point: the line under a link is 1.2 points thick."""
NOISE = 8
"""Of 255: a renderer may round the channels of a grey pixel apart so far."""
COLOUR_STEP, SHADE_STEP = 60, 10
"""Of 255: colours so far apart in one channel are seen as two, shades nearer than this as one.
Ten steps are what a laser printer's dots still show side by side."""
VANISHED = 10.0
"""Points: an edge that is gone over this length was the edge of something."""
EDGE_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: what must be seen to know a part of the page from another."""
UNDERLINED = 0.85
"""Share of a link's length that its line must run through; letters that hang down cut it."""
_TOLD_BY_PLACE = frozenset({"TOCI", "Reference", "Note", "Lbl"})
_WHITE = (255, 255, 255)


def shades_of_grey(opened: Opened) -> Measures:
    """Measure an edition in grey; one in colour is not asked."""
    if opened.expectation.edition.ink != "grey":
        return ()
    # Once it is known whether a page has colours, its shades are kept: a third of the memory.
    drawn = [(_coloured(page), page.convert("L")) for page in _drawn(opened.data, SCALE)]
    coloured, pages = [colours for colours, _ in drawn], [page for _, page in drawn]
    measures = _no_colour(opened, coloured), _links(opened, pages), _boxes(opened, pages)
    return (*measures, _edges(opened))


def _drawn(data: bytes, scale: float) -> Iterator[Image.Image]:
    """Draw page after page; each is there until the next one is asked for."""
    document, sheet = pdfium.PdfDocument(data), Sheet()
    try:
        for page in document:
            sheet.draw(page, scale)
            yield sheet.picture
    finally:
        document.close()


def _no_colour(opened: Opened, pages: list[bool]) -> Measure:
    """A colour that is left would print as a shade that nobody has measured."""
    findings = [
        on_page("GREY-001", opened, number, "something on it is still printed in colour.")
        for number, is_coloured in enumerate(pages, start=1)
        if is_coloured
    ]
    return measured("shades of grey", findings, f"{len(pages)} pages without colour")


def _coloured(page: Image.Image) -> bool:
    red, green, blue, _ = page.split()
    pairs = ((red, green), (green, blue))
    most = [_most(ImageChops.difference(one, other)) for one, other in pairs]
    # Where both are the same as a third, they are the same.
    return any(most) and max(*most, _most(ImageChops.difference(red, blue))) > NOISE


def _most(image: Image.Image) -> float:
    _, most = image.getextrema()
    return float(most if isinstance(most, (int, float)) else max(most))


# --------------------------------------------------------------------- links and boxes


def _links(opened: Opened, pages: list[Image.Image]) -> Measure:
    """A link in the text is underlined, bold or in brackets: without colour, nothing else tells."""
    if opened.tags is None:
        return unmeasured("links in grey", NO_STRUCTURE)
    count, findings = 0, []
    for link in _in_text(opened.tags):
        count += 1
        for line in printed_lines(link.contents(), opened.pages):
            if not _is_told(line, opened, pages[line.page - 1]):
                message = f"without colour, the link {excerpt(line.text)} looks like other words."
                findings.append(on_page("GREY-002", opened, line.page, message))
    return measured("links in grey", findings, f"{count} links told apart without colour")


def _in_text(tag: Tag) -> Iterator[Tag]:
    """Yield the links that stand among other words; those of lists and notes their place tells."""
    if tag.type in _TOLD_BY_PLACE:
        return
    if tag.type == "Link":
        yield tag
        return
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _in_text(kid)


def _is_told(line: PrintedLine, opened: Opened, page: Image.Image) -> bool:
    words = line.text.strip()
    if not words or words[:1] == "[":
        return True
    left, _, right, _ = line.box
    inside = [
        run
        for run in opened.pages[line.page - 1].runs
        if run.text.strip() and left - 1 <= (run.box[0] + run.box[2]) / 2 <= right + 1
        if abs(run.baseline - line.baseline) < line.size / 2
    ]
    if inside and all("Bold" in run.font for run in inside):
        return True
    below = (left, line.baseline - line.size / 3, right, line.baseline)
    return _runs_through(_cut(page, below))


def _runs_through(strip: Image.Image) -> bool:
    """True when one row of pixels is dark nearly all along."""
    dark = strip.convert("L").point(lambda shade: 255 if shade < 128 else 0)
    rows = dark.resize((1, dark.height), Image.Resampling.BOX)
    return _most(rows) >= UNDERLINED * 255


def _cut(page: Image.Image, box: Box) -> Image.Image:
    left, bottom, right, top = (round(edge * SCALE) for edge in box)
    upper, lower = page.height - top, page.height - bottom
    return page.crop((max(left, 0), upper, max(right, left + 1), max(lower, upper + 1)))


def _boxes(opened: Opened, pages: list[Image.Image]) -> Measure:
    """The thick edge of a box must still be seen beside its words."""
    if opened.tags is None:
        return unmeasured("boxes in grey", NO_STRUCTURE)
    count, findings = 0, []
    for box in (tag for tag in opened.tags.walk() if tag.type == "Callout"):
        lines = list(printed_lines(box.contents(), opened.pages))
        for number in sorted({line.page for line in lines}):
            count += 1
            inside = around(tuple(line.box for line in lines if line.page == number))
            if not _has_edge(pages[number - 1], inside):
                message = f"without colour, the box {excerpt(box.text(), 30)} has no edge."
                findings.append(on_page("GREY-003", opened, number, message))
    return measured("boxes in grey", findings, f"{count} boxes with an edge that shows")


def _has_edge(page: Image.Image, inside: Box) -> bool:
    """True when beside the words, on either side, something dark enough stands upright."""
    left, bottom, right, top = inside
    width = page.width / SCALE
    middle = (bottom + top) / 2
    sides = ((0.0, middle - 1, left, middle), (right, middle - 1, width, middle))
    darkest = (
        255 - round(_most(ImageChops.invert(_cut(page, each).convert("L")))) for each in sides
    )
    return any(contrast(_WHITE, (shade, shade, shade)) >= EDGE_CONTRAST for shade in darkest)


# ------------------------------------------------------------------ edges that are gone


def _edges(opened: Opened) -> Measure:
    """Two areas that touch and differ in colour must differ in grey."""
    name, colour = "edges in grey", opened.expectation.parent
    if not colour:
        return unmeasured(name, "the print in colour is not at hand")
    sizes = _sizes(opened.data)
    if _sizes(colour) != sizes:
        return unmeasured(name, "the print in colour has other pages")
    pairs = zip(_drawn(colour, 1), _drawn(opened.data, 1), strict=True)
    findings = [
        on_page("GREY-004", opened, number, "areas that two colours told apart are now alike.")
        for number, pair in enumerate(pairs, start=1)
        if _vanished(*pair) > VANISHED
    ]
    return measured(name, findings, f"{len(sizes)} pages compared with the print in colour")


def _sizes(data: bytes) -> list[tuple[int, int]]:
    """Return the width and height of each page in whole points, as it is drawn."""
    document = pdfium.PdfDocument(data)
    try:
        return [(ceil(page.get_width()), ceil(page.get_height())) for page in document]
    finally:
        document.close()


def _vanished(colour: Image.Image, grey: Image.Image) -> float:
    """Return the length, in points, of the edges between colours that have no edge in grey."""
    flat = grey.convert("L")
    return max(_lost(colour, flat, (2, 0)), _lost(colour, flat, (0, 2)))


def _lost(colour: Image.Image, flat: Image.Image, step: tuple[int, int]) -> float:
    # Two pixels on: the one between is a mixture of both.
    bands = [ImageChops.difference(band, _moved(band, step)) for band in colour.split()[:3]]
    differ = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    seen = differ.point(lambda step: 255 if step >= COLOUR_STEP else 0)
    alike = ImageChops.difference(flat, _moved(flat, step)).point(
        lambda step: 255 if step < SHADE_STEP else 0
    )
    # The step of two pixels meets each edge twice.
    return ImageChops.darker(seen, alike).histogram()[255] / 2


def _moved(image: Image.Image, step: tuple[int, int]) -> Image.Image:
    return ImageChops.offset(image, *step)
