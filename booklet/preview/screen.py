"""What is known of a booklet goes in, the page that shows it comes out; it needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.editions import EDITIONS
from booklet.findings import Finding, Severity, catalogue
from booklet.preview.desk import Sight, Stage, View
from booklet.preview.pictures import WIDTHS
from booklet.preview.places import Finder, Place
from booklet.preview.work import Chapter
from booklet.report import count
from booklet.source import SourceTree
from booklet.survey import Draft

PRINTED = {row.id: row for row in EDITIONS if row.format == "pdf"}
"""The editions that have pages, by id."""
MOST_TURNED = 5
"""Pages with new words that are named; when there are more, the first of them are."""
_MIDDLE = WIDTHS[2]
_WORKING = {
    Stage.CHECKING: "Checking the source",
    Stage.PRINTING: "Making the pages",
    Stage.BINDING: "Making the e-book",
    Stage.PROVING: "Measuring the finished files",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as it is shown. ``page_at`` is an address on this page."""

    finding: Finding
    title: str
    is_error: bool
    place: Place
    page_at: str
    chapter_at: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Said:
    """How things stand: ``tone`` is good, work, bad or old; ``words`` say it."""

    tone: str
    words: str


class Screen:
    """Draws the pages; ``version`` is that of the files in ``static``."""

    def __init__(self, version: str) -> None:
        self._version = version

    def listing(self, drafts: Iterable[Draft], revision: int) -> str:
        """Return the page that lists the booklets."""
        rows = [
            {
                "address": f"/b/{quote(draft.id)}",
                "title": draft.booklet.meta.title if draft.booklet else draft.id,
                "language": draft.booklet.meta.language if draft.booklet else "en",
                "id": draft.id,
                "state": _counted(draft.findings) or "No findings",
                "tone": _tone(draft.findings),
            }
            for draft in drafts
        ]
        template = _environment().get_template("list.html")
        return template.render(rows=rows, version=self._version, revision=revision)

    def booklet(self, view: View, tree: SourceTree, chapter: str, *, several: bool) -> str:
        """Return the page of a booklet with one chapter of its e-book."""
        return (
            _environment()
            .get_template("booklet.html")
            .render(
                view=view,
                said=_said(view),
                told=_told(view),
                title=view.title or view.booklet,
                rows=list(_rows(view, tree)),
                counted=_counted(view.all_findings),
                book=_book(view, chapter),
                pages=list(_pages(view)),
                editions=PRINTED,
                turned=view.turned[:MOST_TURNED],
                working=_WORKING.get(view.stage, ""),
                several=several,
                version=self._version,
            )
        )


def address(sight: Sight) -> str:
    """Return where something is shown."""
    return f"/b/{quote(sight.booklet)}/{quote(sight.edition)}/"


@cache
def _environment() -> Environment:
    """Load the frames of the pages: data of the product, never of a user."""
    return Environment(
        loader=PackageLoader("booklet.preview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


# ----------------------------------------------------------------------------- how it stands


def _said(view: View) -> Said:
    """Say how things stand, for the eye."""
    if view.stage is Stage.FAULT:
        return Said("bad", "The preview met a fault")
    if not view.is_settled:
        return Said("work", f"{_WORKING[view.stage]}\u2026")
    if view.stage is Stage.BLOCKED:
        return Said("bad", "Cannot be built yet")
    if view.is_blocked:
        return Said("bad", "A build would refuse this")
    return Said("good", "Up to date")


def _told(view: View) -> str:
    """Say how things stand, for the ear: only what is worth being interrupted for."""
    found = _counted(view.all_findings) or "No findings"
    if view.stage is Stage.FAULT:
        return view.fault
    if view.stage is Stage.BLOCKED:
        pages = " The pages shown are old." if view.is_old else ""
        return f"{found}. Cannot be built yet.{pages}"
    if view.stage is Stage.READY:
        return f"Rebuilt in {view.seconds:.1f} seconds. {found}."
    return ""


def _counted(findings: Iterable[Finding]) -> str:
    """Return such as ``1 error, 2 warnings``; nothing when there is nothing to count."""
    each = [finding.severity for finding in findings]
    errors, warnings = each.count(Severity.ERROR), each.count(Severity.WARNING)
    numbers = [(errors, "error"), (warnings, "warning")]
    return ", ".join(count(number, noun) for number, noun in numbers if number)


def _tone(findings: Iterable[Finding]) -> str:
    worst = max((finding.severity for finding in findings), default=None)
    return {Severity.ERROR: "bad", Severity.WARNING: "warn"}.get(worst, "good") if worst else "good"


# --------------------------------------------------------------------- findings, pages, book


def _rows(view: View, tree: SourceTree) -> Iterator[Row]:
    finder, rules = Finder(view, tree), catalogue()
    titles = {chapter.path: chapter.title for chapter in _chapters(view)}
    # The errors first: they are what is in the way.
    for finding in sorted(view.all_findings, key=lambda finding: -finding.severity):
        place = finder.place(finding)
        yield Row(
            finding,
            rules[finding.rule].title,
            finding.severity is Severity.ERROR,
            place,
            f"#page-{quote(place.page)}" if place.page else "",
            f"?chapter={quote(place.chapter)}#ebook" if place.chapter else "",
            titles.get(place.chapter, ""),
        )


def _pages(view: View) -> Iterator[dict[str, object]]:
    if view.printed is None:
        return
    version = view.printed.artifact.sha256[:16]
    for number, sheet in enumerate(view.printed.sheets, start=1):
        address = f"page/{number}.png?v={version}&w="
        yield {
            "label": sheet.label,
            "number": number,
            "width": _MIDDLE,
            "height": round(_MIDDLE * sheet.height / sheet.width),
            "source": f"{address}{_MIDDLE}",
            "sources": ", ".join(f"{address}{width} {width}w" for width in WIDTHS),
            "heard": sheet.heard,
            "is_new": sheet.label in view.turned,
        }


def _chapters(view: View) -> tuple[Chapter, ...]:
    return view.ebook.chapters if view.ebook else ()


def _book(view: View, wanted: str) -> dict[str, object] | None:
    """The chapter that is shown, with the one before and the one after it."""
    chapters = _chapters(view)
    if view.ebook is None or not chapters:
        return None
    paths = [chapter.path for chapter in chapters]
    at = paths.index(wanted) if wanted in paths else 0
    version = view.ebook.artifact.sha256[:16]
    return {
        "chapters": chapters,
        "at": at,
        "address": f"ebook/{version}/{quote(paths[at])}",
        "before": chapters[at - 1] if at else None,
        "after": chapters[at + 1] if at + 1 < len(chapters) else None,
    }
