"""The pages on finished sheets in, findings about each page and about the folded booklet out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pypdfium2.raw as c

from booklet.findings import Finding
from booklet.verify.pdf_concern import Measure, measured, unmeasured
from booklet.verify.pdf_text import SIZE_TOLERANCE
from booklet.verify.reading_order import squeezed
from booklet.verify.sheets_concern import (
    GUIDE,
    MOST_SHEETS,
    NEAR,
    POINTS_A_MM,
    OpenedSheets,
    Placed,
    in_sheets,
    on_sheet,
)
from booklet.verify.sheets_read import Group
from booklet.verify.sheets_stack import bound

SCALE_TOLERANCE = 0.0005
"""Full size is 1.000: what rounds to it."""
EVEN = 0.05 * POINTS_A_MM
"""Points: half the thickness of a thin sheet."""
CLEAR = 3 * POINTS_A_MM
"""Points: words keep so far away from a mark to fold at."""
MOST_CALIPER = 0.5
"""Millimetres: card; thicker paper is not folded by hand."""
LARGEST_BUNDLE = 5
"""So many sheets are folded together where there are several bundles."""


def once(opened: OpenedSheets) -> Measure:
    """Require each page of the print once, whole, and nothing else beside the marks to fold at."""
    if not opened.parent:
        return unmeasured("pages on sheets", NO_PARENT)
    findings = [*_counted(opened), *_cut(opened), *_else(opened)]
    detail = f"{len(opened.parent)} pages, each once, on {len(opened.sheets)} sheets"
    return measured("pages on sheets", findings, "see above" if findings else detail)


NO_PARENT = "the print that the sheets were made of is not at hand"


def _counted(opened: OpenedSheets) -> Iterator[Finding]:
    counts = Counter(place.number for place in opened.placed)
    for number in range(1, len(opened.parent) + 1):
        if counts[number] != 1:
            times = "is missing" if not counts[number] else f"is there {counts[number]} times"
            yield in_sheets("SHEET-012", opened, f"Page {number} of the print {times}.")
    for place in opened.placed:
        if place.number is None:
            message = "something lies there that is no page of the print."
            yield on_sheet("SHEET-012", opened, place.at, message)


def _cut(opened: OpenedSheets) -> Iterator[Finding]:
    """Nothing of a page is hidden by the edge of its half, and nothing lies beyond the fold."""
    for place in opened.placed:
        texts = [mark.box for mark in place.group.marks if mark.text]
        middle = opened.paper.width * POINTS_A_MM / 2
        left, right = (0.0, middle) if place.is_left else (middle, 2 * middle)
        top = opened.paper.height * POINTS_A_MM
        if any(
            box[0] < left - NEAR or box[2] > right + NEAR or box[1] < -NEAR or box[3] > top + NEAR
            for box in texts
        ):
            message = f"a part of page {place.number or '?'} of the print is cut off."
            yield on_sheet("SHEET-012", opened, place.at, message)


def _else(opened: OpenedSheets) -> Iterator[Finding]:
    for at, side in enumerate(opened.surfaces[GUIDE:], start=GUIDE + 1):
        loose = [group for group in side.groups if not group.is_form]
        if not all(_is_fold_mark(opened, at, group) for group in loose):
            message = "something is printed beside the pages."
            yield on_sheet("SHEET-012", opened, at, message)


def _is_fold_mark(opened: OpenedSheets, at: int, group: Group) -> bool:
    """A thin line on the fold, at head or foot, clear of the words on either page."""
    left, bottom, right, top = group.box
    middle = opened.paper.width * POINTS_A_MM / 2
    is_line = all(mark.kind == c.FPDF_PAGEOBJ_PATH for mark in group.marks)
    pages = (opened.halves.get((at, is_left)) for is_left in (True, False))
    texts = [mark.box for page in pages if page for mark in page.group.marks if mark.text]
    beside = any(
        box[0] < right + CLEAR
        and left - CLEAR < box[2]
        and box[1] < top + CLEAR
        and bottom - CLEAR < box[3]
        for box in texts
    )
    return is_line and middle - 2 < left and right < middle + 2 and not beside


# ------------------------------------------------------------------------- full size


def scale(opened: OpenedSheets) -> Measure:
    """Require every page at exactly its own size, upright."""
    if not opened.parent:
        return unmeasured("scale of sheets", NO_PARENT)
    known = [place for place in opened.placed if place.number is not None]
    findings = [finding for place in known for finding in _scaled(opened, place)]
    found = sorted(factor for place in known for factor in place.scale)
    detail = f"{found[0]:.3f} to {found[-1]:.3f}" if found else "no page of the print"
    return measured("scale of sheets", findings, detail)


def _scaled(opened: OpenedSheets, place: Placed) -> Iterator[Finding]:
    worst = max(place.scale, key=lambda factor: abs(factor - 1))
    if abs(worst - 1) > SCALE_TOLERANCE:
        sizes = opened.expectation.edition.type
        body = sizes.body if sizes else 0
        message = (
            f"page {place.number} of the print is scaled to {worst:.3f};"
            f" {body:g} points are printed at {body * worst:.1f}."
        )
        yield on_sheet("SHEET-011", opened, place.at, message)
    elif not place.is_whole:
        message = f"page {place.number} of the print is turned or out of shape."
        yield on_sheet("SHEET-011", opened, place.at, message)


def letters(opened: OpenedSheets) -> Measure:
    """Hold all that is printed, the instructions too, to the smallest size of the edition."""
    sizes = opened.expectation.edition.type
    floor = sizes.floor if sizes else 0.0
    findings, smallest = list[Finding](), float("inf")
    for at, side in enumerate(opened.surfaces, start=1):
        texts = [mark for mark in side.marks if mark.text]
        least = min((mark.size for mark in texts), default=floor)
        smallest = min(smallest, least)
        if least < floor - SIZE_TOLERANCE:
            message = f"letters of {least:.1f} points; the least is {floor:g}."
            findings.append(on_sheet("SHEET-015", opened, at, message))
    return measured("letters on sheets", findings, f"smallest {smallest:.1f} pt")


# --------------------------------------------------------------------------- folded


def order(opened: OpenedSheets) -> Measure:
    """Fold the sheets as a person does and require the pages one after another."""
    if not opened.parent:
        return unmeasured("folded sheets", NO_PARENT)
    sheets = opened.sheets
    bundles = [[sheets[index] for index in bundle] for bundle in opened.bundles]
    pages = bound(bundles, from_right=opened.from_right)
    if sorted(pages, key=lambda page: page or 0) != list(range(1, len(opened.parent) + 1)):
        return unmeasured("folded sheets", "not every page is there once")
    findings = []
    wrong = next((i for i, page in enumerate(pages, start=1) if page != i), None)
    if wrong is not None:
        message = f"Folded, page {pages[wrong - 1]} stands where page {wrong} should."
        findings.append(in_sheets("SHEET-013", opened, message))
    most = LARGEST_BUNDLE if len(bundles) > 1 else MOST_SHEETS
    if wrong is None and any(len(bundle) > most for bundle in bundles):
        message = f"{max(map(len, bundles))} sheets are to be folded in one; {most} can be."
        findings.append(in_sheets("SHEET-013", opened, message))
    detail = f"reads 1 to {len(pages)}" if not findings else "out of order"
    counted = f"{len(bundles)} bundles" if len(bundles) > 1 else f"{len(sheets)} sheets in one"
    return measured("folded sheets", findings, f"{detail}; {counted}")


def disclaimer_outside(opened: OpenedSheets) -> Measure:
    """Require the whole disclaimer on the outside of the back, and nowhere else."""
    wanted = squeezed(opened.expectation.disclaimer_text)
    if not wanted:
        return unmeasured("disclaimer outside", "the words of the disclaimer are not known")
    outside = opened.outside_back
    findings = []
    if outside is None or wanted not in _words(outside):
        message = "The disclaimer does not stand on the outside of the back."
        findings.append(in_sheets("SHEET-014", opened, message))
    return measured("disclaimer outside", findings, "missing" if findings else "on the back cover")


def _words(place: Placed) -> str:
    return squeezed("".join(mark.text for mark in place.group.marks))


# ------------------------------------------------------------------------- at the fold


def at_the_fold(opened: OpenedSheets) -> Measure:
    """Require that pages move towards the fold evenly, sheet by sheet, and keep their margin."""
    if not opened.parent:
        return unmeasured("pages at the fold", NO_PARENT)
    known = [place for place in opened.placed if place.number is not None and place.is_whole]
    shifts = {id(place): _shift(opened, place) for place in known}
    steps = [_step(bundle, known, shifts) for bundle in opened.bundles]
    findings = [
        *(f for bundle in opened.bundles for f in _uneven(opened, bundle, known, shifts)),
        *_unmarked(opened),
    ]
    nearest = min((_gap(opened, place) for place in known), default=0.0)
    limits = _binding(opened)
    if nearest < limits - NEAR / POINTS_A_MM:
        message = f"Words come as near to the fold as {nearest:.1f} mm; {limits:g} mm are needed."
        findings.append(in_sheets("SHEET-019", opened, message))
    detail = f"{max(steps, default=0.0) / POINTS_A_MM:.2f} mm a sheet; words {nearest:.1f} mm away"
    return measured("pages at the fold", findings, detail)


def _shift(opened: OpenedSheets, place: Placed) -> float:
    """How far a page lies over the place where its edge would meet the fold."""
    if place.number is None:
        return 0.0
    middle = opened.paper.width * POINTS_A_MM / 2
    width = opened.parent[place.number - 1].width
    return place.across + width - middle if place.is_left else middle - place.across


def _step(bundle: range, known: list[Placed], shifts: dict[int, float]) -> float:
    """Return how much nearer to the fold the innermost sheet lies than the outermost, a sheet."""
    inner = [shifts[id(place)] for place in known if place.sheet == bundle[-1]]
    return inner[0] / (len(bundle) - 1) if inner and len(bundle) > 1 else 0.0


def _uneven(
    opened: OpenedSheets, bundle: range, known: list[Placed], shifts: dict[int, float]
) -> Iterator[Finding]:
    step = _step(bundle, known, shifts)
    if not -EVEN < step < MOST_CALIPER * POINTS_A_MM + EVEN:
        message = f"The pages of each sheet move by {step / POINTS_A_MM:.2f} mm."
        yield in_sheets("SHEET-019", opened, message)
        return
    for place in known:
        if place.sheet in bundle:
            wanted = step * (place.sheet - bundle[0])
            if abs(shifts[id(place)] - wanted) > EVEN:
                away = (shifts[id(place)] - wanted) / POINTS_A_MM
                message = f"page {place.number} lies {away:+.2f} mm beside its place at the fold."
                yield on_sheet("SHEET-019", opened, place.at, message)


def _unmarked(opened: OpenedSheets) -> Iterator[Finding]:
    """The inner side of each sheet shows where to fold, at head and foot; the outer does not."""
    for at, side in enumerate(opened.surfaces[GUIDE:], start=GUIDE + 1):
        marks = sum(len(group.marks) for group in side.groups if not group.is_form)
        wanted = 2 if (at - GUIDE) % 2 == 0 else 0
        if marks < wanted:
            yield on_sheet("SHEET-019", opened, at, "there is no mark to fold at.")


def _gap(opened: OpenedSheets, place: Placed) -> float:
    """Millimetres between the fold and the words of a page that are nearest to it."""
    middle = opened.paper.width * POINTS_A_MM / 2
    boxes = [mark.box for mark in place.group.marks if mark.text]
    gaps = [middle - box[2] if place.is_left else box[0] - middle for box in boxes]
    return min(gaps, default=middle) / POINTS_A_MM


def _binding(opened: OpenedSheets) -> float:
    paper = opened.expectation.edition.paper
    return paper.margin if paper else 0.0


CONCERNS: tuple[Callable[[OpenedSheets], Measure], ...] = (
    once,
    scale,
    letters,
    order,
    disclaimer_outside,
    at_the_fold,
)
