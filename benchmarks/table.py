"""Figures enter; a table in Markdown and a plot in SVG leave."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from benchmarks.measure import Run

# By task, by contender, the first of which is the measure of the others; None is not measured.
Figures = Mapping[str, Mapping[str, Run | None]]
NOT_MEASURED = "**not measured**"


def table(figures: Figures) -> str:
    """Return rows of task, contender, seconds, processor seconds, memory, and times the first."""
    lines = ["| task | who | s | CPU s | MB | wall | CPU |", "|---|---|--:|--:|--:|--:|--:|"]
    for task, row in figures.items():
        first = next(iter(row.values()))
        lines += [f"| {task} | {who} | {_cells(run, first)} |" for who, run in row.items()]
    return "\n".join(lines) + "\n"


def _cells(run: Run | None, first: Run | None) -> str:
    if run is None:
        return " | ".join((NOT_MEASURED, *["-"] * 4))
    cells = [f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.memory:.0f}"]
    if first is None:
        return " | ".join((*cells, "-", "-"))
    return " | ".join((*cells, f"{run.wall / first.wall:.2f} x", f"{run.cpu / first.cpu:.2f} x"))


def plot(figures: Figures) -> str:
    """Return bars of processor seconds: a group a task, a bar a contender."""
    bars = [(task, who, run) for task, row in figures.items() for who, run in row.items() if run]
    most = max((run.cpu for _, _, run in bars), default=1.0)
    lines = []
    for number, (task, who, run) in enumerate(bars):
        top, width = 40 + 30 * number, 400 * run.cpu / most
        lines += [
            f'<text x="430" y="{top + 16}" text-anchor="end">{escape(f"{task}: {who}")}</text>',
            f'<rect x="440" y="{top}" width="{width:.1f}" height="20" fill="#0b4f5e"/>',
            f'<text x="{448 + width:.1f}" y="{top + 16}">{run.cpu:.2f} s</text>',
        ]
    size = f'viewBox="0 0 940 {60 + 30 * len(bars)}"'
    style = 'font-family="sans-serif" font-size="14"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style} role="img">\n'
        "<title>Processor seconds, less is better</title>\n"
        '<rect width="100%" height="100%" fill="#fff"/>\n'
        '<text x="20" y="24" font-weight="bold">Processor seconds, less is better</text>\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )
