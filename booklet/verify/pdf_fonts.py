"""The fonts of a finished PDF in, findings about foreign or missing ones out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

from booklet.findings import Finding
from booklet.verify.pdf_concern import Measure, Opened, in_file, measured

ALLOWED = ("Atkinson Hyperlegible", "Noto Sans")
"""The booklet's own families, as the fonts name themselves: Atkinson Hyperlegible for Latin,
Noto Sans (with all its scripts) for the rest."""
SUBSET = re.compile(r"^[A-Z]{6}\+")
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
FAMILY = 1
"""The entry of a font's own name table that holds the family (OpenType, table 'name')."""


def fonts(opened: Opened) -> Measure:
    """Require that all fonts are embedded and are the booklet's own."""
    findings: list[Finding] = []
    names: set[str] = set()
    for font in _fonts(opened):
        program = _program(font)
        name = _account(program).family or _given_name(font)
        names.add(name)
        if program is None and font.get("/Subtype") != "/Type3":
            message = f"The font {name} is not embedded in the file."
            findings.append(in_file("PDF-020", opened, message))
        elif not name.startswith(ALLOWED):
            message = f"The font {name} is not one of the booklet's fonts."
            findings.append(in_file("PDF-021", opened, message))
    return measured("fonts", findings, ", ".join(sorted(names)) or "no fonts")


def weights(opened: Opened) -> dict[str, int]:
    """Return how heavy each font is by its own account, by the name that the file gives it.

    400 is regular and 700 bold (OpenType, table 'OS/2'); a font that does not say is left out.
    """
    found = (
        (str(font.get("/BaseFont", "/"))[1:], _account(_program(font)).weight)
        for font in _fonts(opened)
    )
    return {name: weight for name, weight in found if weight is not None}


def _fonts(opened: Opened) -> list[pikepdf.Dictionary]:
    """Return the simple fonts and the descendants of composite ones, wherever they are used."""
    return [
        held.item
        for held in opened.held
        if not held.is_stream
        and "/Type" in held.keys
        and held.item["/Type"] == "/Font"
        and held.item.get("/Subtype") != "/Type0"
    ]


def _program(font: pikepdf.Dictionary) -> pikepdf.Stream | None:
    descriptor = font.get("/FontDescriptor")
    if not isinstance(descriptor, pikepdf.Dictionary):
        return None
    streams = (descriptor.get(key) for key in PROGRAMS)
    return next((stream for stream in streams if isinstance(stream, pikepdf.Stream)), None)


@dataclass(frozen=True, slots=True)
class _Account:
    """What a font program says of itself: its family and how heavy it is."""

    family: str = ""
    weight: int | None = None


def _account(program: pikepdf.Stream | None) -> _Account:
    """Read a font program; one that cannot be read says nothing.

    The name in the PDF comes from the style sheet, which may call any font anything.
    """
    if program is None:
        return _Account()
    try:
        with TTFont(io.BytesIO(program.read_bytes()), lazy=True) as font:
            family = str(font["name"].getDebugName(FAMILY) or "") if "name" in font else ""
            weight = int(font["OS/2"].usWeightClass) if "OS/2" in font else None
            return _Account(family, weight)
    except (TTLibError, pikepdf.PdfError, ValueError, KeyError, AssertionError):
        return _Account()


def _given_name(font: pikepdf.Dictionary) -> str:
    name = str(font.get("/BaseFont", font.get("/Name", "/without a name"))).removeprefix("/")
    return SUBSET.sub("", name)
