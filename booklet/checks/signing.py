"""The signatures of a booklet enter; those of a day that has not come leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet


def signing_date(booklet: Booklet, _policy: Policy, today: date) -> Iterator[Finding]:
    """The day of a signature must have come."""
    for signature in booklet.signatures:
        if signature.date and date.fromisoformat(signature.date) > today:
            message = f"Signed on {signature.date}, which has not come."
            yield found("SIGN-004", signature.span, message)
