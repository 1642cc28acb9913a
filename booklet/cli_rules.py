"""``rules``: names of rules go in; what they ask for, why, and samples of each come out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from booklet import choices
from booklet.cli_project import screen, show
from booklet.errors import EXIT_OK
from booklet.findings import Rule, Severity, catalogue
from booklet.report import Screen, count, data_to_json, printable
from booklet.resources import cases_dir
from booklet.rulebook import Sample, base_text, sample_of

AROUND = 2
"""Lines shown above and below a place."""
NO_CASES = "Samples are in the project's repository (tests/cases), not in this installation."
FINISHED = "Only a finished file can break it; the project's tests hold the samples."
NO_SAMPLE = "No source can show it; the project's tests hold the samples."


def run(arguments: argparse.Namespace) -> int:
    """Print the rules and return 0. Raises UsageError for a rule that does not exist."""
    rules = _chosen(arguments.rules)
    if arguments.format == "json":
        show(data_to_json("rules", EXIT_OK, rules=[_data(rule) for rule in rules]))
    elif arguments.rules:
        seen = screen(sys.stdout)
        show("\n".join(_page(rule, seen) for rule in rules))
    else:
        show(_list(rules))
    return EXIT_OK


def _chosen(names: Sequence[str]) -> list[Rule]:
    """Return the rules with these ids, or of these areas such as MD, in the order of the ids."""
    rules = sorted(catalogue().values(), key=lambda rule: rule.id)
    asked = {name.upper() for name in names}
    areas = sorted({_area(rule) for rule in rules})
    choices.require("rule", sorted(asked), (*areas, *(rule.id for rule in rules)))
    return [rule for rule in rules if not asked or asked & {rule.id, _area(rule)}]


def _area(rule: Rule) -> str:
    return rule.id.partition("-")[0]


# ------------------------------------------------------------------------- for a person


def _list(rules: Sequence[Rule]) -> str:
    lines = [_line(rule) for rule in rules]
    lines.append(f"{count(len(rules), 'rule')}. More of one: make_booklet.py rules {rules[0].id}")
    return "".join(f"{line}\n" for line in lines)


def _line(rule: Rule) -> str:
    off = " (may be switched off)" if rule.switch else ""
    return f"{rule.id:<10} {rule.severity.name.lower():<7}  {rule.title}{off}"


def _page(rule: Rule, seen: Screen) -> str:
    from booklet.report.excerpt import wrapped

    switch = "may be switched off in booklet.yaml, with a reason" if rule.switch else "is always on"
    rows = [
        f"{rule.id} {rule.title}",
        f"  {rule.severity.name.lower()}; {switch}",
        f"  Why: {rule.why}",
        f"  What to do: {rule.hint}",
        f"  Rests on: {rule.source}",
    ]
    columns = seen.columns or sys.maxsize
    lines = [line for row in rows for line in wrapped(row, columns)]
    lines += _samples(rule, seen)
    return "".join(f"{line}\n" for line in lines)


def _samples(rule: Rule, seen: Screen) -> Iterator[str]:
    sample = sample_of(rule.id)
    if sample is None:
        missing = NO_CASES if cases_dir() is None else FINISHED if rule.about_files else NO_SAMPLE
        yield f"  {missing}"
        return
    yield f"  Wrong, in {sample.folder}/fail:"
    for file, line, column in sample.places[:1]:
        yield from _window(_wrong(sample, file), file, line, seen, column)
    yield f"  Right, in {sample.folder}/pass:"
    for file, line, _column in sample.places[:1]:
        text = dict(sample.right).get(file, base_text(file))
        yield from _window(text, file, _changed(_wrong(sample, file), text) or line, seen)
    if sample.prepared:
        yield "  The test also does what no text shows; see case.toml there."


def _wrong(sample: Sample, file: str) -> str:
    return dict(sample.wrong).get(file, base_text(file))


def _changed(wrong: str, right: str) -> int:
    """Return the first line of the right text that differs from the wrong one; 0 if none does."""
    old, new = wrong.split("\n"), right.split("\n")
    pairs = enumerate(new, start=1)
    return next((n for n, line in pairs if n > len(old) or old[n - 1] != line), 0)


def _window(text: str, file: str, line: int, seen: Screen, column: int = 0) -> Iterator[str]:
    """Yield the lines around a place, the place itself marked when there is a column."""
    from booklet.report.excerpt import excerpt
    from booklet.report.text import PIPE

    yield f"    {printable(file)}"
    rows = text.rstrip("\n").split("\n")
    if not text:
        yield "      (a picture, or a file that is not there)"
        return
    first, last = max(1, line - AROUND), min(len(rows), line + AROUND)
    for number in range(first, last + 1):
        at = column if number == line else 1
        shown, marks = excerpt(rows[number - 1], at or 1, 1, number, seen.columns or PIPE)
        yield shown
        if number == line and column:
            blank = marks.rstrip("^")
            yield f"{blank}{seen.colours.error}^{seen.colours.end}"


# ------------------------------------------------------------------------ for a program


def _data(rule: Rule) -> dict[str, Any]:
    sample = sample_of(rule.id)
    return {
        "id": rule.id,
        "severity": "error" if rule.severity is Severity.ERROR else "warning",
        "title": rule.title,
        "why": rule.why,
        "source": rule.source,
        "hint": rule.hint,
        "switch": rule.switch,
        "about": _about(rule),
        "sample": _sample_data(sample) if sample else None,
    }


def _about(rule: Rule) -> str:
    if rule.about_network:
        return "network"
    return "finished file" if rule.about_files else "source"


def _sample_data(sample: Sample) -> dict[str, Any]:
    return {
        "folder": sample.folder,
        "wrong": dict(sample.wrong),
        "right": dict(sample.right),
        "places": [
            {"file": file, "line": line, "column": column} for file, line, column in sample.places
        ],
        "prepared": sample.prepared,
    }
