"""Dates of a booklet enter; reviews that are due, missing or impossible leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet


def review_date(booklet: Booklet, policy: Policy, today: date) -> Iterator[Finding]:
    """The day of the next review must lie ahead, well ahead, and after the day of issue."""
    meta = booklet.meta
    due = date.fromisoformat(meta.review_by)
    place = meta.place("review_by")
    left = (due - today).days
    if due <= date.fromisoformat(meta.issued):
        message = f"Issued {meta.issued}, to be reviewed by {meta.review_by}."
        yield found("REV-003", place, message)
    elif left < 0:
        yield found("REV-001", place, f"The booklet was to be reviewed by {meta.review_by}.")
    elif left <= policy.review_warning_days:
        message = f"The booklet is to be reviewed by {meta.review_by}, in {left} days."
        yield found("REV-002", place, message)


def issue_date(booklet: Booklet, _policy: Policy, today: date) -> Iterator[Finding]:
    """The day of issue must have come."""
    meta = booklet.meta
    if date.fromisoformat(meta.issued) > today:
        yield found("REV-004", meta.place("issued"), f"The booklet is dated {meta.issued}.")


def clinical_review(booklet: Booklet, _policy: Policy, today: date) -> Iterator[Finding]:
    """Each clinical reviewer must have done the review, on a day that has come."""
    meta = booklet.meta
    for number, reviewer in enumerate(meta.reviewers):
        place = meta.place(f"reviewers.{number}")
        if reviewer.date is None:
            yield found("REV-005", place, f"{reviewer.role}: not yet reviewed.")
        elif date.fromisoformat(reviewer.date) > today:
            message = f"{reviewer.role}: reviewed on {reviewer.date}, which has not come."
            yield found("REV-006", place, message)
