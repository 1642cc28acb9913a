"""A booklet, the policy and a day enter; what a reader would suffer from leaves as findings."""

from __future__ import annotations

from datetime import date

from booklet.checks.addresses import other_address, same_address, same_words, stray_signs
from booklet.checks.claims import (
    certain_words,
    happy_ends,
    papers,
    praise,
    prices,
    promises,
    selling,
    strong_words,
)
from booklet.checks.completeness import (
    about_page,
    any_source,
    back_pages,
    left_over,
    other_emergency_number,
)
from booklet.checks.currency import (
    evidence_dates,
    looked_at,
    old_reviews,
    old_sources,
    review_far_away,
    reviews_before_issue,
    sources_before_issue,
)
from booklet.checks.emphasis import bold_paragraphs, capitals, colours
from booklet.checks.headings import chapter_titles
from booklet.checks.link_words import bare_addresses, empty_link_words
from booklet.checks.lists import large_numbers, long_lists
from booklet.checks.long_words import long_words
from booklet.checks.messages import key_messages, what_it_is
from booklet.checks.pictures import (
    described_by_name,
    description_length,
    needless_opening,
    same_as_caption,
)
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
from booklet.checks.starter import left_to_write
from booklet.checks.tables import wide_tables
from booklet.checks.tongues import other_languages, other_scripts
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
    large_numbers,
    long_words,
    signing_date,
    left_to_write,
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
    # currency
    old_sources,
    sources_before_issue,
    reviews_before_issue,
    old_reviews,
    review_far_away,
    evidence_dates,
    looked_at,
    # completeness
    about_page,
    back_pages,
    any_source,
    left_over,
    other_emergency_number,
    # claims
    promises,
    strong_words,
    papers,
    praise,
    happy_ends,
    selling,
    prices,
    certain_words,
    # the source's own accessibility
    empty_link_words,
    bare_addresses,
    described_by_name,
    needless_opening,
    same_as_caption,
    description_length,
    colours,
    wide_tables,
    capitals,
    bold_paragraphs,
    other_scripts,
    other_languages,
    # addresses
    same_address,
    same_words,
    stray_signs,
    other_address,
)

__all__ = ["ALL", "Check", "Policy", "run"]


def run(booklet: Booklet, policy: Policy, today: date) -> tuple[Finding, ...]:
    """Return the findings of all checks, sorted by place. ``today`` is the day to judge by."""
    return in_order(finding for check in ALL for finding in check(booklet, policy, today))
