"""The styles of a Word file enter; what each paragraph is, and how large its letters are, leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_HEADING = re.compile(r"(?i)heading ([1-9])")
_ROLES = {
    "title": "BookletTitle",
    "subtitle": "BookletSubtitle",
    "caption": "BookletCaption",
    "quote": "BookletQuote",
    "intense quote": "BookletQuote",
}
DEFAULT_SIZE = 20
"""Half points that Word takes when nothing says otherwise (ECMA-376, 17.3.2.38)."""


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None
    size: int | None
    is_bold: bool | None


def ns_of(root: etree._Element) -> str:
    """Return the namespace of the elements, in braces: Word has an older and a strict one."""
    return f"{{{etree.QName(root).namespace}}}"


def switched(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property such as bold is on, off, or not said."""
    found = None if properties is None else properties.find(name)
    if found is None:
        return None
    value = found.get(f"{{{etree.QName(found).namespace}}}val")
    return value not in ("0", "false", "off", "none")


class Styles:
    """The paragraph styles by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self.language = ""
        self.size = DEFAULT_SIZE
        self._styles: dict[str, _Style] = {}
        self._normal = ""
        if root is None:
            return
        w = ns_of(root)
        defaults = root.find(f"{w}docDefaults/{w}rPrDefault/{w}rPr")
        self.size = _size(defaults, w) or DEFAULT_SIZE
        lang = None if defaults is None else defaults.find(f"{w}lang")
        self.language = "" if lang is None else (lang.get(f"{w}val") or "")
        for style in root.iter(f"{w}style"):
            if style.get(f"{w}type") == "paragraph":
                self._add(style, w)

    def _add(self, style: etree._Element, w: str) -> None:
        key = style.get(f"{w}styleId") or ""
        name = style.find(f"{w}name")
        based = style.find(f"{w}basedOn")
        outline = style.find(f"{w}pPr/{w}outlineLvl")
        run = style.find(f"{w}rPr")
        self._styles[key] = _Style(
            name="" if name is None else (name.get(f"{w}val") or "").lower(),
            based_on="" if based is None else (based.get(f"{w}val") or ""),
            outline=_number(outline, w),
            size=_size(run, w),
            is_bold=switched(run, f"{w}b"),
        )
        if style.get(f"{w}default") in ("1", "true"):
            self._normal = key

    def role(self, key: str) -> str:
        """Return the style of ours that stands for this one, or nothing."""
        for style in self._chain(key):
            found = _HEADING.fullmatch(style.name)
            if found:
                return f"BookletHeading{min(6, int(found[1]))}"
            if style.name in _ROLES:
                return _ROLES[style.name]
            if style.outline is not None and style.outline < 9:
                return f"BookletHeading{min(6, style.outline + 1)}"
        return ""

    def is_contents(self, key: str) -> bool:
        """True for a line of the contents that Word makes."""
        return any(
            re.fullmatch(r"toc ([1-9]|heading)|table of figures", style.name)
            for style in self._chain(key)
        )

    def size_of(self, key: str) -> int:
        """Return the size of letters in half points."""
        sizes = (style.size for style in self._chain(key or self._normal))
        return next((size for size in sizes if size), self.size)

    def is_bold(self, key: str) -> bool:
        """True when the style makes its letters bold."""
        said = (style.is_bold for style in self._chain(key or self._normal))
        return next((bold for bold in said if bold is not None), False)

    def _chain(self, key: str) -> Iterator[_Style]:
        """Yield a style and those that it is based on, each once."""
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].based_on


def _size(properties: etree._Element | None, w: str) -> int | None:
    return None if properties is None else _number(properties.find(f"{w}sz"), w)


def _number(element: etree._Element | None, w: str) -> int | None:
    text = "" if element is None else (element.get(f"{w}val") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None
