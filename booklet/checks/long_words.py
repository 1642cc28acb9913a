"""The words of a booklet enter; those that no line can hold leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.prose import passages

# No line ends inside it: neither at a space that holds words together nor at a hyphen that does.
# Behind the other signs the lines of addresses end.
_UNBROKEN = re.compile("[^ \t\n\\-\u2013\u2014/.@:_?&=#]+")


def long_words(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A word that is longer than a line runs into the margin, or is torn where nobody would."""
    most = policy.word_letters
    for passage in passages(booklet):
        if passage.kind == "description":
            continue
        for match in _UNBROKEN.finditer(passage.text):
            letters = len(match[0])
            if letters > most:
                message = f'"{match[0][:20]}…" has {letters} letters; {most} are the most.'
                # Its own place is not looked for: to seek so many letters can take minutes.
                yield found("STR-006", passage.span, message)
                break  # the first of a paragraph is enough
