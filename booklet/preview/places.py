"""A finding and what is shown go in; the page and the chapter where its words stand come out.

The words of the finding's line in the source are looked for among the words of each page: so a
finding leads somewhere also while the source is too broken to be built, to the last good pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booklet.findings import Finding
from booklet.preview.desk import View
from booklet.source import SourceTree

RUNS = (3, 2)
"""Words in a row that tell one place from another; a line of two words goes by these two."""
NEAR = 40
"""Lines above and below that are tried when the finding's own stands nowhere, such as a fence."""
AROUND = 6
"""Lines above and below that tell apart two places which both have the finding's own."""
EXCERPT = 160
"""Characters of a line that are shown around the finding."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ASIDE = re.compile(r"\[\^[^\]]*\]|\{[^}]*\}|^\s*(?:- )?[\w-]+:\s")
_WORD = re.compile(r"\w+")

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding leads: the number of a page, the place of a chapter; either may be empty.

    ``before``, ``at`` and ``after`` are its line of the source, parted where the finding stands.
    """

    page: str = ""
    chapter: str = ""
    before: str = ""
    at: str = ""
    after: str = ""


class Finder:
    """Finds places in one view. ``tree`` is where the lines of the source are read."""

    def __init__(self, view: View, tree: SourceTree) -> None:
        self._view = view
        self._tree = tree
        self._lines: dict[str, tuple[str, ...]] = {}
        sheets = view.printed.sheets if view.printed else ()
        chapters = view.ebook.chapters if view.ebook else ()
        self._pages = [(sheet.label, _all_runs(sheet.heard)) for sheet in sheets]
        self._chapters = [(chapter.path, _all_runs([chapter.words])) for chapter in chapters]

    def place(self, finding: Finding) -> Place:
        """Return where a finding leads."""
        return self._in_file(finding) or self._in_source(finding)

    def _in_file(self, finding: Finding) -> Place | None:
        """A finding about a finished file names it, and its page or document."""
        name, line = finding.span.file, finding.span.line
        printed, ebook = self._view.printed, self._view.ebook
        if printed and name.endswith(f"/{printed.artifact.name}"):
            labels = [sheet.label for sheet in printed.sheets]
            return Place(page=labels[line - 1] if line <= len(labels) else "")
        if ebook:
            _, inside, path = name.partition(f"/{ebook.artifact.name}/")
            if inside:
                known = any(chapter.path == path for chapter in ebook.chapters)
                return Place(chapter=path if known else "")
        return None

    def _in_source(self, finding: Finding) -> Place:
        lines = self._text(finding.span.file)
        row, column = finding.span.line - 1, finding.span.column - 1
        if row >= len(lines):
            return Place()
        # What stands above belongs to it sooner than what stands below.
        above, below = lines[max(0, row - NEAR) : row + 1], lines[row + 1 : row + NEAR]
        wanted = (*reversed(above), *below)
        around = _all_runs(map(_plain, (*above[-AROUND:], *below[:AROUND])))
        page = _first(wanted, around, self._pages)
        chapter = _first(wanted, around, self._chapters)
        return Place(page, chapter, *_parted(lines[row], column))

    def _text(self, file: str) -> tuple[str, ...]:
        if file not in self._lines:
            _, _, path = file.partition("/")
            loaded = self._tree.text(path) if path else None
            text = loaded.file.text if loaded and loaded.file else ""
            self._lines[file] = tuple(text.split("\n"))
        return self._lines[file]


def _first(lines: Iterable[str], around: Runs, places: Sequence[tuple[str, Runs]]) -> str:
    """Return the place that has most of the first line that stands anywhere.

    A heading stands in the contents, too: then it is the place that has more of what is ``around``.
    """
    for line in lines:
        words = _words([_plain(line)])
        wanted = _runs(words, RUNS[0]) or _runs(words, RUNS[-1])
        scores = [(len(wanted & runs), len(around & runs)) for _, runs in places]
        best = max(scores, default=(0, 0))
        if best[0]:
            return places[scores.index(best)][0]
    return ""


def _plain(line: str) -> str:
    """A line of the source without what its readers never see."""
    return _ASIDE.sub(" ", _LINK.sub(r"\1", line))


def _words(lines: Iterable[str]) -> list[str]:
    return [word.casefold() for line in lines for word in _WORD.findall(line)]


def _runs(words: Sequence[str], length: int) -> Runs:
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _all_runs(lines: Iterable[str]) -> Runs:
    words = _words(lines)
    return frozenset(run for length in RUNS for run in _runs(words, length))


def _parted(line: str, column: int) -> tuple[str, str, str]:
    """Part a line into what is before, at and after a column, and leave out what is far away."""
    column = min(column, len(line))
    start = max(0, column - EXCERPT // 2)
    end = start + EXCERPT
    word = re.match(r"\w+|\S?", line[column:])
    stop = column + (word.end() if word else 0)
    before = ("\u2026" if start else "") + line[start:column]
    after = line[stop:end] + ("\u2026" if end < len(line) else "")
    return before.lstrip(), line[column:stop], after.rstrip()
