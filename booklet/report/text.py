"""A report enters; what a person reads on a screen leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from booklet.findings import Finding, Severity
from booklet.manifest import Entry
from booklet.report.places import Places
from booklet.report.result import NotChecked, Report, count, printable, summary
from booklet.report.timings import table

PIPE = 100
"""Columns where nobody says how wide the screen is: in a file, in a log."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The marks put around words; all empty where colour is not wanted."""

    error: str = ""
    warning: str = ""
    good: str = ""
    end: str = ""


PLAIN = Colours()
ANSI = Colours("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m", "\x1b[0m")


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a report is read: its colours, and the columns of a terminal, None for no terminal."""

    colours: Colours = PLAIN
    columns: int | None = None


PAPER = Screen()


def to_text(
    report: Report,
    *,
    quiet: bool = False,
    screen: Screen = PAPER,
    places: Places | None = None,
) -> str:
    """Return the findings, the built files and a summary; with ``quiet`` the findings alone.

    With ``places`` each finding shows its line.
    """
    colours = screen.colours
    lines = [line for each in report.findings for line in finding_lines(each, screen, places)]
    # In one line each, as all faults are.
    lines += [f"{colours.error}{printable(each.line())}{colours.end}" for each in report.faults]
    if not quiet:
        lines += _hardest(report, screen)
        lines += _set_aside(report)
        lines += [_file_line(report.folder, entry) for entry in report.entries]
        lines += _not_checked_lines(report.not_checked)
        mark = colours.error if report.exit_code else colours.good
        lines += [f"{mark}{sentence}{colours.end}" for sentence in summary(report)]
    lines += table(report.times) if report.times else []
    return "".join(f"{line}\n" for line in lines)


def finding_line(finding: Finding, colours: Colours) -> str:
    """Return a finding as one line, its rule id coloured; control characters are left out."""
    line = printable(finding.line())
    return line.replace(finding.rule, _coloured(finding.rule, finding, colours), 1)


def _coloured(words: str, finding: Finding, colours: Colours) -> str:
    colour = colours.error if finding.severity is Severity.ERROR else colours.warning
    return f"{colour}{words}{colours.end}"


def finding_lines(
    finding: Finding, screen: Screen = PAPER, places: Places | None = None
) -> Iterator[str]:
    """Yield a finding in one line (on a terminal, as many as it takes) and its source below."""
    line = places.lines(finding.span) if places else None
    if places is None or line is None:
        yield finding_line(finding, screen.colours)
        return
    # Imported here: a fault must be told even where this package is missing.
    from booklet.report.excerpt import excerpt, wrapped

    rows = [printable(finding.line())]
    if screen.columns is not None:
        rows = wrapped(rows[0], screen.columns)
    coloured = _coloured(finding.rule, finding, screen.colours)
    yield from "\n".join(rows).replace(finding.rule, coloured, 1).split("\n")
    span = finding.span
    length = places.length(finding)
    shown, marks = excerpt(line, span.column, length, span.line, screen.columns or PIPE)
    if shown:
        yield shown
        blank, _, _ = marks.partition("^")
        yield blank + _coloured(marks.removeprefix(blank), finding, screen.colours)


def _hardest(report: Report, screen: Screen) -> Iterator[str]:
    """Yield each booklet's hardest sentences: where, how long, and what to do."""
    told: set[str] = set()
    for result in report.booklets:
        if not result.hardest or result.id in told:
            continue
        told.add(result.id)  # its copies for other clinics have the same sentences
        yield f"Sentences of {result.id} to look at first:"
        for hard in result.hardest:
            words = count(hard.words, "word")
            yield from _rows(f'  {hard.span} ({words}) "{hard.text}" {hard.advice}', screen)


def _rows(text: str, screen: Screen) -> list[str]:
    """Return a line for a file, and as many as it takes for a terminal."""
    if screen.columns is None:
        return [printable(text)]
    # Imported here: a fault must be told even where this package is missing.
    from booklet.report.excerpt import wrapped

    return wrapped(printable(text), screen.columns)


def _set_aside(report: Report) -> Iterator[str]:
    """Yield what does not count: in the baseline, switched off, or put right."""
    for finding in report.known:
        yield printable(f"{finding.span} {finding.rule} in the baseline: {finding.message}")
    for row in report.gone or ():
        times = f", {row.count} times" if row.count > 1 else ""
        yield printable(f"{row.file}: {row.rule} is in the baseline and put right{times}.")
    for result in report.booklets:
        for off in result.off:
            number = count(len(off.findings), "finding")
            said = f"{result.name}: {off.rule} is switched off, {number}. Reason: {off.reason}"
            yield printable(said)


def _file_line(folder: str, entry: Entry) -> str:
    pages = f"{count(entry.pages, 'page')}, " if entry.pages else ""
    return f"{folder}/{entry.file} ({pages}{_size(entry.size)})"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def _not_checked_lines(missing: Iterable[NotChecked]) -> list[str]:
    """One line a tool, however many files it did not see."""
    details = {item.tool: item.detail for item in missing}
    return [f"NOT CHECKED by {tool}: {printable(why)}" for tool, why in sorted(details.items())]
