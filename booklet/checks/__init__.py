"""A booklet, the policy and a day enter; what a reader would suffer from leaves as findings."""

from __future__ import annotations

from datetime import date

from booklet.checks.headings import chapter_titles
from booklet.checks.lists import long_lists
from booklet.checks.messages import key_messages, what_it_is
from booklet.checks.plain_chances import vague_chances
from booklet.checks.plain_grade import disclaimer_level, reading_level, unmeasured_language
from booklet.checks.plain_headings import telling_headings
from booklet.checks.plain_negatives import double_negatives
from booklet.checks.plain_sentences import average_length, long_paragraphs, long_sentences
from booklet.checks.plain_short_forms import short_forms
from booklet.checks.plain_voice import passive_voice, speaks_to_the_reader
from booklet.checks.plain_words import hard_words
from booklet.checks.review import clinical_review, issue_date, review_date
from booklet.checks.rule import Check, Policy
from booklet.checks.signing import signing_date
from booklet.findings import Finding, in_order
from booklet.model import Booklet

ALL: tuple[Check, ...] = (
    review_date,
    issue_date,
    clinical_review,
    key_messages,
    what_it_is,
    chapter_titles,
    long_lists,
    signing_date,
    reading_level,
    unmeasured_language,
    disclaimer_level,
    average_length,
    long_sentences,
    long_paragraphs,
    passive_voice,
    speaks_to_the_reader,
    hard_words,
    double_negatives,
    vague_chances,
    short_forms,
    telling_headings,
)

__all__ = ["ALL", "Check", "Policy", "run"]


def run(booklet: Booklet, policy: Policy, today: date) -> tuple[Finding, ...]:
    """Return the findings of all checks, sorted by place. ``today`` is the day to judge by."""
    return in_order(finding for check in ALL for finding in check(booklet, policy, today))
