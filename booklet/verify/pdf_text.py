"""Measured pages in, findings about the size and contrast of their text out."""

from __future__ import annotations

import math
from collections import defaultdict

import pikepdf

from booklet.findings import Finding
from booklet.verify.pdf_actual_text import has_false_words
from booklet.verify.pdf_concern import Held, Measure, Opened, in_file, measured, on_page
from booklet.verify.pdf_page import Page, excerpt

SIZE_TOLERANCE = 0.05
"""Points. Sizes reach the file as pixels with six decimals and are read back as 32-bit floats;
what rounding can do to 18 pt is below 0.001 pt, and 0.05 pt is far below what an eye can see."""
CONTRAST_TOLERANCE = 0.05
"""Colours reach a rendered page in 8-bit steps: one step of a channel changes a ratio near 7 by
up to 0.05."""


def glyph_sizes(opened: Opened) -> Measure:
    """Hold every letter to the edition's floor, as it comes out after all scaling."""
    floor = opened.expectation.edition.type
    if floor is None:
        return measured("glyph sizes", (), "this edition promises no size")
    findings = [finding for page in opened.pages for finding in _small(opened, page, floor.floor)]
    sizes = [run.size for page in opened.pages for run in page.runs if not run.is_blank]
    letters = sum(not g.is_space for page in opened.pages for g in page.glyphs)
    detail = f"smallest {min(sizes, default=0.0):.1f} pt of {letters:,} glyphs"
    return measured("glyph sizes", findings, detail)


def _small(opened: Opened, page: Page, floor: float) -> list[Finding]:
    by_size: dict[float, list[int]] = defaultdict(list)
    for run in page.runs:
        if not run.is_blank and run.size < floor - SIZE_TOLERANCE:
            by_size[round(run.size, 1)].append(run.index)
    return [
        on_page(
            "PDF-001",
            opened,
            page.number,
            f"{excerpt(page.words_of(frozenset(runs)))} is {size:g} pt in size; "
            f"nothing may be smaller than {floor:g} pt. "
            f"Make it {math.ceil(floor / size * 20) / 20:.2f} times as large.",
        )
        for size, runs in sorted(by_size.items())
    ]


def contrasts(opened: Opened) -> Measure:
    """Hold every word to the edition's contrast, measured on the rendered page."""
    limits = opened.expectation.edition.limits
    least = limits.contrast if limits else 1.0
    findings = [finding for page in opened.pages for finding in _pale(opened, page, least)]
    ratios = [piece.contrast for page in opened.pages for piece in page.pieces]
    detail = f"lowest {min(ratios, default=0.0):.1f}:1 of {len(ratios):,} words"
    return measured("contrast", findings, detail)


def _pale(opened: Opened, page: Page, least: float) -> list[Finding]:
    groups: dict[float, list[str]] = defaultdict(list)
    for piece in page.pieces:
        if piece.contrast < least - CONTRAST_TOLERANCE:
            groups[round(piece.contrast, 1)].append(piece.text)
    return [
        on_page("PDF-003", opened, page.number, f"{excerpt(' '.join(words))} cannot be seen.")
        if ratio == 0
        else on_page(
            "PDF-002",
            opened,
            page.number,
            f"{excerpt(' '.join(words))} has a contrast of {ratio:.1f}:1 with what is behind it; "
            f"{least:g}:1 is needed.",
        )
        for ratio, words in sorted(groups.items())
    ]


# -------------------------------------------- text out of reach, and other than it looks

TEXT_OPERATORS = "Tj TJ ' \""


def hidden_places(opened: Opened) -> Measure:
    """Refuse text in background patterns, masks and annotations: no page object shows it."""
    findings = [
        in_file("PDF-004", opened, f"There is text in {place}.")
        for place, stream in _side_streams(opened.held)
        if _holds_text(stream, frozenset())
    ]
    return measured("text out of reach", findings, "backgrounds, masks and annotations searched")


def replaced_words(opened: Opened) -> Measure:
    """Refuse words that stand in for the printed ones: all that we read here would be theirs."""
    places = {
        "a page": has_false_words(opened.data, tuple(map(_content, opened.pdf.pages))),
        "the structure": any(
            "/ActualText" in held.keys for held in opened.held if not held.is_stream
        ),
    }
    findings = [
        in_file("PDF-005", opened, f"In {place}, other words stand behind the printed ones.")
        for place, replaced in places.items()
        if replaced
    ]
    return measured("words as printed", findings, "no words stand behind others")


def _content(page: pikepdf.Page) -> bytes:
    """Return what a page and the forms on it draw."""
    streams = [page.obj.get("/Contents", pikepdf.Array())]
    if isinstance(streams[0], pikepdf.Array):
        streams = list(streams[0])
    streams += _values(_values_at(page.obj, "/Resources", "/XObject"))
    return b"\n".join(
        stream.read_bytes()
        for stream in streams
        if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") != "/Image"
    )


def _side_streams(objects: tuple[Held, ...]) -> list[tuple[str, pikepdf.Stream]]:
    streams: list[tuple[str, pikepdf.Stream]] = []
    for held in objects:
        item, keys = held.item, held.keys
        if held.is_stream:
            if "/PatternType" in keys and item["/PatternType"] == 1:
                streams.append(("a repeated background", item))
            continue
        if {"/S", "/G"} <= keys and item["/S"] in ("/Alpha", "/Luminosity"):
            masks = (item["/G"],)
            streams += [("a mask", mask) for mask in masks if isinstance(mask, pikepdf.Stream)]
        if "/AP" in keys:
            streams += [("an annotation", stream) for stream in _appearances(item["/AP"])]
    return streams


def _appearances(states: pikepdf.Object) -> list[pikepdf.Stream]:
    if not isinstance(states, pikepdf.Dictionary):
        return []
    found = list(states.values())
    found += [v for s in found if not isinstance(s, pikepdf.Stream) for v in _values(s)]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _values(item: pikepdf.Object) -> list[pikepdf.Object]:
    return list(item.values()) if isinstance(item, pikepdf.Dictionary) else []


def _holds_text(stream: pikepdf.Stream, above: frozenset[tuple[int, int]]) -> bool:
    """True when the stream or a form that it can draw shows text; loops are cut."""
    if stream.objgen in above:
        return False
    if pikepdf.parse_content_stream(stream, TEXT_OPERATORS):
        return True
    forms = _values(_values_at(stream, "/Resources", "/XObject"))
    return any(
        _holds_text(form, above | {stream.objgen})
        for form in forms
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form"
    )


def _values_at(item: pikepdf.Object, *keys: str) -> pikepdf.Object:
    for key in keys:
        item = item.get(key, pikepdf.Dictionary())
    return item
