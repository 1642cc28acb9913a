"""Measured pages and the disclaimer's words in, findings about the fixed last page out."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from booklet.findings import Finding
from booklet.verify.pdf_concern import NO_STRUCTURE, Measure, Opened, measured, on_page, unmeasured
from booklet.verify.pdf_page import Page, excerpt
from booklet.verify.tagtree import Content, Tag

OPENING = 12
"""So many words from the disclaimer's beginning tell a copy of it, even an altered one."""


def disclaimer(opened: Opened) -> Measure:
    """Require the whole disclaimer, word for word, on the last page and on no other."""
    expected = normal(opened.expectation.disclaimer_text)
    *others, last = opened.pages
    findings = [
        *_on_last_page(opened, last, expected),
        *(
            on_page("PDF-012", opened, page.number, "the words of the disclaimer stand here too.")
            for page in others
            if opening(expected) in normal(page.text)
        ),
    ]
    detail = f"{len(expected.split())} words on page {last.number} of {len(opened.pages)}"
    return measured("disclaimer", findings, detail)


def normal(text: str) -> str:
    """Return words single-spaced in Unicode NFKC, with no gap after a hyphen.

    A line may end after a hyphen, and PDFium cannot tell whether a space follows it.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(?<=[-\u2010\u2011]) ", "", words)


def opening(expected: str) -> str:
    """Return the disclaimer's first words, enough to know it by."""
    return " ".join(expected.split()[:OPENING])


def _on_last_page(opened: Opened, page: Page, expected: str) -> list[Finding]:
    words = normal(page.text)
    if not expected or expected not in words:
        message = f"the disclaimer is not complete here. {_difference(words, expected)}"
        return [on_page("PDF-010", opened, page.number, message)]
    title = normal(opened.expectation.disclaimer_title)
    if title not in words.partition(expected)[0]:
        message = f"the title {excerpt(title)} does not stand above the disclaimer."
        return [on_page("PDF-011", opened, page.number, message)]
    return []


def _difference(words: str, expected: str) -> str:
    """Say in words where the page and the disclaimer part."""
    if not expected:
        return "There are no words to look for."
    start = words.find(" ".join(expected.split()[:3]))
    if start < 0:
        return f"It should begin with {excerpt(expected)}."
    pairs = zip_longest(expected.split(), words[start:].split(), fillvalue="")
    for index, (wanted, read) in enumerate(pairs):
        if wanted != read:
            before = " ".join(expected.split()[max(0, index - 5) : index])
            return f'After "{before}" should come "{wanted}", but there is "{read}".'
    return ""


# ------------------------------------------------------------- as it is read aloud


def disclaimer_is_read_last(opened: Opened) -> Measure:
    """Require that the structure ends with the disclaimer, title first, all on the last page."""
    tags, last = opened.tags, len(opened.pages)
    if tags is None:
        return unmeasured("disclaimer read last", NO_STRUCTURE)
    if _on_last_page(opened, opened.pages[-1], normal(opened.expectation.disclaimer_text)):
        return unmeasured("disclaimer read last", "it is not complete on its page")
    expected = normal(f"{opened.expectation.disclaimer_title} {opened.expectation.disclaimer_text}")
    ending = _ending(tuple(tags.contents()), expected)
    findings = []
    if ending is None:
        message = "the structure does not end with the disclaimer and its title."
        findings = [on_page("PDF-013", opened, last, message)]
    elif any(content.page != last for content in ending):
        message = "parts of the disclaimer are read from another page."
        findings = [on_page("PDF-013", opened, last, message)]
    else:
        findings = _beside(opened, tags, ending)
    parts = len(ending or ())
    return measured("disclaimer read last", findings, f"{parts} parts at the structure's end")


def _beside(opened: Opened, tags: Tag, ending: tuple[Content, ...]) -> list[Finding]:
    """Find words on the last page that are neither the disclaimer's nor page furniture."""
    last, own = len(opened.pages), set(ending)
    others = [c for c in tags.contents() if c.page == last and c not in own and c.text.strip()]
    words = " ".join(normal(content.text) for content in others)
    if not words:
        return []
    message = f"{excerpt(words)} stands on the disclaimer's own page."
    return [on_page("PDF-014", opened, last, message)]


def _ending(contents: tuple[Content, ...], expected: str) -> tuple[Content, ...] | None:
    """Return the last contents, no more than hold these words, or None when they do not."""
    if not normal(_joined(contents)).endswith(expected):
        return None
    start = len(contents)
    while start and not normal(_joined(contents[start:])).endswith(expected):
        start -= 1
    return contents[start:]


def _joined(contents: tuple[Content, ...]) -> str:
    return "".join(content.text for content in contents)
