"""A sentence enters; the words in it that hide who acts, the passive voice, leave."""

from __future__ import annotations

from booklet.plain.lists import Lists
from booklet.plain.text import Sentence, Word

_BETWEEN = 3
"""Words that may stand between "was" and "given", such as "not yet fully"."""


def passive(sentence: Sentence, lists: Lists) -> str | None:
    """Return the first passive as written, such as "was given", or None."""
    words = sentence.words
    for index, word in enumerate(words):
        if word.text.lower() in lists.be:
            last = _participle(words, index + 1, lists)
            if last is not None and _unbroken(sentence, word, last):
                return sentence.text[word.start - sentence.start : last.end - sentence.start]
    return None


def _participle(words: tuple[Word, ...], index: int, lists: Lists) -> Word | None:
    for word in words[index : index + _BETWEEN + 1]:
        small = word.text.lower()
        if _is_participle(small, lists):
            return word
        if small not in lists.between and not small.endswith(lists.adverb_endings):
            return None
    return None


def _is_participle(word: str, lists: Lists) -> bool:
    if word in lists.no_participles:
        return False
    return word in lists.participles or word.endswith(lists.participle_endings)


def _unbroken(sentence: Sentence, first: Word, last: Word) -> bool:
    """True when no comma or the like stands between: "what it is, asked the doctor"."""
    between = sentence.text[first.end - sentence.start : last.start - sentence.start]
    return not any(sign in between for sign in ",;:()\u2013\u2014")
