"""The bytes of an SVG picture enter; what makes it unsafe or unfit leaves as findings.

Only drawing elements pass: a picture that can run, load or hide something is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from booklet.findings import Finding, found
from booklet.model import Span
from booklet.readers.svg_cost import cost_findings, too_many, too_many_finding

MAX_DRAWING = 1_000_000
"""Bytes of a drawing: some 30,000 corners, more than a printer can show on a page."""

# Others are read in one way by one program and otherwise by the next, or by none.
_ENCODINGS = frozenset({None, "UTF-8", "utf-8", "US-ASCII", "us-ascii", "ASCII", "ascii"})
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

# SVG 2: containers, shapes, text and paint; no a, image, script, foreignObject, animation, filter.
_ELEMENTS = frozenset(
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon "
    "text tspan linearGradient radialGradient stop pattern clipPath mask marker style".split()
)


def svg_findings(data: bytes, path: str) -> tuple[Finding, ...]:
    """Return what is wrong with an SVG file. ``path`` names it in the findings."""
    if len(data) > MAX_DRAWING:
        message = f"The picture is larger than {MAX_DRAWING // 1000:,} kB."
        return (found("ASSET-010", Span(path), message),)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = Span(path, max(1, error.lineno or 1), max(1, error.offset or 1))
        return (found("ASSET-003", place, "The picture cannot be read from here on."),)
    except ValueError:
        return (found("ASSET-003", Span(path), "The picture cannot be read."),)
    if root.getroottree().docinfo.internalDTD is not None:
        return (found("ASSET-004", Span(path), "The picture begins with a DOCTYPE."),)
    if root.getroottree().docinfo.encoding not in _ENCODINGS:
        return (found("ASSET-003", Span(path), "The picture is not in UTF-8."),)
    if root.tag != f"{{{_SVG}}}svg":
        return (found("ASSET-003", Span(path), "The file is no SVG picture."),)
    if too_many(root):
        return (too_many_finding(path),)
    unsafe = (*_instructions(root, path), *_view_box(root, path), *_walk(root, path))
    return unsafe or tuple(cost_findings(root, path))


def _instructions(root: etree._Element, path: str) -> Iterator[Finding]:
    """Refuse processing instructions before the picture: they load style sheets."""
    for _instruction in root.itersiblings(etree.ProcessingInstruction, preceding=True):
        yield found("ASSET-006", Span(path), "The picture loads a style sheet of its own.")


def _view_box(root: etree._Element, path: str) -> Iterator[Finding]:
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _left, _top, width, height = map(float, numbers)
        fits = 0 < width < 1e6 and 0 < height < 1e6
    except ValueError:
        fits = False
    if not fits:
        message = "The picture does not say how large it is: it has no viewBox."
        yield found("ASSET-007", _place(root, path), message)


def _place(element: etree._Element, path: str) -> Span:
    # The stubs of the library know the line less well than the library does.
    line = cast("int | None", element.sourceline)
    return Span(path, line or 1)


def _walk(root: etree._Element, path: str) -> Iterator[Finding]:
    for program in root.iter(etree.ProcessingInstruction, etree.Entity):
        message = "The picture holds an instruction for a program."
        yield found("ASSET-005", _place(program, path), message)
    for element in root.iter(etree.Element):
        place = _place(element, path)
        name = etree.QName(element)
        if name.namespace != _SVG or name.localname not in _ELEMENTS:
            message = f"The picture holds <{name.localname}>, which is more than drawing."
            yield found("ASSET-005", place, message)
            continue
        yield from _attributes(element, place)
        # A comment inside the style could split the words that are looked for.
        if name.localname == "style" and (len(element) or _leads_out(element.text or "")):
            yield found("ASSET-006", place, "The style of the picture loads something else.")


def _attributes(element: etree._Element, place: Span) -> Iterator[Finding]:
    for key, value in element.attrib.items():
        name = etree.QName(key)
        label, text = name.localname.lower(), str(value)
        if name.namespace not in (None, _XLINK, _XML):
            message = f'The picture holds "{name.localname}", a note of the drawing program.'
            yield found("ASSET-005", place, message)
        elif label.startswith("on"):
            yield found("ASSET-005", place, f'The picture runs a program at "{label}".')
        elif label in ("href", "src", "base"):
            if not re.fullmatch(r"#[\w.\-]+", text.strip()):
                yield found("ASSET-006", place, "The picture points to something outside itself.")
        elif _leads_out(text):
            yield found("ASSET-006", place, f'"{label}" points to something outside the picture.')


def _leads_out(style: str) -> bool:
    """True when a style loads anything but a part of the picture itself."""
    # A backslash or a comment could hide the words looked for here; no drawing needs them.
    plain = style.lower()
    if "@import" in plain or "@font-face" in plain or "\\" in plain or "javascript:" in plain:
        return True
    plain = re.sub(r"/\*.*?\*/", "", plain, flags=re.DOTALL)
    targets = re.findall(r"url\(\s*['\"]?\s*([^)]*)", plain)
    loads = re.search(r"(image|image-set|cross-fade|src)\(", plain)
    return loads is not None or any(not target.startswith("#") for target in targets)
