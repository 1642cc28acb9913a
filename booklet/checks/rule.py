"""What all checks share: their signature and the numbers that a clinic may set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from booklet.findings import Finding
from booklet.model import Booklet


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of the checks.

    ``review_warning_days``: days before the review date from which on it is near.
    ``key_messages``, ``list_items``: the most a reader can keep in mind; seven is the upper end
    of what plain-language guides allow.
    """

    review_warning_days: int = 60
    key_messages: int = 7
    list_items: int = 7


Check = Callable[[Booklet, Policy, date], Iterator[Finding]]
