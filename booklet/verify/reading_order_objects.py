"""A page of PDFium in, each printed object with the marks around it out, forms opened."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

DEEPEST = 32
"""Forms inside forms beyond this depth are not followed; PDFium itself stops near 30."""
_UTF16 = b"\xfe\xff"
"""What a PDF text string begins with that is no PDFDocEncoding (ISO 32000-1, 7.9.2.2)."""


@dataclass(frozen=True, slots=True)
class Printable:
    """One printed object. ``mcid`` is -1 without a mark; ``words`` stand in for its letters."""

    address: int
    mcid: int
    is_artifact: bool
    is_text: bool
    words: str | None


def printables(page: Any) -> Iterator[Printable]:
    """Yield what a page prints, in the order in which it is printed."""
    for position in range(c.FPDFPage_CountObjects(page)):
        yield from _inside(c.FPDFPage_GetObject(page, position), -1, is_artifact=False, depth=0)


def _inside(handle: Any, mcid: int, *, is_artifact: bool, depth: int) -> Iterator[Printable]:
    """What a form holds belongs to the mark around the form."""
    if mcid < 0:
        mcid = c.FPDFPageObj_GetMarkedContentID(handle)
    marks = tuple(_marks(handle))
    is_artifact = is_artifact or any(_name(mark) == "Artifact" for mark in marks)
    kind = c.FPDFPageObj_GetType(handle)
    if kind != c.FPDF_PAGEOBJ_FORM:
        words = next((w for mark in marks if (w := _actual_text(mark)) is not None), None)
        address = ctypes.addressof(handle.contents)
        yield Printable(address, mcid, is_artifact, kind == c.FPDF_PAGEOBJ_TEXT, words)
    elif depth < DEEPEST:
        for position in range(c.FPDFFormObj_CountObjects(handle)):
            kid = c.FPDFFormObj_GetObject(handle, position)
            yield from _inside(kid, mcid, is_artifact=is_artifact, depth=depth + 1)


def _marks(handle: Any) -> Iterator[Any]:
    for index in range(c.FPDFPageObj_CountMarks(handle)):
        yield c.FPDFPageObj_GetMark(handle, index)


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (c.FPDF_WCHAR * 32)()
    c.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", "replace")


def _actual_text(mark: Any) -> str | None:
    """The words that stand in for what a mark holds (ISO 32000-1, 14.9.4)."""
    size = ctypes.c_ulong()
    if not c.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, size):
        return None
    buffer = (ctypes.c_ubyte * size.value)()
    c.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, size.value, size)
    data = bytes(buffer)
    if data.startswith(_UTF16):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("latin-1")
