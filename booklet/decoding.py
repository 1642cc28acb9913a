"""The bytes of a text file enter; its text leaves, or findings about what an editor cannot see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from booklet.findings import Finding, found
from booklet.model import Span

# Control characters but tab and line feed; line and paragraph separators; the characters that
# override or isolate direction (they can show a reader other words than a reviewer saw);
# soft hyphens, spaces and joiners without width (they split a word for who searches or listens);
# a byte order mark inside the text; invisible tags; halves of characters; what is no character.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def decoded(data: bytes, path: str) -> tuple[str, tuple[Finding, ...]]:
    """Return UTF-8 bytes as text, or at which lines and columns of ``path`` they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = plain_lines(data[: error.start].decode("utf-8"))
        message = "This character is not UTF-8 text."
        return "", (found("SRC-005", _end_of(before, path), message),)
    text = plain_lines(text)
    findings = tuple(
        found("SRC-006", _end_of(text[:index], path), message) for index, message in hidden(text)
    )
    return text, findings


def plain_lines(text: str) -> str:
    """Drop the byte order mark of some Windows editors; end all lines in the same way."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _end_of(text: str, path: str) -> Span:
    """Return the place just after a text."""
    return Span(path, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Return position and message of each kind of forbidden character, where it first stands."""
    seen: set[str] = set()
    for match in _FORBIDDEN.finditer(text):
        char = match.group()
        if char not in seen:
            seen.add(char)
            name = unicodedata.name(char, "a control character").lower()
            yield match.start(), f"A hidden character stands here: U+{ord(char):04X}, {name}."
