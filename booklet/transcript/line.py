"""Words in with their languages, one line of the transcript out, its switches of language told."""

from __future__ import annotations

from booklet.words import Words

# Signs that stand close to the word before them, and to the word behind them.
_CLOSING = ".,;:!?)]\u201d\u2019\u2026"
_OPENING = "([\u201c\u2018"


class Line:
    """One line while it grows. Every line begins and ends in the language of the file."""

    def __init__(self, words: Words, language: str) -> None:
        self._words = dict(words.entries)
        self._home = self.name_of(language)
        self._now = self._home
        self._text = ""

    def name_of(self, language: str) -> str:
        """Return the plain name of a BCP 47 language; one that has no name is named by its tag."""
        primary, _, _ = language.partition("-")
        return self._words.get(f"language_{primary.lower()}", language)

    def add(self, text: str, language: str) -> None:
        """Go on with these words, and tell when their language is another one."""
        name = self.name_of(language)
        if text.strip() and name != self._now:
            self._switch(text, name)
        self._text += text

    def _switch(self, text: str, name: str) -> None:
        self._now = name
        before, after = self._text[-1:], text[0]
        apart = not before or before.isspace() or before in _OPENING
        close = name == self._home and after in _CLOSING
        self._text += f"{'' if apart else ' '}[{name}]{'' if close else ' '}"

    def link(self, sign: str, words: str) -> None:
        """Begin a link, such as with ``link:``; a space before its ``words`` belongs outside."""
        if words[:1].isspace():
            self._text += " "
        self._text += f"[{sign} "

    def end_link(self) -> None:
        """End the link; a space behind its words belongs outside."""
        words = self._text.rstrip()
        self._text = f"{words}]{' ' if words != self._text else ''}"

    def take(self) -> str:
        """Return the line, single-spaced, and begin a new one."""
        text = _alone(" ".join(self._text.split()))
        if self._now != self._home:
            text = f"{text} [{self._home}]"
        self._text, self._now = "", self._home
        return text


def _alone(text: str) -> str:
    """A line that is one link and nothing else needs no brackets."""
    inside = text[1:-1]
    is_one = text.startswith("[") and text.endswith("]") and not {"[", "]"} & set(inside)
    return inside if is_one else text
