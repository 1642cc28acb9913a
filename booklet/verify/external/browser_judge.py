"""What a browser measured on the pages of one e-book in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.findings import Finding, found, in_order
from booklet.model import Span

NARROW = 320
"""CSS pixels: WCAG 2.2, 1.4.10, the width of a 1280 pixel window at 400 percent."""
WIDE = 800
"""CSS pixels: a tablet held upright; any width beyond every narrow-screen rule would do."""
CONTRAST = 4.5
"""WCAG 2.2, 1.4.3 (AA), for every size: larger letters would be allowed 3."""
SHOWN = 3

# WCAG 2.2, 1.4.12: what a reader may widen without losing a word.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
)
# WCAG 2.2, 1.4.4: letters twice as large.
TWICE = "html { font-size: 200% !important }"
# What a reading app's pages do: a colour for page and words, none for the parts within.
NIGHT = "html, body { background: #000 !important; color: #e8e8e8 !important }"
SEPIA = "html, body { background: #f4ecd8 !important; color: #3b2f1e !important }"

THEMES = (
    ("light page", "light", ""),
    ("dark page", "dark", ""),
    ("night page", "light", NIGHT),
    ("sepia page", "light", SEPIA),
)
"""Name, colour scheme of the machine, and the reader's own style."""
BASE, SPACED = "800 pixels", "320 pixels with wide spacing"
SETTINGS = (
    (BASE, WIDE, ""),
    ("320 pixels", NARROW, ""),
    ("320 pixels at 200 percent", NARROW, TWICE),
    ("800 pixels at 200 percent", WIDE, TWICE),
    (SPACED, NARROW, SPACING),
)
"""Name, width in CSS pixels, and the reader's own style."""


@dataclass(frozen=True, slots=True)
class Page:
    """One measured page: its file, the languages its book names, and the measures."""

    file: str
    languages: tuple[str, ...]
    measures: Mapping[str, Any]

    def finding(self, rule: str, message: str) -> Finding:
        """Make a finding about this page."""
        return found(rule, Span(self.file), message)


def judge(pages: Iterable[Page]) -> tuple[Finding, ...]:
    """Return all that is wrong with the pages of a book."""
    return in_order(finding for page in pages for finding in _page(page))


def _page(page: Page) -> Iterator[Finding]:
    if page.measures["page"]["broken"]:
        yield page.finding("EPUB-200", "The browser shows an error in place of this page.")
        return
    for rule in RULES:
        yield from rule(page)


def _some(things: Sequence[str]) -> str:
    told = "; ".join(f'"{thing}"' for thing in things[:SHOWN])
    return f"{told} and {len(things) - SHOWN} more" if len(things) > SHOWN else told


# ------------------------------------------------------------------ room for the words


def too_wide(page: Page) -> Iterator[Finding]:
    """No page needs scrolling to the side (WCAG 1.4.10, 1.4.4)."""
    for name, layout in page.measures["layout"].items():
        if layout["over"] or layout["wide"]:
            message = f"At {name} it is {layout['over']} pixels too wide"
            yield page.finding("EPUB-201", f"{message}: {_some(layout['wide'])}.")


def lost_words(page: Page) -> Iterator[Finding]:
    """No word is cut off, covered or gone (WCAG 1.4.10, 1.4.4; spacing: 1.4.12)."""
    letters = page.measures["layout"][BASE]["letters"]
    for name, layout in page.measures["layout"].items():
        rule = "EPUB-203" if name == SPACED else "EPUB-202"
        if layout["cut"]:
            yield page.finding(rule, f"At {name} words are cut off: {_some(layout['cut'])}.")
        if layout["covering"]:
            told = _some(layout["covering"])
            yield page.finding(rule, f"At {name} words lie upon one another: {told}.")
        if layout["letters"] < letters:
            gone = letters - layout["letters"]
            yield page.finding(rule, f"At {name} {gone} letters are no longer shown.")


# ------------------------------------------------------------------ words that stand out


def pale(page: Page) -> Iterator[Finding]:
    """Every word stands out from what lies behind it (WCAG 1.4.3), and nothing covers it."""
    for name, contrast in page.measures["contrast"].items():
        low = [(ratio, words) for ratio, words in contrast["lowest"] if ratio < CONTRAST]
        if low:
            message = f"On a {name} words stand out {low[0][0]:.2f} to 1 only"
            yield page.finding("EPUB-204", f"{message}: {_some([words for _, words in low])}.")
        if contrast["pictured"]:
            message = f"On a {name} words stand on a picture: {_some(contrast['pictured'])}."
            yield page.finding("EPUB-205", message)
        if contrast["covered"]:
            message = f"On a {name} words are covered: {_some(contrast['covered'])}."
            yield page.finding("EPUB-202", message)


# ------------------------------------------------------- pictures, names, language, tables


def pictures(page: Page) -> Iterator[Finding]:
    """Every picture is shown, and has a name or is marked as decoration (WCAG 1.1.1)."""
    gone = [source for source, loads in page.measures["page"]["pictures"] if not loads]
    if gone:
        yield page.finding("EPUB-206", f"The browser cannot show {_some(gone)}.")
    nameless = page.measures["tree"][BASE]["nameless pictures"]
    if nameless:
        message = f"Pictures that a screen reader has no words for: {nameless}."
        yield page.finding("EPUB-207", message)


def links(page: Page) -> Iterator[Finding]:
    """Every link has words (WCAG 2.4.4, 4.1.2)."""
    nameless = page.measures["tree"][BASE]["nameless links"]
    if nameless:
        message = f"Links that a screen reader has no words for: {nameless}."
        yield page.finding("EPUB-208", message)


def keyboard(page: Page) -> Iterator[Finding]:
    """The keyboard comes to every link, in the order of the text, and shows where it is."""
    way, steps = page.measures["keyboard"]["way"], page.measures["keyboard"]["steps"]
    for number, ((words, plain), (place, look)) in enumerate(zip(way, steps, strict=True)):
        if place != number:
            came = f'"{way[place][0]}"' if place >= 0 else look
            message = f'The keyboard should come to "{words}" and comes to {came}.'
            yield page.finding("EPUB-209", message)
            return
        if look == plain:
            message = f'"{words}" looks no different when the keyboard has come to it.'
            yield page.finding("EPUB-210", message)
            return


def language(page: Page) -> Iterator[Finding]:
    """The page says its language, and it is one of the book's (WCAG 3.1.1)."""
    said = page.measures["page"]["language"]
    if said.lower() not in (known.lower() for known in page.languages):
        message = f'The browser takes the page to be in "{said}", the book says otherwise.'
        if not said:
            message = "The browser cannot tell which language the page is in."
        yield page.finding("EPUB-211", message)


def tables(page: Page) -> Iterator[Finding]:
    """A table is a table at every width, also when its cells are stacked (WCAG 1.3.1)."""
    counts = {name: tree["table"] for name, tree in page.measures["tree"].items()}
    for name, count in counts.items():
        if count != counts[BASE]:
            message = f"A screen reader no longer finds the table's rows and heads at {name}."
            yield page.finding("EPUB-212", message)


RULES: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    too_wide,
    lost_words,
    pale,
    pictures,
    links,
    keyboard,
    language,
    tables,
)
