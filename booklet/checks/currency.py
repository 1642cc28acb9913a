"""Dates of sources, reviews and evidence enter; what is too old or cannot be leaves as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from booklet.checks.rule import Policy, phrases_of
from booklet.findings import Finding, found
from booklet.model import Booklet, Evidence
from booklet.prose import Places, blocks, passages

_YEAR = re.compile(r"[^;()\[\]]{0,24}?\b((?:19|20)\d{2})\b")


def old_sources(booklet: Booklet, policy: Policy, today: date) -> Iterator[Finding]:
    """A source must not be older than the limit, counted from the end of what its date says."""
    places = Places(booklet)
    for source in booklet.sources:
        if _years_after(_last_day(source.date), policy.source_years) < today:
            message = f'The source "{source.key}" is of {source.date}.'
            yield found("DATE-001", places.setting(source.span, "date"), message)


def sources_before_issue(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """What came out after the day of issue cannot have been used by then."""
    issued, places = date.fromisoformat(booklet.meta.issued), Places(booklet)
    for source in booklet.sources:
        if _first_day(source.date) > issued:
            message = f'The source "{source.key}" is of {source.date}, the booklet of {issued}.'
            yield found("DATE-002", places.setting(source.span, "date"), message)


def reviews_before_issue(booklet: Booklet, _policy: Policy, today: date) -> Iterator[Finding]:
    """A review that came after the day of issue was of other words, or the day is an old one."""
    meta = booklet.meta
    for number, reviewer in enumerate(meta.reviewers):
        # One that has not come yet is told of elsewhere (REV-006).
        if reviewer.date and meta.issued < reviewer.date <= today.isoformat():
            message = f"{reviewer.role}: reviewed {reviewer.date}, after {meta.issued}."
            yield found("DATE-003", meta.place(f"reviewers.{number}"), message)


def old_reviews(booklet: Booklet, policy: Policy, today: date) -> Iterator[Finding]:
    """The newest clinical review must be of the last years."""
    meta = booklet.meta
    dates = [reviewer.date for reviewer in meta.reviewers if reviewer.date]
    if not dates or len(dates) < len(meta.reviewers):
        return
    newest = date.fromisoformat(max(dates))
    if _years_after(newest, policy.review_years) < today:
        message = f"The last clinical review was on {newest}."
        yield found("DATE-004", meta.place("reviewers"), message)


def review_far_away(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """The next review must be due within the usual years."""
    meta = booklet.meta
    latest = _years_after(date.fromisoformat(meta.issued), policy.review_years)
    if date.fromisoformat(meta.review_by) > latest:
        message = f"Issued {meta.issued}, to be reviewed only by {meta.review_by}."
        yield found("DATE-005", meta.place("review_by"), message)


def evidence_dates(booklet: Booklet, policy: Policy, today: date) -> Iterator[Finding]:
    """Evidence must have been looked at lately, not in the future, and not before its sources."""
    published = {source.key: source.date for source in booklet.sources}
    for block, _ in blocks(booklet):
        if not isinstance(block, Evidence):
            continue
        checked, place = _last_day(block.date), Places(booklet).setting(block.span, "date")
        later = [
            ref.key for ref in block.sources if _first_day(published.get(ref.key, "1")) > checked
        ]
        if _first_day(block.date) > today:
            message = f"The evidence was checked on {block.date}, which has not come."
            yield found("DATE-006", place, message)
        elif later:
            message = f'The evidence was checked {block.date}, before its source "{later[0]}".'
            yield found("DATE-007", place, message)
        elif _years_after(checked, policy.review_years) < today:
            yield found("DATE-008", place, f"The evidence was last checked {block.date}.")


def looked_at(booklet: Booklet, policy: Policy, today: date) -> Iterator[Finding]:
    """A web page must have been looked at lately."""
    phrases = phrases_of(booklet)
    if phrases is None:
        return
    places = Places(booklet)
    for passage in passages(booklet):
        if passage.kind != "source":
            continue
        for match in phrases.pattern("dates.looked_at").finditer(passage.own_text):
            year = _YEAR.match(passage.own_text, match.end())
            if year and int(year[1]) + policy.review_years < today.year:
                message = f"Somebody looked at this page in {year[1]}."
                yield found("DATE-009", places.find(passage, *match.span()), message)


def _first_day(partial: str) -> date:
    """Return the first day that a date such as 2024, 2024-05 or 2024-05-31 can mean."""
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_day(partial: str) -> date:
    """Return the last day that a date can mean; of a month its 28th, to need no calendar."""
    year, month, day = (*map(int, partial.split("-")), *(12, 31)[partial.count("-") :])[:3]
    return date(year, month, min(day, 28) if partial.count("-") == 1 else day)


def _years_after(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
