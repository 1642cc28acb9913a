"""What all checks share: their signature, the numbers that a clinic may set, and phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from booklet.findings import Finding
from booklet.model import Booklet
from booklet.phrases import Phrases, phrases_for
from booklet.prose import passages


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of the checks.

    ``review_warning_days``: days before the review date from which on it is near.
    ``key_messages``, ``list_items``: the most a reader can keep in mind; seven is the upper end
    of what plain-language guides allow.
    ``sentence_average``, ``sentence_words``: words of a part's sentences on average, and of one
    sentence (20: STANDARDS; 30: half as many again, GOV.UK's guide stops at 25).
    ``paragraph_words``: about half a page at 18 pt; the US federal guide's 150 would be a page.
    ``passive_share``: the share of sentences that may hide who acts (PEMAT calls a text active
    when 80 of 100 sentences are).
    ``source_years``: a source older than this is asked about. Guidelines are held to be out of
    date after five years (the limit of the US National Guideline Clearinghouse); studies that
    are still cited live longer, so it is twice that.
    ``review_years``: between two reviews, three at the most (PIF TICK, UK, and before it The
    Information Standard of NHS England).
    ``words_without_source``: a leaflet of two large-print pages may do without.
    ``address_characters``: an address that can still be typed from paper and said aloud.
    ``description_characters``, ``description_words``: a screen reader reads a description in one
    breath and cannot be stopped in it to go back; what is longer is a long description.
    ``columns``: what large print can show side by side, as the standards of this project say.
    ``capital_words``, ``bold_words``: more of them stand out no longer (UKAAF).
    ``word_letters``: a line of large print on a small page, and the longest word in dictionaries.
    ``list_number``: three digits are what the space before an item holds in giant print.
    """

    review_warning_days: int = 60
    key_messages: int = 7
    list_items: int = 7
    sentence_average: int = 20
    sentence_words: int = 30
    paragraph_words: int = 100
    passive_share: float = 0.2
    source_years: int = 10
    review_years: int = 3
    words_without_source: int = 500
    address_characters: int = 40
    description_characters: int = 350
    description_words: int = 3
    columns: int = 3
    capital_words: int = 2
    bold_words: int = 12
    word_letters: int = 45
    list_number: int = 999


Check = Callable[[Booklet, Policy, date], Iterator[Finding]]


# Every check of words asks for the same; it is a pure function of the booklet.
@lru_cache(maxsize=2)
def phrases_of(booklet: Booklet) -> Phrases | None:
    """Return the phrases of the booklet's language that may be in it; None without lists."""
    phrases = phrases_for(booklet.meta.language)
    text = "\n".join(passage.text for passage in passages(booklet))
    return phrases.among(text) if phrases else None
