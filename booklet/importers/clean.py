"""Text as programs leave it behind enters; text that a person can see and edit leaves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from booklet.importers.parts import BREAK, Run, Runs

# What a chapter may not hold (see booklet/source.py), and what no eye can see: soft hyphens,
# zero-width spaces and marks of direction. Joiners stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufdd0-\ufdef\ud800-\udfff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_SPACE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")
_SPACE_BUT_TAB = re.compile(_SPACE.pattern.replace("\t", ""))
_LOST = "\ufffd"
# A no-break space is kept where a number must not part from what follows it.
_NO_BREAK = re.compile("(?<![0-9])[\xa0\u202f]|[\xa0\u202f](?!\\w)")
_PRIVATE_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8", "\u2022"))
_RAISED = str.maketrans("0123456789+-=()n", "\u2070\xb9\xb2\xb3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207f")  # fmt: skip  # noqa: E501 - one table
_LOWERED = str.maketrans("0123456789+-=()", "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e")  # fmt: skip  # noqa: E501 - one table


def cleaned(text: str, counts: Counter[str], *, tabs: bool = False) -> str:
    """Return text without what cannot be seen and with single spaces; ``tabs`` stay if asked.

    ``counts`` is told what went.
    """
    text, unseen = _UNSEEN.subn("", text.translate(_PRIVATE_BULLETS))
    text, hard = _NO_BREAK.subn(" ", text)
    if unseen:
        counts["hidden characters and soft hyphens taken out"] += unseen
    if hard:
        counts["no-break spaces made plain"] += hard
    if _LOST in text:
        counts["signs that were lost before (now ?)"] += text.count(_LOST)
        text = text.replace(_LOST, "?")
    return (_SPACE_BUT_TAB if tabs else _SPACE).sub(" ", text)


def raised(text: str) -> str | None:
    """Return superscript figures for ``text``, or None when there are none for it."""
    return _script(text, _RAISED)


def lowered(text: str) -> str | None:
    """Return subscript figures for ``text``, or None when there are none for it."""
    return _script(text, _LOWERED)


def _script(text: str, table: dict[int, int]) -> str | None:
    if not text.strip() or any(ord(char) not in table for char in text.strip()):
        return None
    return text.strip().translate(table)


def tidy(runs: Iterable[Run]) -> Runs:
    """Join runs of one look, and drop white space at the ends, at breaks and where it is double."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and _alike(last, run):
            joined[-1] = _with_text(last, last.text + run.text)
        elif run.text:
            joined.append(run)
    return _trimmed(joined)


def _alike(one: Run, other: Run) -> bool:
    if one.is_note or other.is_note or BREAK in (one.text, other.text):
        return False
    return (one.strong, one.em, one.href) == (other.strong, other.em, other.href)


def _with_text(run: Run, text: str) -> Run:
    return Run(text, run.strong, run.em, run.href, run.is_note)


def _trimmed(runs: list[Run]) -> Runs:
    out: list[Run] = []
    at_start = True
    for run in runs:
        if run.is_note or run.text == BREAK:
            if run.text == BREAK and not run.is_note:
                _strip_end(out)
                if not out:
                    continue
                at_start = True
            out.append(run)
            continue
        text = re.sub(" {2,}", " ", run.text)
        text = text.lstrip(" \t") if at_start else text
        if text:
            out.append(_with_text(run, text))
            at_start = text.endswith(" ")
    _strip_end(out)
    while out and out[-1].text == BREAK and not out[-1].is_note:
        out.pop()
        _strip_end(out)
    return tuple(out)


def _strip_end(out: list[Run]) -> None:
    """Take white space off the end of the last words."""
    while out and not out[-1].is_note and out[-1].text != BREAK:
        text = out[-1].text.rstrip(" \t")
        if text:
            out[-1] = _with_text(out[-1], text)
            return
        out.pop()
