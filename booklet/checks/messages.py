"""The front of a booklet enters; missing or too many messages leave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, plain_text


def key_messages(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """There must be key messages, and few."""
    place = booklet.meta.place("key_messages")
    messages = [text for text in booklet.meta.key_messages if plain_text(text).strip()]
    if not messages:
        yield found("STR-001", place, "The booklet has no key messages.")
    elif len(messages) > policy.key_messages:
        message = f"There are {len(messages)} key messages; {policy.key_messages} are the most."
        yield found("STR-002", place, message)


def what_it_is(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """The booklet must say what it is and what it is not."""
    meta = booklet.meta
    for name, texts in (("what_it_is", meta.what_it_is), ("what_it_is_not", meta.what_it_is_not)):
        if not any(plain_text(text).strip() for text in texts):
            yield found("STR-005", meta.place(name), f"{name} holds no words.")
