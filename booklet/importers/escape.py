"""Words enter; Markdown that prints just these words leaves, with few backslashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from booklet.importers.parts import BREAK, Run, Runs

WIDTH = 98
# Signs that mean something anywhere in a line.
_ANYWHERE = re.compile(
    r"[\\*\[\]{}`|]|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|~~|:::+"
    r"|(?<![^\W_])_|_(?![^\W_])|(?<=\w)_(?=_)|<(?=\s*$)"
)
# Signs that mean something where a line begins.
_AT_START = re.compile(
    r"#{1,6}(?=\s|$|[^\W\d])|>|=+\s*$|[~:](?=\s|$)|[+-](?=\s|$|-)|[0-9]{1,9}[.)](?=\s|$)"
)
# Signs that the reader takes for a slip where words begin, whatever stands before them.
_AT_FRONT = re.compile(r"[:~](?=\s|$)|#{1,6}(?=[^\W\d])")
_ONE_NUMBER = re.compile(r"([0-9]{1,9})([.)])")


Begin = Literal["no", "words", "line"]


def escaped(text: str, begin: Begin) -> str:
    """Return words with backslashes where Markdown would take a sign for more than itself.

    ``begin`` says what begins with them: a line, or only the words of a heading or cell.
    """
    out = _ANYWHERE.sub(lambda match: "".join(f"\\{char}" for char in match[0]), text)
    if begin == "words" and _AT_FRONT.match(out):
        return f"\\{out}"
    if begin == "line" and _AT_START.match(out):
        number = _ONE_NUMBER.match(out)
        return _ONE_NUMBER.sub(r"\1\\\2", out, count=1) if number else f"\\{out}"
    return out


def inline(
    runs: Runs, mark: Callable[[str], str], *, at_start: bool = True, width: int = WIDTH
) -> str:
    """Return the Markdown of runs; ``mark`` signs a note. ``width`` 0 keeps all in one line."""
    lines: list[str] = [""]
    groups = _groups(runs)
    for number, group in enumerate(groups):
        first = group[0]
        if first.text == BREAK and not first.is_note:
            if width:
                lines.append("")
            else:
                lines[-1] += " "
            continue
        first_words: Begin = "line" if at_start or len(lines) > 1 else "words"
        begin: Begin = "no" if lines[-1] else first_words
        after = _first_sign(groups[number + 1][0]) if number + 1 < len(groups) else " "
        lines[-1] += _group(group, mark, lines[-1][-1:], begin=begin, after=after)
    if not width:
        return lines[0]
    return "\\\n".join(_wrapped(line, width) for line in lines)


def _groups(runs: Runs) -> list[tuple[Run, ...]]:
    """Group runs that are one link; every other run is a group of its own."""
    groups: list[tuple[Run, ...]] = []
    for run in runs:
        linked = run.href and not run.is_note and run.text != BREAK
        if linked and groups and groups[-1][-1].href == run.href and not groups[-1][-1].is_note:
            groups[-1] = (*groups[-1], run)
        else:
            groups.append((run,))
    return groups


def _first_sign(run: Run) -> str:
    """Return the sign that a run begins with, as far as it matters to bold words before it."""
    if run.text == BREAK:
        return " "
    return "[" if run.is_note or run.href else run.text[:1]


def _group(
    group: Sequence[Run], mark: Callable[[str], str], before: str, *, begin: Begin, after: str
) -> str:
    first = group[0]
    if first.is_note:
        return mark(first.text)
    if not first.href:
        return _looking(first, before or " ", after, begin=begin)
    words = "".join(run.text for run in group)
    lead = " " if words.startswith(" ") else ""
    tail = " " if words.endswith(" ") and words.strip() else ""
    if not words.strip():
        return words
    if words.strip() == first.href and first.href.startswith(("https:", "http:")):
        return f"{lead}<{first.href}>{tail}"
    text = ""
    for number, run in enumerate(group):
        following = group[number + 1].text[:1] if number + 1 < len(group) else "]"
        text += _looking(run, text[-1:] or "[", following, begin="no")
    return f"{lead}[{text.strip()}]({first.href}){tail}"


def _looking(run: Run, before: str, after: str, *, begin: Begin) -> str:
    """Return words with the marks of their look, where these can stand."""
    sign = "**" if run.strong else "*" if run.em else ""
    words = run.text.strip(" ")
    if not sign or not words:
        text = escaped(run.text, begin)
        # Before a bracket it would make a picture of a link.
        return f"{text[:-1]}\\!" if after == "[" and text.endswith("!") else text
    lead = run.text[: len(run.text) - len(run.text.lstrip(" "))]
    tail = run.text[len(run.text.rstrip(" ")) :]
    inner = escaped(words, "no")
    if not _can_stand(lead or before, inner, tail or after):
        return _looking(replace(run, strong=False, em=False), before, after, begin=begin)
    return f"{lead}{sign}{inner}{sign}{tail}"


def _can_stand(before: str, inner: str, after: str) -> bool:
    """True when CommonMark takes the marks around ``inner`` as marks (section 6.2)."""
    opens = not _is_sign(inner[0]) or before[-1:].isspace() or _is_plain_sign(before[-1:])
    closes = not _is_sign(inner[-1]) or after[:1].isspace() or _is_plain_sign(after[:1])
    apart = before[-1:] not in ("*", "\\") and after[:1] != "*"
    spaced = inner[0].isspace() or inner[-1].isspace()
    return opens and closes and apart and not spaced


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PSZ"


def _is_plain_sign(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] == "P"


def _wrapped(text: str, width: int) -> str:
    """Break a long line, only before words that begin with a letter: such a line begins nothing."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        fits = len(line) + 1 + len(word) <= width
        if not line:
            line = word
        elif fits or not word[:1].isalpha():
            line = f"{line} {word}"
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])
