"""PDF bytes in, what each page prints out: the words and places of marked content, and the rest.

PDFium is the eye: it is what Chrome and Edge read aloud with, and it puts right-to-left lines into
the order in which they are read. Spaces are those of the file: none is guessed from a gap or from
a line's end, for a tagged PDF must hold every one (ISO 32000-1, 14.8.2.5).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from booklet.verify.reading_order import LINE_END

HYPHENS = "\x02\ufffe"
"""What PDFium puts for a hyphen at a line's end."""
Place = tuple[int, int]
"""1-based page and marked-content identifier."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a letter stands: page, its left and right edge, its baseline and size, in points."""

    page: int
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Ink:
    """The words of one marked content, with the places of its first and last letter, if any."""

    text: str
    first: Spot | None = None
    last: Spot | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """Something printed outside of all marks: its words, or none for a drawing."""

    page: int
    words: str


@dataclass(slots=True)
class Printed:
    """All that the pages print. ``marked`` are the contents with an identifier that print anything.

    ``untagged`` is neither marked nor an artifact; ``artifacts`` are the words of page furniture.
    """

    inks: dict[Place, Ink] = field(default_factory=dict)
    marked: set[Place] = field(default_factory=set)
    untagged: list[Stray] = field(default_factory=list)
    artifacts: list[Stray] = field(default_factory=list)


def read_ink(data: bytes) -> Printed:
    """Read every page. Raises pypdfium2.PdfiumError when PDFium cannot open the bytes."""
    document = pdfium.PdfDocument(data)
    printed = Printed()
    try:
        for index in range(len(document)):
            _read_page(document[index], index + 1, printed)
    finally:
        document.close()
    return printed


def _read_page(page: Any, number: int, printed: Printed) -> None:
    owners: dict[int, int] = {}
    furniture: set[int] = set()
    texts: set[Place] = set()
    for handle, mcid, is_artifact in _objects(page):
        address = ctypes.addressof(handle.contents)
        if mcid >= 0:
            owners[address] = mcid
            printed.marked.add((number, mcid))
            if c.FPDFPageObj_GetType(handle) == c.FPDF_PAGEOBJ_TEXT:
                texts.add((number, mcid))
        elif is_artifact:
            furniture.add(address)
        elif c.FPDFPageObj_GetType(handle) != c.FPDF_PAGEOBJ_TEXT:
            printed.untagged.append(Stray(number, ""))
    for run in _runs(page.get_textpage(), number):
        if run.owner in owners:
            place = (number, owners[run.owner])
            printed.inks[place] = _joined(printed.inks.get(place), run)
        else:
            strays = printed.artifacts if run.owner in furniture else printed.untagged
            strays.append(Stray(number, run.text))
    # PDFium lists no letters for text that is nothing but spaces.
    for place in texts - set(printed.inks):
        printed.inks[place] = Ink(" ")


DEEPEST = 32
"""Forms inside forms beyond this depth are not followed; PDFium itself stops near 30."""


def _objects(page: Any) -> Iterator[tuple[Any, int, bool]]:
    """Yield each printed object with its identifier (or -1) and whether it is an artifact."""
    for position in range(c.FPDFPage_CountObjects(page)):
        yield from _inside(c.FPDFPage_GetObject(page, position), -1, is_artifact=False, depth=0)


def _inside(
    handle: Any, mcid: int, *, is_artifact: bool, depth: int
) -> Iterator[tuple[Any, int, bool]]:
    """What a form holds belongs to the mark around the form."""
    if mcid < 0:
        mcid = c.FPDFPageObj_GetMarkedContentID(handle)
    is_artifact = is_artifact or _is_artifact(handle)
    if c.FPDFPageObj_GetType(handle) != c.FPDF_PAGEOBJ_FORM:
        yield handle, mcid, is_artifact
    elif depth < DEEPEST:
        for position in range(c.FPDFFormObj_CountObjects(handle)):
            kid = c.FPDFFormObj_GetObject(handle, position)
            yield from _inside(kid, mcid, is_artifact=is_artifact, depth=depth + 1)


def _is_artifact(handle: Any) -> bool:
    names = (
        _mark_name(c.FPDFPageObj_GetMark(handle, index))
        for index in range(c.FPDFPageObj_CountMarks(handle))
    )
    return "Artifact" in names


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (c.FPDF_WCHAR * 32)()
    c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one text object that follow one another."""

    owner: int
    text: str
    first: Spot
    last: Spot


def _runs(textpage: Any, page: int) -> Iterator[_Run]:
    """Group the letters by their objects; letters that PDFium made up itself have none."""
    owner, start, text = 0, 0, ""
    for index in range(textpage.count_chars()):
        handle = c.FPDFText_GetTextObject(textpage, index)
        address = ctypes.addressof(handle.contents) if handle else 0
        if address != owner:
            if text:
                spots = (_spot(textpage, at, page) for at in (start, index - 1))
                yield _Run(owner, text, *spots)
            owner, start, text = address, index, ""
        if address:
            char = chr(c.FPDFText_GetUnicode(textpage, index))
            text += "-" if char in HYPHENS else char
    if text:
        last = textpage.count_chars() - 1
        yield _Run(owner, text, _spot(textpage, start, page), _spot(textpage, last, page))


def _spot(textpage: Any, index: int, page: int) -> Spot:
    box = c.FS_RECTF()
    c.FPDFText_GetLooseCharBox(textpage, index, box)
    x, y = ctypes.c_double(), ctypes.c_double()
    c.FPDFText_GetCharOrigin(textpage, index, x, y)
    size = c.FPDFText_GetFontSize(textpage, index)
    return Spot(page, box.left, box.right, y.value, abs(size))


# --------------------------------------------------- words that stand side by side

_SAME_LINE = 0.5
"""Baselines nearer than this many ems belong to one line."""


def between(before: Spot | None, after: Spot | None) -> str:
    """Return a mark for a line's end where two letters stand on different lines."""
    if before is None or after is None:
        return ""
    em = max(before.size, after.size)
    is_near = abs(before.baseline - after.baseline) <= _SAME_LINE * em
    return "" if is_near and before.page == after.page else LINE_END


def _joined(before: Ink | None, run: _Run) -> Ink:
    if before is None:
        return Ink(run.text, run.first, run.last)
    text = f"{before.text}{between(before.last, run.first)}{run.text}"
    return Ink(text, before.first, run.last)
