"""A booklet and its findings enter; a worksheet for people leaves, as an HTML page.

What counting can decide is filled in. Everything else is left open, and no score is made up for it.
The page is for editors: it is written in the language of the findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from booklet.findings import Finding
from booklet.model import Booklet
from booklet.worksheet.facts import Facts
from booklet.worksheet.items import KINDS, Item, Part, sheet
from booklet.worksheet.measures import Answer, Measured, measured

__all__ = ["KINDS", "to_html"]


@dataclass(frozen=True, slots=True)
class Row:
    """An item with what was measured for it."""

    item: Item
    result: Measured


@dataclass(frozen=True, slots=True)
class Filled:
    """A part with its rows."""

    part: Part
    rows: tuple[Row, ...]


def to_html(kind: str, booklet: Booklet, findings: Iterable[Finding]) -> str:
    """Return the worksheet ``kind`` (one of ``KINDS``) for a booklet, filled in as far as known."""
    facts = Facts(booklet, tuple(findings))
    form = sheet(kind)
    parts = [
        Filled(part, tuple(Row(item, measured(item.measure, facts)) for item in part.items))
        for part in form.parts
    ]
    scored = [part for part in parts if part.part.score]
    return _template().render(
        sheet=form,
        meta=booklet.meta,
        parts=parts,
        scores=[(part.part.score, _so_far(part.rows)) for part in scored]
        or [("Score", _so_far([row for part in parts for row in part.rows]))],
        digest=booklet.digest[:12],
    )


def _so_far(rows: Iterable[Row]) -> str:
    """Say what is known: a score only when no item is left to a person."""
    answers = [row.result.answer for row in rows]
    yes, open_ = answers.count(Answer.YES), answers.count(Answer.PERSON)
    applies = yes + answers.count(Answer.NO)
    if not open_:
        return f"{100 * yes / applies:.0f}" if applies else "none: no item applies"
    decided = f"{len(answers) - open_} of {len(answers)} items are filled in"
    return f"not known yet. {decided}, {yes} of them in favour; {open_} need a person."


@cache
def _template() -> Template:
    """Load the page's frame: data of the product, never of a user."""
    environment = Environment(
        loader=PackageLoader("booklet.worksheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("worksheet.html")
