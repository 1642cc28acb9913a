"""Page content in, the same content with every space between words written as a space.

The engine drops the space at the end of a line and draws nothing for a run that is only a space,
so a reader that goes by the text alone hears "thecat". A tagged PDF must say where words end,
at line ends too (ISO 32000-1, 14.8.2.5). The spaces print nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pydyf

_GLYPHS = re.compile(rb"<([0-9a-f]*)>")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text run where the engine put it: its mark, words, line and block, in pixels.

    ``block`` names the paragraph it belongs to, ``line`` its line; both are unique in the file.
    ``from_the_right`` is its direction.
    """

    page: int
    mcid: int
    text: str
    line: int
    block: int
    element: Any
    x: float
    y: float
    from_the_right: bool = False


def write_spaces(streams: list[Any], fonts: list[Any], runs: list[Placed]) -> None:
    """Add the missing spaces to the page streams, in place.

    ``fonts`` are the engine's fonts, whose glyphs are final by now: a font without a space glyph
    among them cannot be given one, and its runs stay as they are.
    """
    spaces = _space_glyphs(fonts)
    pages: list[dict[int, Placed]] = [{} for _ in streams]
    wanted: list[set[int]] = [set() for _ in streams]
    for run in runs:
        pages[run.page][run.mcid] = run
    for page, mcid in line_ends(runs):
        wanted[page].add(mcid)
    for stream, here, ends in zip(streams, pages, wanted, strict=True):
        _rewrite(stream, here, ends, spaces)


def _space_glyphs(fonts: list[Any]) -> dict[bytes, bytes]:
    """Return, by a font's resource name, the glyph of its space as a string of a text array."""
    found: dict[bytes, bytes] = {}
    for font in fonts:
        for glyph, text in font.to_unicode.items():
            if text == " ":
                found[b"/" + str(font.hash).encode()] = f"<{glyph:04x}>".encode()
    return found


def line_ends(runs: list[Placed]) -> set[tuple[int, int]]:
    """Return (page, mcid) of each run whose line ends between two words of one block."""
    blocks: defaultdict[int, list[Placed]] = defaultdict(list)
    for run in runs:
        if run.text:
            blocks[run.block].append(run)
    return {
        (run.page, run.mcid)
        for block in blocks.values()
        for run, following in pairwise(block)
        if run.line != following.line and not _one_word(run, following)
    }


def _one_word(run: Placed, following: Placed) -> bool:
    """True when the line was broken inside a word: after a hyphen, or in a long address."""
    if run.text[-1:].isspace() or following.text[:1].isspace():
        return run.text[-1:].isspace()
    # The whole line goes before the word's end: "it" and "in" alone would be found in "writing".
    whole = " ".join(f"{run.text}{following.text.split(maxsplit=1)[0]}".split())
    source = f"{_words_of(run.element)}\n({run.element.get('data-address', '')})"
    return whole in " ".join(source.split())


def _words_of(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["\n" if child.tag == "br" else _words_of(child), child.tail or ""]
    return "".join(parts)


def _rewrite(
    stream: Any, runs: dict[int, Placed], wanted: set[int], spaces: dict[bytes, bytes]
) -> None:
    items: list[Any] = []
    open_marks: list[int | None] = []
    font = b""
    for item in stream.stream:
        if isinstance(item, bytes) and item.endswith(b" Tf"):
            font = item
        if item == b"ET" and open_marks and (mcid := open_marks[-1]) in runs:
            space = spaces.get(font.split(b" ", 1)[0])
            if space and runs[mcid].text.isspace():
                items += _space_alone(runs[mcid], font, space)
            elif space and mcid in wanted and _lacks_space(items[-1], runs[mcid], space):
                items[-1] = items[-1].removesuffix(b"] TJ") + space + b"] TJ"
        items.append(item)
        if item in (b"BDC", b"BMC"):
            mark = items[-2]
            open_marks.append(mark.get("MCID") if isinstance(mark, pydyf.Dictionary) else None)
        elif item == b"EMC":
            open_marks.pop()
    stream.stream[:] = items


def _lacks_space(shown: bytes, run: Placed, space: bytes) -> bool:
    """True when a run is drawn without the space at its end.

    The engine drops it from the words of a line whose end is the end of a run, but still draws it.
    """
    if not shown.endswith(b"] TJ"):
        return False
    glyphs = b"".join(_GLYPHS.findall(shown))
    glyph = space.strip(b"<>")
    return not (glyphs.startswith(glyph) if run.from_the_right else glyphs.endswith(glyph))


def _space_alone(run: Placed, font: bytes, space: bytes) -> list[bytes]:
    """Write a space where the engine left a run of spaces out, in the font in force."""
    matrix = f"1 0 0 -1 {run.x:.3f} {run.y:.3f} Tm".encode()
    return [matrix, font, b"[" + space + b"] TJ"]
