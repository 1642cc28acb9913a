"""A parsed SVG picture of safe elements enters; what cannot be drawn soon leaves as findings.

A small file can ask for endless work: a part that shows a part that shows a part, a marker at
each of a million corners, a number beyond all reckoning. All of it is counted before any is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import cssselect2  # type: ignore[import-untyped]  # it ships no types
import tinycss2  # type: ignore[import-untyped]  # as above
from lxml import etree

from booklet.findings import Finding, found
from booklet.model import Span

MAX_SHAPES = 10_000
"""Elements to draw, each counted as often as it is shown."""
MAX_DEPTH = 40
"""Groups inside one another."""
MAX_NUMBER = 1e6
"""The largest number in an attribute or a style, as for the viewBox."""
MAX_LETTERS = 3_000
"""Letters of all words in a drawing: two pages of large print."""
MAX_STYLE = 10_000
"""Characters of all style sheets together; a rule is tried on every element."""
SEE_THROUGH = 14
"""Shapes that one fill counts as that fades to see-through: so much longer does it take to draw."""
MAX_SELECTOR = 200
"""Characters of what stands before one ``{`` in a style."""

_WORDS = frozenset("id class lang space label title role desc font-family href".split())
_COLOUR = re.compile(r"#[0-9a-fA-F]+")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_BEYOND = re.compile(r"\b(?:nan|inf|infinity)\b", re.IGNORECASE)
_TARGET = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)|^\s*#(\S+)\s*$")
_LENGTHS = frozenset(
    "x y dx dy rotate x1 y1 x2 y2 cx cy r rx ry fx fy fr width height textLength offset refX "
    "markerWidth markerHeight stroke-width stroke-dashoffset opacity fill-opacity "
    "stroke-opacity stop-opacity stroke-miterlimit pathLength".split()
)
_SIGNED = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_LENGTH = (
    rf"(?:{_SIGNED}(?:px|pt|pc|mm|cm|in|em|ex|rem|%)?|auto|inherit|none|top|center|left|right)"
)
_LENGTH_LIST = re.compile(rf"\s*{_LENGTH}(?:(?:\s*,\s*|\s+){_LENGTH})*\s*")
_BOX = re.compile(rf"\s*{_SIGNED}(?:(?:\s*,\s*|\s+){_SIGNED}){{3}}\s*")
# Half-transparent: an opacity that is not 1, or a colour with a part for it.
_FADING = re.compile(
    r"opacity(?!\s*:\s*\+?1(?:\.0*)?\s*(?:[;}!]|$))|rgba|hsla|transparent"
    r"|#(?:[0-9a-f]{8}|[0-9a-f]{4})\b|/",
    re.IGNORECASE,
)
_CHOOSY = re.compile(r":(?:has|is|not|where|nth-[a-z-]+)\(", re.IGNORECASE)


def cost_findings(root: etree._Element, path: str) -> Iterator[Finding]:
    """Yield at most one finding of each kind, at the first place that shows it."""
    for kind in (_numbers, _lengths, _letters, _styles, _gradients, _depth, _shapes):
        for line, message in kind(root):
            yield found("ASSET-010", Span(path, line or 1), message)
            break


def too_many(root: etree._Element) -> bool:
    """True when there are more elements than may be drawn, so that no other look is worth it."""
    return any(number >= MAX_SHAPES for number, _element in enumerate(root.iter(etree.Element)))


def too_many_finding(path: str) -> Finding:
    """Return the finding for a picture of too many elements."""
    return found("ASSET-010", Span(path), f"The picture has more than {MAX_SHAPES:,} shapes.")


Told = Iterator[tuple[int, str]]


def _numbers(root: etree._Element) -> Told:
    for element in root.iter(etree.Element):
        texts = [str(v) for k, v in element.attrib.items() if _name(str(k)) not in _WORDS]
        if etree.QName(element).localname == "style":
            texts.append(element.text or "")
        for text in texts:
            plain = _COLOUR.sub(" ", text)
            if _BEYOND.search(plain) or any(_is_huge(n) for n in _NUMBER.findall(plain)):
                yield _line(element), f"A number here is larger than {MAX_NUMBER:,.0f}."


def _is_huge(number: str) -> bool:
    # A number of this many digits would itself be work to read; none is needed to draw.
    return len(number) > 40 or float(number) > MAX_NUMBER


def _styles(root: etree._Element) -> Told:
    sheets = [e for e in root.iter(etree.Element) if etree.QName(e).localname == "style"]
    size = sum(len(sheet.text or "") for sheet in sheets)
    for sheet in sheets:
        if size > MAX_STYLE:
            yield _line(sheet), f"The styles are longer than {MAX_STYLE:,} characters."
        for rule in tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True):
            if rule.type != "whitespace" and not _is_plain(rule):
                yield _line(sheet), "The style is damaged, or asks more than what a shape is."


def _is_plain(rule: Any) -> bool:
    """True for a rule of the style that can be read and is soon tried on a shape."""
    if rule.type != "qualified-rule":
        return False
    selector = tinycss2.serialize(rule.prelude)
    if len(selector) > MAX_SELECTOR or _CHOOSY.search(selector):
        return False
    try:
        return bool(cssselect2.compile_selector_list(rule.prelude))
    except cssselect2.SelectorError:
        return False


def _gradients(root: etree._Element) -> Told:
    for element in root.iter(etree.Element):
        if element.get("spreadMethod", "pad").strip() != "pad":
            yield _line(element), "A gradient here repeats itself without end."


def _lengths(root: etree._Element) -> Told:
    for element in root.iter(etree.Element):
        for key in sorted(_LENGTHS & set(map(str, element.attrib))):
            if not _LENGTH_LIST.fullmatch(str(element.get(key))):
                yield _line(element), f'"{key}" must be a number here.'
        if "viewBox" in element.attrib and not _BOX.fullmatch(str(element.get("viewBox"))):
            yield _line(element), "The viewBox must be four numbers."


def _letters(root: etree._Element) -> Told:
    letters = 0
    for element in root.iter(*(f"{{*}}{name}" for name in ("text", "tspan"))):
        letters += len(element.text or "") + len(element.tail or "")
        if letters > MAX_LETTERS:
            yield _line(element), f"The words have more than {MAX_LETTERS:,} letters."


def _depth(root: etree._Element) -> Told:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            yield _line(element), f"More than {MAX_DEPTH} groups stand inside one another."


def _shapes(root: etree._Element) -> Told:
    counter = _Counter(root)
    try:
        shapes = counter.count(root)
    except _RoundError as error:
        yield _line(error.element), "Parts of the picture show one another without end."
        return
    if shapes > MAX_SHAPES:
        message = f"With all that it repeats the picture has more than {MAX_SHAPES:,} shapes."
        yield _line(counter.dearest(root)), message


class _RoundError(Exception):
    """A part shows itself, by way of others or at once."""

    def __init__(self, element: etree._Element) -> None:
        super().__init__()
        self.element = element


@dataclass
class _Counter:
    """Counts what is drawn for an element: itself, what it holds and what it points to."""

    root: etree._Element
    known: dict[etree._Element, int] = field(default_factory=dict)
    open: set[etree._Element] = field(default_factory=set)
    parts: dict[str, list[etree._Element]] = field(init=False)
    common: tuple[str, ...] = field(init=False)
    fades: bool = field(init=False)

    def __post_init__(self) -> None:
        elements = [*self.root.iter(etree.Element)]
        # Of two with one id some programs show the first and some the second: both are counted.
        self.parts = {}
        for element in elements:
            if element.get("id"):
                self.parts.setdefault(str(element.get("id")), []).append(element)
        sheets = [e.text or "" for e in elements if etree.QName(e).localname == "style"]
        self.common = tuple(_targets(sheets))
        # A style may mean any stop of any gradient.
        self.fades = any(_FADING.search(sheet) for sheet in sheets)

    def count(self, element: etree._Element) -> int:
        """Return how many shapes are drawn. Raises _RoundError when there is no end to it."""
        if element in self.known:
            return self.known[element]
        if element in self.open or len(self.open) > MAX_DEPTH * 4:
            raise _RoundError(element)
        self.open.add(element)
        total = SEE_THROUGH if self._is_fading(element) else 1
        total += sum(self.count(child) for child in element.iterchildren(etree.Element))
        for name in (*_targets(map(str, element.attrib.values())), *self._styled(element)):
            for part in self.parts.get(name, ()):
                total += self.count(part) * self._times(element)
        self.open.remove(element)
        self.known[element] = min(total, MAX_SHAPES * 1000)
        return self.known[element]

    def _is_fading(self, element: etree._Element) -> bool:
        """True for a stop of a gradient that can be seen through, and for a mask."""
        name = etree.QName(element).localname
        return name == "mask" or (name == "stop" and (self.fades or _fades(element)))

    def dearest(self, element: etree._Element) -> etree._Element:
        """Return the first element whose own part in the count is already too much."""
        for child in element.iter(etree.Element):
            if child is not element and self.known.get(child, 0) > MAX_SHAPES:
                return child
        return element

    def _styled(self, element: etree._Element) -> tuple[str, ...]:
        """Return what the style sheets point to: they may mean any element that is drawn."""
        shapes = ("path", "line", "polyline", "polygon", "rect", "circle", "ellipse", "text", "use")
        return self.common if etree.QName(element).localname in shapes else ()

    def _times(self, element: etree._Element) -> int:
        """Return how often a marker is drawn on a line: once at each corner."""
        line = f"{element.get('d') or ''} {element.get('points') or ''}"
        return max(1, len(_NUMBER.findall(line)) // 2) if self._is_marked(element) else 1

    def _is_marked(self, element: etree._Element) -> bool:
        return bool(self.common) or any(
            "marker" in str(k) + str(v) for k, v in element.attrib.items()
        )


def _fades(stop: etree._Element) -> bool:
    opacity = re.fullmatch(r"\s*\+?1(?:\.0*)?\s*", stop.get("stop-opacity", "1"))
    words = f"{stop.get('stop-color', '')};{stop.get('style', '')}"
    return opacity is None or bool(_FADING.search(words))


def _targets(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for match in _TARGET.finditer(text):
            yield match[1] or match[2]


def _name(key: str) -> str:
    name = key.rpartition("}")[2].lower()
    return "label" if name.startswith("aria-") else name


def _line(element: etree._Element) -> int:
    # The stubs of the library know the line less well than the library does.
    return cast("int | None", element.sourceline) or 1
