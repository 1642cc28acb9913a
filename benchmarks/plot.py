"""Figures enter; a drawing in SVG leaves, for eyes that need large print and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from benchmarks.measure import Missing, Run
from benchmarks.table import Figures

WIDTH, LEFT, BAR, ROW, GAP = 1000, 490, 360, 40, 76
TITLE = "Seconds, each task to a scale of its own: shorter bars are faster"
STYLE = """\
text { font: 24px sans-serif; fill: #111 }
.task { font-weight: bold }
.ours { fill: #0b4f5e }
.other { fill: #fff; stroke: #111; stroke-width: 3 }
"""


def plot(figures: Figures) -> str:
    """Return a group of bars a task with contenders; its longest is as long as there is room.

    Ours is filled and first, the others are outlined; each bar has its name and its seconds.
    """
    body, bottom = [], 50
    for task, row in figures.items():
        if len(row) > 1 and any(isinstance(run, Run) for run in row.values()):
            body.append(f'<text class="task" x="20" y="{bottom + 40}">{escape(task)}</text>')
            body += _bars(row, bottom + 54)
            bottom += GAP + ROW * len(row)
    told = "; ".join(_told(task, row) for task, row in figures.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 30}"'
        ' role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{TITLE}</title>\n<desc id="desc">{escape(told)}</desc>\n'
        f'<style>\n{STYLE}</style>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text class="task" x="20" y="38">{TITLE}</text>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _bars(row: Mapping[str, Run | Missing], top: int) -> Iterator[str]:
    longest = max(run.wall for run in row.values() if isinstance(run, Run))
    for number, (who, run) in enumerate(row.items()):
        y = top + ROW * number
        yield f'<text x="20" y="{y + 25}">{escape(who)}</text>'
        if isinstance(run, Missing):
            yield f'<text x="{LEFT}" y="{y + 25}">not measured</text>'
            continue
        width = BAR * run.wall / longest
        kind = "other" if number else "ours"
        yield f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{width:.1f}" height="32"/>'
        yield f'<text x="{LEFT + 12 + width:.1f}" y="{y + 25}">{run.wall:.2f} s</text>'


def _told(task: str, row: Mapping[str, Run | Missing]) -> str:
    """Return a group of bars in words."""
    said = (f"{who} {_seconds(run)}" for who, run in row.items())
    return f"{task}: {', '.join(said)}"


def _seconds(run: Run | Missing) -> str:
    return f"{run.wall:.2f} seconds" if isinstance(run, Run) else "not measured"
