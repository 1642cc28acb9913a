"""An opened book in, findings about its styles out: the reader's own settings must win."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import cssselect2  # type: ignore[import-untyped]  # it ships no types
import tinycss2  # type: ignore[import-untyped]  # it ships no types
from lxml import etree
from tinycss2.color4 import parse_color  # type: ignore[import-untyped]  # it ships no types

from booklet.findings import Finding
from booklet.verify.epub_book import XHTML, Book, target
from booklet.verify.epub_concern import Measure, in_part, measured

_SHEETS = 8
"""Style sheets that are remembered, parsed."""
_FIXED_UNITS = frozenset({"px", "pt", "pc", "mm", "cm", "in", "q"})
_OWN_COLOURS = frozenset({"inherit", "currentcolor", "initial", "unset", "transparent", "none"})
_COLOURS = frozenset({"color", "background-color", "background"})
_LARGE_ENOUGH = frozenset({"inherit", "initial", "unset", "medium", "large", "larger", "x-large"})
_PLAIN = {
    "display": {"block", "inline", "list-item", "flow-root"},
    "visibility": {"visible"},
    "opacity": {"1", "100%"},
    "position": {"static", "relative"},
    "clip": {"auto"},
    "clip-path": {"none"},
    "transform": {"none"},
    "filter": {"none"},
    "content-visibility": {"visible"},
    "height": {"auto"},
    "max-height": {"none"},
    "width": {"auto", "100%"},
    "max-width": {"none", "100%"},
    "zoom": {"1", "100%"},
    "color": _OWN_COLOURS - {"transparent"},
}
# What keeps these properties from hiding anything, besides the CSS-wide keywords.
_WIDE = frozenset({"inherit", "initial", "unset"})
_RELATIVE_SIZE = re.compile(r"(\d*\.?\d+)(r?em|%)")
# In letters: a column that holds 40 of them, the least that large print aims at (APH).
_READABLE_WIDTH = 20.0


def styles(book: Book) -> Measure:
    """No print styles, no fixed sizes, no colours forced on text, nothing fetched from outside."""
    sheets = [item.path for item in book.items if item.media_type == "text/css"]
    findings = [finding for path in sheets for finding in _sheet(book, path)]
    return measured("e-book styles", findings, f"{len(sheets)} style sheets")


def _sheet(book: Book, path: str) -> Iterator[Finding]:
    text = book.files.get(path, b"").decode("utf-8", "replace")
    for rule in _parsed(text):
        if rule.type == "error" or (rule.type == "at-rule" and rule.lower_at_keyword == "page"):
            kind = "for print" if rule.type == "at-rule" else "that no one can read"
            yield in_part(
                "EPUB-029", book, path, f"A style {kind} is in the book.", rule.source_line
            )
    for selector, declarations, line in _rules(text):
        for name, value in declarations:
            for message in _faults(selector, name, value):
                yield in_part("EPUB-029", book, path, message, line)
            if re.search(r"(?:https?:)?//", re.sub(r"data:[^)]*", "", value)):
                yield in_part("EPUB-028", book, path, f"{name} is fetched from outside.", line)
    if "@import" in text:
        yield in_part("EPUB-028", book, path, "A style sheet is fetched by another.")


def _faults(selector: str, name: str, value: str) -> Iterator[str]:
    for token in tinycss2.parse_component_value_list(value):
        if token.type == "dimension" and token.lower_unit in _FIXED_UNITS and token.value != 0:
            yield f"{selector} fixes {name} at {value}; the reader's type size must decide."
    forced = name in _COLOURS and not name.startswith("--") and _is_colour(value)
    # Paper behind a picture forces nothing on words.
    if forced and not (name != "color" and selector.endswith("img")):
        yield f"{selector} forces the colour {value}; the reader's colours must win."


def _is_colour(value: str) -> bool:
    return any(
        parse_color(token) is not None and token.serialize().lower() not in _OWN_COLOURS
        for token in tinycss2.parse_component_value_list(value)
    )


# Books of one catalogue have the same styles, and each is looked through more than once.
@lru_cache(maxsize=_SHEETS)
def _parsed(text: str) -> tuple[Any, ...]:
    return tuple(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


@lru_cache(maxsize=_SHEETS)
def _rules(text: str) -> tuple[tuple[str, list[tuple[str, str]], int], ...]:
    """Return (selector, declarations, line) of every rule, however deep in @media or @supports."""
    return tuple(_nested(_parsed(text)))


def _nested(rules: Iterable[Any]) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            yield selector, declared(rule.content), rule.source_line
        elif rule.type == "at-rule" and rule.content is not None:
            yield from _nested(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            )


def declared(source: Any) -> list[tuple[str, str]]:
    """Return the (name, value) pairs of a block of declarations or a style attribute."""
    parsed = tinycss2.parse_blocks_contents(source, skip_comments=True, skip_whitespace=True)
    return [
        (node.lower_name, tinycss2.serialize(node.value).strip().lower())
        for node in parsed
        if node.type == "declaration"
    ]


def hiding_rules(book: Book, path: str, page: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (file, rule) for each style that hides, moves or shrinks what stands on a page."""
    elements = [
        e for e in cssselect2.ElementWrapper.from_html_root(page).iter_subtree() if _shown(e)
    ]
    for file, text in _sheets_of(book, path, page):
        for selector, declarations, _ in _rules(text):
            hiding = [f"{name}: {value}" for name, value in declarations if hides(name, value)]
            if hiding and _matches(selector, elements):
                yield file, f"{selector} {{ {'; '.join(hiding)} }}"
    for element in elements:
        for name, value in declared(element.etree_element.get("style") or ""):
            if hides(name, value):
                yield path, f"{name}: {value}"


def _shown(element: Any) -> bool:
    return element.local_name not in ("head", "title", "meta", "link", "style")


def _sheets_of(book: Book, path: str, page: etree._Element) -> Iterator[tuple[str, str]]:
    for link in page.iter(f"{XHTML}link"):
        if "stylesheet" in (link.get("rel") or ""):
            file, _ = target(path, link.get("href", ""))
            yield file, book.files.get(file, b"").decode("utf-8", "replace")
    for style in page.iter(f"{XHTML}style"):
        yield path, "".join(map(str, style.itertext()))


def _matches(selector: str, elements: Iterable[Any]) -> bool:
    try:
        compiled = cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        return False
    plain = [each for each in compiled if each.pseudo_element is None]
    return any(each.test(element) for element in elements for each in plain)


def hides(name: str, value: str) -> bool:
    """True when this declaration may keep words from being seen at the reader's own size."""
    value = value.removesuffix("!important").strip()
    if name in ("font-size", "font"):
        return not _is_large_enough(value)
    if name == "max-width" and _relative(value) >= _READABLE_WIDTH:
        return False
    if name in ("text-indent", "margin-left", "margin-right", "margin-inline-start", "left", "top"):
        return value.startswith("-")
    return name in _PLAIN and value not in _PLAIN[name] | _WIDE


def _is_large_enough(value: str) -> bool:
    return value in _LARGE_ENOUGH or _relative(value) >= 1


def _relative(value: str) -> float:
    """Return the least that a size comes to, in the reader's letters; 0 when that is not sure."""
    tokens = tinycss2.parse_component_value_list(value.strip())
    if len(tokens) == 1 and tokens[0].type == "function":
        choices = [_relative(choice) for choice in _arguments(tokens[0])]
        return {"max": max, "min": min}.get(tokens[0].lower_name, lambda _: 0.0)(choices)
    size = _RELATIVE_SIZE.fullmatch(value.strip())
    if size is None:
        return 0.0
    return float(size[1]) / (100 if size[2] == "%" else 1)


def _arguments(function: Any) -> list[str]:
    """Return what stands between the commas of a function, not those of functions within."""
    parts: list[list[Any]] = [[]]
    for token in function.arguments:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part) for part in parts]
