"""A booklet enters; what its language's formula finds too hard to read leaves as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet import plain
from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet
from booklet.plain.formulas import Formula
from booklet.plain.grade import LEAST_WORDS
from booklet.plain.lists import lists_for


def reading_level(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """Each part of a booklet must be easy enough; a part is graded from about 100 words on."""
    reading = plain.reading(booklet)
    formula = reading.formula
    if formula is None:
        return
    for part, grade in reading.stretches():
        if grade.score is None or part.is_short:
            continue
        for rule, limit in (("PLAIN-001", formula.fail), ("PLAIN-002", formula.warn)):
            if formula.harder(grade.score, limit):
                message = f"{part.name}: {_score(formula, grade.score, limit)}"
                yield found(rule, part.span, message)
                break


def unmeasured_language(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """What nothing here can measure in the booklet's language must be said, not passed over."""
    language = booklet.meta.language
    missing = []
    if plain.reading(booklet).formula is None:
        missing.append("the reading level")
    if lists_for(language) is None:
        missing.append("the choice of words")
    if missing:
        message = f'Not checked in "{language}": {" and ".join(missing)}.'
        yield found("PLAIN-003", booklet.meta.place("language"), message)


def disclaimer_level(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A hard disclaimer is told once, and never blocks: lawyers have agreed on its words."""
    reading = plain.reading(booklet)
    formula, grade = reading.formula, reading.graded(reading.disclaimer.sentences())
    if formula is None or grade.score is None or grade.words < LEAST_WORDS:
        return
    if formula.harder(grade.score, formula.warn):
        message = f"The disclaimer: {_score(formula, grade.score, formula.warn)}"
        yield found("PLAIN-004", reading.disclaimer.span, message)


def _score(formula: Formula, score: float, limit: float) -> str:
    side = "most" if formula.rises else "least"
    return f"{formula.name} {score:g}; {limit:g} is the {side}, {formula.target:g} the aim."
