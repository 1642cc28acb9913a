"""Figures enter; a table in Markdown leaves."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.measure import Missing, Run

# By task, by contender, the first of which is the measure of the others.
Figures = Mapping[str, Mapping[str, Run | Missing]]
HEAD = (
    "| task | who | pages | s | CPU s | MB, largest | MB, together | times ours |",
    "|---|---|--:|--:|--:|--:|--:|--:|",
)


def table(figures: Figures) -> str:
    """Return rows of task, contender, pages, seconds, memory, and how many times the first's."""
    lines = [*HEAD]
    for task, row in figures.items():
        first = next(iter(row.values()))
        lines += [f"| {task} | {who} | {_cells(run, first)} |" for who, run in row.items()]
    return "\n".join(lines) + "\n"


def _cells(run: Run | Missing, first: Run | Missing) -> str:
    if isinstance(run, Missing):
        return " | ".join(("-", f"not measured: {_safe(run.reason)}", *["-"] * 4))
    together = f"{run.together:.0f}" if run.together is not None else "-"
    times = f"{run.wall / first.wall:.2f} x" if isinstance(first, Run) else "-"
    seconds = (f"{run.wall:.2f}", f"{run.cpu:.2f}")
    return " | ".join((f"{run.pages or '-'}", *seconds, f"{run.largest:.0f}", together, times))


def _safe(words: str) -> str:
    """Keep a message within its cell, and its marks out of the Markdown."""
    return "".join(" " if letter in "|`<>[]*_\n" else letter for letter in words)
