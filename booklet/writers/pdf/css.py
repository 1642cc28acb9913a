"""An edition row in, the CSS that states it out: no size is written down a second time."""

from __future__ import annotations

from collections.abc import Mapping

from booklet.colour import palette, parsed
from booklet.editions import CELL_BORDER, CELL_PADDING, Edition, Margins, Type
from booklet.model import Clinic, Direction
from booklet.writers.pdf.fitting import Fitted
from booklet.writers.pdf.fonts import faces_for

# Of a heading with several lines: a little closer than text, so that they are seen as one.
_HEADING = 1.35
# Gaps, rules and boxes are drawn for 18 points of type and grow and shrink with it.
_DRAWN_FOR = 18


def font_css(points: frozenset[int]) -> str:
    """Return the fonts that show these code points."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f' src: url("fonts/{face.id}") }}\n'
        for face in faces_for(points)
    )


def edition_css(edition: Edition, direction: Direction, points: frozenset[int]) -> str:
    """Return the page boxes and custom properties of an edition.

    ``points`` are the code points that the fonts must show.
    Raises ValueError when the row has no paper or no type sizes.
    """
    paper, sizes, faces = edition.paper, edition.type, faces_for(points)
    if paper is None or sizes is None:
        raise ValueError(f"edition {edition.id} is not for print")
    inner = edition.margin + edition.binding
    # A right-hand page is bound at its left edge, whatever the script's direction.
    pages = (
        f"@page {{ size: {paper.width}mm {paper.height}mm;"
        f" margin: {edition.block_margin}mm {edition.margin:g}mm }}\n"
        f"@page :right {{ margin-left: {inner:g}mm }}\n"
        f"@page :left {{ margin-right: {inner:g}mm }}\n"
    )
    line = sizes.body * sizes.leading
    unit = sizes.body / _DRAWN_FOR
    properties = {
        "body": f"{sizes.body}pt",
        "floor": f"{sizes.floor}pt",
        "h1": f"{sizes.h1}pt",
        "h2": f"{sizes.h2}pt",
        "h3": f"{sizes.h3}pt",
        "pt": f"{unit:g}pt",
        "cell-padding": f"{CELL_PADDING * unit:g}pt",
        "cell-border": f"{CELL_BORDER * unit:g}pt",
        "leading": f"{sizes.leading}",
        "heading-leading": f"{max(sizes.leading_floor, min(sizes.leading, _HEADING)):g}",
        "line": f"{line}pt",
        "half-line": f"{line / 2}pt",
        "page-height": f"{paper.height}mm",
        "page-width": f"{paper.width}mm",
        "margin": f"{edition.margin:g}mm",
        "inner-margin": f"{inner:g}mm",
        "block-margin": f"{edition.block_margin:g}mm",
        "foot": f"{edition.foot:g}mm",
        "families": ", ".join(dict.fromkeys(f'"{face.family}"' for face in faces)),
        "direction": direction,
    }
    return f"{pages}{_root(properties)}"


def fitted_css(fitted: Fitted, edition: Edition) -> str:
    """Return how the pages are set that must fit. Raises ValueError when the row has no sizes."""
    if edition.type is None:
        raise ValueError(f"edition {edition.id} is not for print")
    return _last_page(fitted.last.margins, edition.binding) + _root(_fitted(fitted, edition.type))


def _root(properties: Mapping[str, str]) -> str:
    stated = "".join(f"  --{name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{stated}}}\n"


def accent_css(clinic: Clinic | None, edition: Edition) -> str:
    """Return the colours of a clinic that has one of its own, else nothing.

    All of it hangs on the custom properties of ``base.css``; red keeps its meaning everywhere.
    """
    if clinic is None or clinic.accent is None or edition.limits is None:
        return ""
    own = palette(parsed(clinic.accent), edition.limits.contrast)
    return f":root {{ --accent: {own.accent}; --band: {own.band}; --rule: {own.rule} }}\n"


def _fitted(fitted: Fitted, sizes: Type) -> dict[str, str]:
    last, emergency = fitted.last, fitted.emergency
    return {
        "disclaimer-line": f"{sizes.floor * last.leading}pt",
        "cover": f"{fitted.cover or sizes.cover:g}pt",
        "emergency-leading": f"{emergency.leading:g}",
        "emergency-gap": f"{emergency.gap * sizes.body / _DRAWN_FOR:g}pt",
        "emergency-next": "page" if emergency.is_whole else "auto",
        "emergency-next-gap": "0" if emergency.is_whole else f"{sizes.body * 2:g}pt",
    }


def _last_page(margins: Margins, binding: float) -> str:
    """Return the page box of the disclaimer, which a style gives to its part by name."""
    side, inner = f"{margins.side:g}mm", f"{margins.side + binding:g}mm"
    head, foot, gap = (f"{size:g}mm" for size in (margins.head, margins.foot, margins.gap))
    return (
        f"@page disclaimer {{ margin: {head} {side} {foot} }}\n"
        f"@page disclaimer:right {{ margin-left: {inner};"
        f" @bottom-right {{ padding-top: {gap} }} }}\n"
        f"@page disclaimer:left {{ margin-right: {inner};"
        f" @bottom-left {{ padding-top: {gap} }} }}\n"
    )
