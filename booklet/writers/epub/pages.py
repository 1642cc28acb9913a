"""Rendered parts in, one finished XHTML document each out, contents and cover among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.editions import Job
from booklet.words import Words
from booklet.writers.epub import navigation
from booklet.writers.epub.breaks import Marked, mark_pages, markup
from booklet.writers.html import Part, PartKind, Rendered

COVER_PAGE = "cover.xhtml"
COVER_IMAGE = "cover.png"
_NAMES = {PartKind.COVER: "title-page.xhtml", PartKind.CONTENTS: "nav.xhtml"}
# What any unzipping tool on any machine takes as a file name.
_UNSAFE = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML document: its file name beside the others, its bytes, whether it is the nav."""

    file: str
    data: bytes
    is_nav: bool = False


def file_names(parts: tuple[Part, ...]) -> dict[str, str]:
    """Return the file for every id of every part, as ``Links`` wants it."""
    return {target: file_name(part) for part in parts for target in (part.id, *part.ids)}


def file_name(part: Part) -> str:
    """Return the file of a part: named by its kind, a chapter also by number and id."""
    if part.kind is PartKind.CHAPTER:
        words = _UNSAFE.sub("", part.id.lower()).strip("-")
        return f"chapter-{part.number:02d}{'-' if words else ''}{words}.xhtml"
    return _NAMES.get(part.kind, f"{part.kind.value}.xhtml")


def pages(job: Job, rendered: Rendered, files: Mapping[str, str], words: Words) -> tuple[Page, ...]:
    """Frame the parts in reading order: the cover picture first, the disclaimer last.

    The parent's printed pages are marked in them. Raises ValueError as ``mark_pages`` does.
    """
    marked = mark_pages(rendered.parts, job.parent.page_map if job.parent else ())
    binder = _Binder(job, marked, files, words, _environment())
    return (binder.cover(), *(binder.page(part) for part in marked.parts))


@cache
def _environment() -> Environment:
    """Our own templates only, escaped, and strict: a missing word is an error, not a blank.

    One for the process, for it keeps the compiled templates; nothing of a booklet is in it.
    """
    return Environment(
        loader=PackageLoader("booklet.writers.epub"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class _Binder:
    """What each page needs from the whole book."""

    job: Job
    marked: Marked
    files: Mapping[str, str]
    words: Words
    environment: Environment

    def cover(self) -> Page:
        meta = self.job.cleared.booklet.meta
        words = self.words.fill("cover_description", title=meta.title, subtitle=meta.subtitle)
        return self._fill(
            "cover.xhtml",
            COVER_PAGE,
            title=self.words["cover"],
            image=COVER_IMAGE,
            description=words.strip(),
        )

    def page(self, part: Part) -> Page:
        if part.kind is PartKind.CONTENTS:
            return self._contents(part)
        title = part.title
        if part.kind is PartKind.COVER:
            title = self.job.cleared.booklet.meta.title
        return self._fill("page.xhtml", self.files[part.id], title=title, body=part.body)

    def _contents(self, part: Part) -> Page:
        chapters = self.job.cleared.booklet.chapters
        parts, breaks = self.marked.parts, self.marked.breaks
        return self._fill(
            "nav.xhtml",
            self.files[part.id],
            id=part.id,
            title=part.title,
            marks=[markup(mark) for mark in breaks if mark.part == part.id],
            toc=navigation.contents(parts, self.files, chapters),
            landmarks=navigation.landmarks(parts, self.files, COVER_PAGE, self.words),
            page_list=navigation.page_list(breaks, self.files),
        )

    def _fill(self, template: str, file: str, **values: object) -> Page:
        meta = self.job.cleared.booklet.meta
        text = self.environment.get_template(template).render(
            language=meta.language,
            direction=meta.direction,
            styles=[style_file(name) for name, _ in self.job.styles],
            words=self.words,
            **values,
        )
        return Page(file, text.encode(), is_nav=template == "nav.xhtml")


def style_file(name: str) -> str:
    """Return where a style sheet lies in the book."""
    return f"styles/{name}"
