"""A finished PDF and the order of its pages in, sheets with two pages a side out.

Each page becomes a form (a drawing kept once) that is placed at full size. Nothing is drawn anew:
letters stay letters in the fonts of the page. Tags and links have no meaning on paper and stay
behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from booklet.editions import Paper
from booklet.writers.sheets.order import Sheet, Side

POINTS_A_MM = 72 / 25.4
# The marks that show where to fold: outside of what home printers leave white (6.35 mm) and
# inside the margins of the smallest page (17 mm).
_MARK_FROM, _MARK_TO = 7.0, 13.0
_MARK_WIDTH = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """What is printed: sheets in order on ``paper`` (turned on its side), ``caliper`` in mm."""

    sheets: tuple[Sheet, ...]
    paper: Paper
    caliper: float
    title: str


def place(pages: bytes, guide: bytes, plan: Plan) -> bytes:
    """Return a PDF: the guide's pages, then two sides for each sheet.

    The inner sheets of a bundle are pushed out by the thickness of those around them; their pages
    move towards the fold by as much, so that the outer margins are even once the edge is cut.
    """
    with (
        pikepdf.open(io.BytesIO(pages)) as source,
        pikepdf.open(io.BytesIO(guide)) as first,
        pikepdf.new() as target,
    ):
        target.pages.extend(first.pages)
        forms = [target.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for sheet in plan.sheets:
            shift = sheet.depth * plan.caliper * POINTS_A_MM
            _add(target, forms, sheet.front, plan.paper, shift, marked=False)
            # Folded, this side is hidden: the outside shows no mark.
            _add(target, forms, sheet.back, plan.paper, shift, marked=True)
        _describe(target, plan.title)
        out = io.BytesIO()
        target.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _add(
    target: pikepdf.Pdf,
    forms: list[pikepdf.Object],
    side: Side,
    paper: Paper,
    shift: float,
    *,
    marked: bool,
) -> None:
    width, height = paper.width * POINTS_A_MM, paper.height * POINTS_A_MM
    left, right = forms[side.left - 1], forms[side.right - 1]
    content = [
        _placed("Left", left, width / 2 - _size(left)[0] + shift, height),
        _placed("Right", right, width / 2 - shift, height),
    ]
    if marked:
        content.append(_fold_marks(width / 2, height))
    target.add_blank_page(page_size=(round(width, 3), round(height, 3)))
    page = target.pages[-1]
    page.Resources = Dictionary(XObject=Dictionary(Left=left, Right=right))
    page.Contents = target.make_stream("\n".join(content).encode("ascii"))


def _size(form: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in form.BBox.as_list())
    return right - left, top - bottom


def _placed(name: str, form: pikepdf.Object, across: float, height: float) -> str:
    """Place a form at full size; its own box keeps what it paints within the page."""
    up = max(0.0, (height - _size(form)[1]) / 2)
    return f"q 1 0 0 1 {across:.3f} {up:.3f} cm /{name} Do Q"


def _fold_marks(middle: float, height: float) -> str:
    start, end = _MARK_FROM * POINTS_A_MM, _MARK_TO * POINTS_A_MM
    strokes = ((start, end), (height - end, height - start))
    lines = (f"{middle:.3f} {low:.3f} m {middle:.3f} {high:.3f} l S" for low, high in strokes)
    return f"q {_MARK_WIDTH} w 0 G {' '.join(lines)} Q"


def _describe(target: pikepdf.Pdf, title: str) -> None:
    """Say what the file is, and ask the printing program for full size and the right edge."""
    target.docinfo["/Title"] = title
    target.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True,
        PrintScaling=Name("/None"),
        Duplex=Name.DuplexFlipShortEdge,
        PickTrayByPDFSize=True,
    )
    target.Root.PageLayout = Name.SinglePage
    target.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
