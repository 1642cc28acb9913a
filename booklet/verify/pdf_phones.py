"""Blocks of text and telephone links in, findings about numbers torn over two lines out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.pdf_concern import NO_STRUCTURE, Measure, Opened, measured, on_page, unmeasured
from booklet.verify.pdf_flow import PrintedLine, printed_lines
from booklet.verify.pdf_page import excerpt
from booklet.verify.tagtree import Annotation, Tag

GAP = r"(?:[-.\u2010-\u2013]\s?|\s)"
"""What stands between two groups of a number; a line end counts as a space."""
NATIONAL = rf"(?:\+?\d{{1,3}}{GAP})?(?:\(\d{{3}}\)\s?|\d{{3}}{GAP})?\d{{3}}{GAP}\d{{4}}"
"""555-0100, 800 555-0100, (800) 555-0100, 1-800-555-0100 (North American Numbering Plan)."""
INTERNATIONAL = rf"\+\d{{1,3}}(?:{GAP}\(?\d{{1,4}}\)?){{2,6}}"
"""A plus, the country's number and groups of digits (ITU-T E.123)."""
NUMBER = re.compile(rf"(?<![\w.,:;/+-])(?:{NATIONAL}|{INTERNATIONAL})(?![-.,:;/\u2010-\u2013]?\w)")


def phone_numbers(opened: Opened) -> Measure:
    """Require that each telephone number can be read, and dialled, from one line."""
    if opened.tags is None:
        return unmeasured("telephone numbers", NO_STRUCTURE)
    groups = [block.lines for block in opened.blocks if block.kind != "Figure"]
    numbers = [number for lines in groups for number in _numbers(lines)]
    numbers += [number for tag in opened.tags.walk() for number in _dialled(opened, tag)]
    findings: set[Finding] = {
        on_page(
            "PDF-075",
            opened,
            page,
            f"the telephone number {excerpt(number)} is torn over two lines.",
        )
        for page, number in numbers
        if "\n" in number
    }
    return measured("telephone numbers", findings, f"{len(numbers)} numbers")


def _numbers(lines: tuple[PrintedLine, ...]) -> Iterator[tuple[int, str]]:
    """Yield page and words of each number; a line end within it is a line feed."""
    text = "\n".join(line.text for line in lines)
    for match in NUMBER.finditer(text):
        yield lines[text.count("\n", 0, match.start())].page, match[0]


def _dialled(opened: Opened, tag: Tag) -> Iterator[tuple[int, str]]:
    """Yield page and words of the digits of a link that a telephone would dial."""
    if tag.standard == "Link" and _dials(tag):
        lines = printed_lines(tag.contents(), opened.pages)
        text = "\n".join(line.text for line in lines)
        digits = re.search(r"\+?\d[\d\s().+\u2010-\u2013-]*\d", text)
        if digits:
            yield lines[text.count("\n", 0, digits.start())].page, digits[0]


def _dials(link: Tag) -> bool:
    return any(isinstance(kid, Annotation) and kid.target.startswith("tel:") for kid in link.kids)
