"""Phrases that may be in a text: whatever is left out, the same is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.phrases import phrases_for

ENGLISH = phrases_for("en-US")
assert ENGLISH is not None
WORDS = sorted({word for _, texts in ENGLISH.lists for text in texts for word in text.split()})
ENDINGS = ["", "s", "-like", "\N{RIGHT SINGLE QUOTATION MARK}s", " ", ".", " 20 ", "\n"]
pieces = st.tuples(st.sampled_from(WORDS), st.sampled_from(ENDINGS), st.booleans())


def said(word: str, ending: str, loud: bool) -> str:
    shown = word.replace("*", "x").replace("#", "7") + ending
    return shown.upper() if loud else shown


@given(st.lists(pieces, max_size=30))
def test_what_is_left_out_is_not_in_the_text(words: list[tuple[str, str, bool]]) -> None:
    assert ENGLISH is not None
    text = " ".join(said(*piece) for piece in words)
    few = ENGLISH.among(text)
    for name, _ in ENGLISH.lists:
        spans = [match.span() for match in few.pattern(name).finditer(text)]
        assert spans == [match.span() for match in ENGLISH.pattern(name).finditer(text)]


def test_few_phrases_are_left_of_many() -> None:
    assert ENGLISH is not None
    few = ENGLISH.among("This will cure you of miracles.")
    assert "will cure" in few.words("claims.promises")
    assert "miracle*" in few.words("claims.promises")
    assert sum(len(texts) for _, texts in few.lists) < 60


@pytest.mark.parametrize("text", ["m\N{LATIN SMALL LETTER DOTLESS I}racle", "mİracle"])
def test_letters_that_are_taken_for_others_leave_all_phrases(text: str) -> None:
    assert ENGLISH is not None
    assert ENGLISH.among(text) is ENGLISH
    assert ENGLISH.pattern("claims.promises").search(text)


def test_where_no_phrase_is_left_nothing_is_found() -> None:
    assert ENGLISH is not None
    few = ENGLISH.among("Words.")
    assert few.words("claims.promises") == ()
    assert not few.pattern("claims.promises").search("Words.")
