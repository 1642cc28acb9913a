"""A text without any marks enters; a tree of what its lines seem to be leaves.

Such a file says nothing of itself: title and headings are guessed from short lines that stand
alone, and paragraphs from empty lines or, where no line was wrapped, from every line.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from booklet.importers.intake import Taken
from booklet.importers.ledger import Ledger
from booklet.importers.tree import decoded, parsed

LONGEST_HEADING = 90
LONGEST_TITLE = 160
SENTENCE = 60
"""Letters of a line that is rather half a sentence than a heading."""
MOST_WORDS = 14
SHORTEST, WRAPPED = 45, 110
"""Letters of a line that was broken by hand: mail and editors use 60 to 100."""
JOINED = "This sentence was broken by an empty line and was joined again. Is it whole?"
_ITEM = re.compile(
    r"\s*(?:[\u2022\u2023\u25aa\u25e6\u25cf\u25cb\u25a0\xb7*+\u2013-]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])\s+\S"
)
_RULE = re.compile(r"\s*([=\-_*~#])\1{2,}\s*")


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that belong together.

    ``kind`` is ``p``, ``h`` (a heading by its looks), ``u`` (one that is underlined), ``title`` or
    ``subtitle``.
    """

    kind: str
    text: str
    check: str = ""


def take(data: bytes, _file: Path, ledger: Ledger) -> Taken:
    """Read plain text. Raises RefusedError when it is none."""
    text = decoded(data, ledger).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    lines = [line.rstrip().replace("\v", " ") for line in text.split("\n")]
    parts = _with_title(_headings(_whole(_paragraphs(lines))), ledger)
    body = "\n".join(map(_html, parts))
    return Taken(parsed(f"<body>{body}</body>"), tabs=True)


def _paragraphs(lines: list[str]) -> list[_Part]:
    """Gather lines to paragraphs; a line of signs under a short one makes it a heading."""
    wrapped = _is_wrapped(lines)
    parts: list[_Part] = []
    open_part = False
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        if _RULE.fullmatch(line):
            if open_part and above.strip() and _is_short(above) and line.strip()[0] in "=-":
                parts[-1] = _Part("u", parts[-1].text)
            open_part = False
        elif not line.strip():
            open_part = False
        elif open_part and wrapped and not _ITEM.match(line) and "\t" not in line.strip():
            parts[-1] = _Part("p", f"{parts[-1].text} {line.strip()}")
        else:
            parts.append(_Part("p", line.strip()))
            open_part = True
    return parts


def _is_wrapped(lines: list[str]) -> bool:
    """True when sentences were broken by hand: most lines with one below are nearly as long."""
    broken = [len(line) for line, below in pairwise(lines) if line.strip() and below.strip()]
    near = [size for size in broken if SHORTEST <= size <= WRAPPED]
    return len(near) > 1 and len(near) > len(broken) * 0.6


def _whole(parts: list[_Part]) -> list[_Part]:
    """Join a sentence that an empty line broke: no end before it, a small letter behind it."""
    out: list[_Part] = []
    for part in parts:
        last = out[-1] if out else None
        broken = (
            last is not None
            and last.kind == part.kind == "p"
            and len(last.text) > SENTENCE
            and last.text[-1].isalpha()
            and part.text[0].islower()
            and not _ITEM.match(part.text)
            and not {"\t"} & {*last.text, *part.text}
        )
        if broken and last is not None:
            out[-1] = _Part("p", f"{last.text} {part.text}", JOINED)
        else:
            out.append(part)
    return out


def _headings(parts: list[_Part]) -> list[_Part]:
    """Take short lines that end in no stop and have text below them for headings."""
    out: list[_Part] = []
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        is_heading = (
            part.kind == "p"
            and following is not None
            and _is_short(part.text)
            and not _ITEM.match(part.text)
            and len(following.text) > len(part.text)
            and (not _is_short(following.text) or bool(_ITEM.match(following.text)))
        )
        out.append(_Part("h", part.text) if is_heading else part)
    return out


def _is_short(text: str, letters: int = LONGEST_HEADING, words: int = MOST_WORDS) -> bool:
    text = text.strip()
    if len(text) > letters or len(text.split()) > words or "\t" in text:
        return False
    return text[-1].isalnum() or text[-1] in "?)!\u2019\u201d\"'"


def _with_title(parts: list[_Part], ledger: Ledger) -> list[_Part]:
    """Take the longest of the short lines at the start for the title; drop lines said twice."""
    top = 0
    while top < len(parts) and _is_short(parts[top].text, LONGEST_TITLE, 25):
        if _ITEM.match(parts[top].text):
            break
        top += 1
    if not top:
        return parts
    head, rest = parts[:top], parts[top:]
    counts = Counter(part.text for part in head)
    if top > 1 and counts[head[-1].text] == 1:
        # The last of them is the heading of what follows.
        last = head[-1] if head[-1].kind == "u" else _Part("h", head[-1].text)
        head, rest = head[:-1], [last, *rest]
    alone = [part for part in head if counts[part.text] == 1] or head
    title = max(alone, key=lambda part: len(part.text))
    out: list[_Part] = [_Part("title", title.text)]
    for part in head:
        if part is title:
            continue
        if counts[part.text] > 1:
            ledger.drop("line that is repeated above the text, such as a site's name", part.text)
        else:
            out.append(_Part("subtitle" if len(out) == 1 else "p", part.text))
    return [*out, *rest]


def _html(part: _Part) -> str:
    text = html.escape(part.text)
    check = f' data-check="{html.escape(part.check)}"' if part.check else ""
    match part.kind:
        case "title" | "subtitle":
            return f'<p class="booklet-{part.kind}">{text}</p>'
        case "u":
            return f"<h2>{text}</h2>"
        case "h":
            return f'<h2 class="booklet-line">{text}</h2>'
        case _:
            return f"<p{check}>{text}</p>"
