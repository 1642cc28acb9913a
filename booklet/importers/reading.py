"""An HTML tree enters; the blocks of a draft leave, and the ledger knows what did not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lxml.html import HtmlElement

from booklet.importers import clean, links
from booklet.importers.collecting import Collector, Desk, Look
from booklet.importers.embedded import read_embedded, read_picture
from booklet.importers.notes import NoteMarks, find_notes
from booklet.importers.parts import (
    Block,
    Box,
    Para,
    Run,
    Title,
)
from booklet.importers.reading_blocks import (
    HEADINGS,
    Walker,
    is_hidden,
    read_figure,
    read_grid,
    read_heading,
    read_lines,
    read_list,
    read_quote,
    read_rule,
    read_terms,
)

STRONG = frozenset({"b", "strong", "summary"})
STRESSED = frozenset({"i", "em", "cite", "dfn", "var"})
PLAIN = frozenset({"u", "ins", "mark", "small", "big", "font", "code", "kbd", "samp", "tt"})
BLOCKS = frozenset(
    "address article aside body center details dialog div fieldset figcaption figure footer form "
    "header hgroup html legend li main p pre section summary dd dt td th tr tbody thead tfoot "
    "caption search menu".split()
)
DROPPED = {
    "script": "program in the page",
    "noscript": "words for browsers without programs",
    "style": "style sheet in the page",
    "template": "hidden template",
    "nav": "site navigation",
    "button": "button",
    "select": "form field",
    "textarea": "form field",
    "input": "form field",
    "option": "form field",
    "datalist": "form field",
    "canvas": "drawing made by a program",
    "svg": "drawing inside the page",
    "map": "picture map",
    "title": "",
}
EMBEDDED = frozenset({"iframe", "video", "audio", "embed", "object", "frame"})
BOXES = frozenset({"key-facts", "warning", "tip"})
_BOLD = re.compile(r"(?i)font-weight\s*:\s*(bold|[6-9]00)")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "tm", "sm", "\u2122", "\xae", "\xa9", "o", "a"})


Read = Callable[[HtmlElement, Look, Collector], None]
_BLOCK_READERS: dict[str, Callable[[Walker, HtmlElement, Look, Collector], None]] = {
    "hr": read_rule,
    "ul": read_list,
    "ol": read_list,
    "menu": read_list,
    "dir": read_list,
    "dl": read_terms,
    "blockquote": read_quote,
    "table": read_grid,
    "figure": read_figure,
    "pre": read_lines,
    **dict.fromkeys(HEADINGS, read_heading),
}


def read_tree(root: HtmlElement, desk: Desk) -> tuple[Block, ...]:
    """Read a whole document. The notes it has are kept in ``desk.notes``."""
    reader = Reader(desk, find_notes(root))
    return reader.document(root)


class Reader:
    """Walks one tree; every word of it ends up in a block or in the ledger."""

    def __init__(self, desk: Desk, marks: NoteMarks) -> None:
        self.desk = desk
        self.marks = marks
        self.readers: dict[str, Read] = {
            "br": self._break,
            "img": read_picture,
            "a": self._anchor,
            "sup": self._script,
            "sub": self._script,
            "s": self._struck,
            "strike": self._struck,
            "del": self._struck,
            "q": self._quoted,
            "abbr": self._short,
            "acronym": self._short,
            **{tag: partial(read, self) for tag, read in _BLOCK_READERS.items()},
            **dict.fromkeys(EMBEDDED, read_embedded),
        }

    def document(self, root: HtmlElement) -> tuple[Block, ...]:
        """Read the tree, and the notes beside it."""
        out = Collector(self.desk)
        self.walk(root, Look(), out)
        out.flush()
        for key, element in self.marks.bodies.items():
            inside = Collector(self.desk)
            self.children(element, Look(), inside)
            inside.flush()
            self.desk.notes[key] = tuple(inside.blocks)
        return tuple(out.blocks)

    def walk(self, element: HtmlElement, look: Look, out: Collector) -> None:
        """Read one element and all that is in it."""
        tag = element.tag
        if not isinstance(tag, str) or element in self.marks.spent:
            return
        name = element.get("id")
        if name:
            out.names.append(name)
        if tag in DROPPED or is_hidden(element):
            self._drop(element, tag)
        elif tag in self.readers:
            self.readers[tag](element, look, out)
        elif tag in BLOCKS:
            self._block(element, look, out)
        else:
            self._inline(element, look, out)

    def inside(self, element: HtmlElement, look: Look | None = None) -> tuple[Block, ...]:
        """Return the blocks inside an element."""
        inside = Collector(self.desk)
        self.children(element, look or Look(), inside)
        inside.flush()
        return tuple(inside.blocks)

    def children(self, element: HtmlElement, look: Look, out: Collector) -> None:
        """Read what stands inside an element."""
        if element.text:
            out.text(element.text, look)
        for child in element:
            self.walk(child, look, out)
            if child.tail:
                out.text(child.tail, look)

    def _drop(self, element: HtmlElement, tag: str) -> None:
        what = DROPPED.get(tag, "hidden text")
        if what:
            words = "" if tag in ("script", "style") else str(element.text_content())
            self.desk.ledger.drop(what, words)

    # ------------------------------------------------------------------ words in a line

    def _break(self, _element: HtmlElement, _look: Look, out: Collector) -> None:
        out.line_break()

    def _inline(self, element: HtmlElement, look: Look, out: Collector) -> None:
        tag = str(element.tag)
        style = element.get("style") or ""
        if tag in STRONG or _BOLD.search(style):
            look = replace(look, strong=True)
        elif tag in STRESSED:
            look = replace(look, em=True)
        elif tag in PLAIN:
            self.desk.ledger.changed["underlined, small or marked words made plain"] += 1
        self.children(element, look, out)

    def _anchor(self, element: HtmlElement, look: Look, out: Collector) -> None:
        name = element.get("name")
        if name:
            out.names.append(name)
        key = self.marks.keys.get(element)
        if key is not None:
            out.note(key)
            return
        href = element.get("href") or ""
        usable = links.usable(href)
        if href and not usable and href != "#":
            self.desk.ledger.drop("address of a link that cannot be used", href[:300])
        self.children(element, replace(look, href=usable), out)

    def _script(self, element: HtmlElement, look: Look, out: Collector) -> None:
        text = str(element.text_content()).strip()
        if not text or element.xpath(".//a[@href] | .//img"):
            self.children(element, look, out)
            return
        figures = clean.raised(text) if element.tag == "sup" else clean.lowered(text)
        if figures is None and text.lower() not in _ORDINALS:
            where = "above" if element.tag == "sup" else "below"
            out.check(f'The words "{text[:40]}" stood a little {where} the line. Is it clear?')
        out.text(figures or text, look)

    def _struck(self, element: HtmlElement, look: Look, out: Collector) -> None:
        words = " ".join(str(element.text_content()).split())
        if words:
            out.check(f'These words were crossed out: "{words[:80]}". Keep or delete them.')
        self.children(element, look, out)

    def _quoted(self, element: HtmlElement, look: Look, out: Collector) -> None:
        out.text("\u201c", look)
        self.children(element, look, out)
        out.text("\u201d", look)

    def _short(self, element: HtmlElement, look: Look, out: Collector) -> None:
        if element.get("title"):
            words = f"{element.text_content()}: {element.get('title')}"
            self.desk.ledger.drop("long form of an abbreviation (put it in the glossary)", words)
        self.children(element, look, out)

    # ------------------------------------------------------------------------- blocks

    def _block(self, element: HtmlElement, look: Look, out: Collector) -> None:
        kinds = set((element.get("class") or "").split())
        out.flush()
        kind = next(iter(sorted(kinds & BOXES)), None) if element.tag == "aside" else None
        if kind:
            self._box(kind, element, out)
            return
        if element.tag in STRONG:
            look = replace(look, strong=True)
        is_title = bool(kinds & {"booklet-title", "booklet-subtitle"})
        inner = out.inside() if is_title else out
        if "booklet-box" in kinds:
            inner.check("This text stood in a box of its own. Is it in the right place?")
        if element.get("data-check"):
            inner.check(element.get("data-check") or "")
        inner.is_caption = "booklet-caption" in kinds or element.tag == "figcaption"
        self.children(element, look, inner)
        inner.flush()
        inner.is_caption = False
        if is_title:
            self._title(tuple(inner.blocks), out, is_subtitle="booklet-subtitle" in kinds)

    def _title(self, blocks: tuple[Block, ...], out: Collector, *, is_subtitle: bool) -> None:
        for block in blocks:
            out.add(Title(block.runs, is_subtitle) if isinstance(block, Para) else block)

    def _box(self, kind: str, element: HtmlElement, out: Collector) -> None:
        title: tuple[Run, ...] = ()
        blocks = list(self.inside(element))
        if blocks and isinstance(blocks[0], Para) and element.get("data-title"):
            title = blocks.pop(0).runs  # type: ignore[union-attr]  # a Para, as asked
        out.add(
            Box(kind, title, tuple(blocks), ("This was a box of another program. Is it right?",))
        )
