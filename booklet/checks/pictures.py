"""The pictures of a booklet enter; descriptions that describe nothing leave as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from booklet.checks.rule import Policy, phrases_of
from booklet.findings import Finding, found
from booklet.model import Booklet, Figure, plain_text
from booklet.prose import Passage, Places, passages

_ENDING = re.compile(r"\.(svg|png|jpe?g|gif|webp|bmp|tiff?|heic|pdf)\b", re.IGNORECASE)
_CAMERA = re.compile(
    r"(img|dsc|image|picture|screenshot|scan|figure|photo)[\s_-]*\d+", re.IGNORECASE
)


def described_by_name(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A description must not be the name of a file."""
    for figure, passage, places in _described(booklet):
        words = figure.description
        stem = PurePosixPath(figure.asset.path).stem
        one_word = not re.search(r"\s", words)
        named = one_word and (words.casefold() == stem.casefold() or re.search(r"[_\d]", words))
        if _ENDING.search(words) or _CAMERA.fullmatch(words) or named:
            message = f'The description "{words[:60]}" is the name of a file.'
            yield found("ACC-003", places.find(passage, 0, len(passage.text)), message)


def needless_opening(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """A description must not begin with what a screen reader says by itself."""
    phrases = phrases_of(booklet)
    if phrases is None:
        return
    for figure, passage, places in _described(booklet):
        match = phrases.pattern("wording.picture_openings").match(figure.description)
        if match:
            message = f'The description begins with "{match[0]}".'
            yield found("ACC-004", places.find(passage, *match.span()), message)


def same_as_caption(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """What stands below the picture need not be heard twice."""
    for figure, passage, places in _described(booklet):
        if _bare(figure.description) == _bare(plain_text(figure.caption)):
            message = "The description and the caption are the same."
            yield found("ACC-005", places.find(passage, 0, len(passage.text)), message)


def description_length(booklet: Booklet, policy: Policy, _today: date) -> Iterator[Finding]:
    """A description must be long enough to tell something and short enough to be heard at once."""
    for figure, passage, places in _described(booklet):
        place = places.find(passage, 0, len(passage.text))
        size, words = len(figure.description), figure.description.split()
        if size > policy.description_characters:
            yield found("ACC-006", place, f"The description has {size} characters.")
        elif len(words) < policy.description_words:
            count = "1 word" if len(words) == 1 else f"{len(words)} words"
            yield found("ACC-007", place, f"The description has {count}.")


def _described(booklet: Booklet) -> Iterator[tuple[Figure, Passage, Places]]:
    places = Places(booklet)
    for passage in passages(booklet):
        if passage.kind == "description" and isinstance(passage.inside[-1], Figure):
            yield passage.inside[-1], passage, places


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
