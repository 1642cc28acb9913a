"""What a browser measured on the pages of one e-book in, findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
BASE, UNSPACED, SPACED = "800 pixels", "320 pixels", "320 pixels with wide spacing"
SETTINGS = (
    (BASE, WIDE, ""),
    (UNSPACED, NARROW, ""),
    ("320 pixels at 200 percent", NARROW, TWICE),
    ("800 pixels at 200 percent", WIDE, TWICE),
    (SPACED, NARROW, SPACING),
)
"""Name, width in CSS pixels, and the reader's own style."""
LOSSES = (
    ("are cut off", "cut"),
    ("lie upon one another", "covering"),
    ("are no longer shown", "letters"),
)
"""How words are lost, and the measure that says so."""


@dataclass(frozen=True, slots=True)
class Page:
    """One measured page: its file, the languages its book names, and the measures."""

    file: str
    languages: tuple[str, ...]
    measures: Mapping[str, Any]

    def finding(self, rule: str, message: str) -> Finding:
        """Make a finding about this page."""
        return found(rule, Span(self.file), message)


def told(pages: Iterable[Page]) -> str:
    """Say in words how much was looked at."""
    shown = [page.measures for page in pages if not page.measures["page"]["broken"]]
    counts = {
        "lines of words": sum(row["contrast"][THEMES[0][0]]["lines"] for row in shown),
        "pictures": sum(len(row["page"]["pictures"]) for row in shown),
        "links": sum(len(row["keyboard"]["way"]) for row in shown),
    }
    return ", ".join((f"{len(shown)} pages", *(f"{n} {what}" for what, n in counts.items())))


def judge(pages: Iterable[Page]) -> tuple[Finding, ...]:
    """Return all that is wrong with the pages of a book."""
    return in_order(finding for page in pages for finding in _page(page))


def _page(page: Page) -> Iterator[Finding]:
    if page.measures["page"]["broken"]:
        yield page.finding("EPUB-200", "The browser shows an error in place of this page.")
        return
    for rule in RULES:
        yield from rule(page)


def _some(things: Iterable[str]) -> str:
    each = list(dict.fromkeys(things))
    some = "; ".join(f'"{thing}"' for thing in each[:SHOWN])
    return f"{some} and {len(each) - SHOWN} more" if len(each) > SHOWN else some


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


# ------------------------------------------------------------------ room for the words


def too_wide(page: Page) -> Iterator[Finding]:
    """No page needs scrolling to the side (WCAG 1.4.10, 1.4.4)."""
    layouts = page.measures["layout"].items()
    wide = {name: layout for name, layout in layouts if layout["over"] or layout["wide"]}
    if wide:
        things = [thing for layout in wide.values() for thing in layout["wide"]]
        message = f"The page must be scrolled to the side at {_and(wide)}"
        yield page.finding("EPUB-201", f"{message}: {_some(things)}.")


def lost_words(page: Page) -> Iterator[Finding]:
    """No word is cut off, covered or gone (WCAG 1.4.10, 1.4.4)."""
    settings = [name for name, _, _ in SETTINGS if name != SPACED]
    for how, key in LOSSES:
        lost = {name: words for name in settings if (words := _lost(page, name, key))}
        if lost:
            words = [word for found in lost.values() for word in found]
            yield page.finding("EPUB-202", f"Words {how} at {_and(lost)}: {_some(words)}.")


def lost_by_spacing(page: Page) -> Iterator[Finding]:
    """No word is lost by wider spacing that was there without it (WCAG 1.4.12)."""
    for how, key in LOSSES:
        before = _lost(page, UNSPACED, key)
        if words := [word for word in _lost(page, SPACED, key) if word not in before]:
            yield page.finding("EPUB-203", f"Words {how} at {SPACED}: {_some(words)}.")


def _lost(page: Page, name: str, key: str) -> list[str]:
    layout = page.measures["layout"][name]
    if key != "letters":
        return list(layout[key])
    gone = page.measures["layout"][BASE]["letters"] - layout["letters"]
    return [f"{gone} letters"] if gone > 0 else []


# ------------------------------------------------------------------ words that stand out


def pale(page: Page) -> Iterator[Finding]:
    """Every word stands out from what lies behind it (WCAG 1.4.3)."""
    low: dict[str, list[tuple[float, str]]] = {}
    for name, contrast in page.measures["contrast"].items():
        if found_low := [(r, words) for r, words in contrast["lowest"] if r < CONTRAST]:
            low[name] = found_low
    if low:
        rows = sorted(row for found_low in low.values() for row in found_low)
        message = f"On a {_and(low)} words stand out {rows[0][0]:.2f} to 1 only"
        yield page.finding("EPUB-204", f"{message}: {_some(words for _, words in rows)}.")


def laid_over(page: Page) -> Iterator[Finding]:
    """No words stand on a picture, and nothing covers words."""
    contrasts = page.measures["contrast"].values()
    for rule, how, key in (
        ("EPUB-205", "stand on a picture", "pictured"),
        ("EPUB-202", "are covered", "covered"),
    ):
        words = [word for contrast in contrasts for word in contrast[key]]
        if words:
            yield page.finding(rule, f"Words {how}: {_some(words)}.")


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
    lost_by_spacing,
    pale,
    laid_over,
    pictures,
    links,
    keyboard,
    language,
    tables,
)
