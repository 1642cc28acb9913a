"""A source file and a source of chance enter; the file with a few things spoilt leaves."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

WEIRD = (
    *("\x00", "\u202e", "\u2028", "\ufeff", "\x1b[31m", "\ud7ff", "\U000e0041", "\u0301" * 50),
    *("&a", "*a", "!a", "%a", "---\n", "...\n", "<<: ", "? ", "|\n", ">-\n", "'", '"', "\t", "#"),
    *("[" * 50, "{" * 50, "- " * 50, "> " * 50, "`", "```\n", ":::", "::::tip\n", ":::figure\n"),
    *("<b>", "<!--", "&#0;", "&lt;", "](", "![", "[^1]", "[^1]: ", "{lang=es}", "{#a}", "\\", "|"),
    *(
        "../",
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:a()",
        "http://127.0.0.1/",
        "a" * 5000,
    ),
    *("9" * 400, "-1", "1e999", "nan", "null", "true", "~", "2026-02-30", "0x10", "\r", "\r\n", ""),
)
Mutation = Callable[[str, random.Random], str]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Spoil the bytes, or the words by what stands for something in them, one to four times."""
    if chance.random() < 0.25:
        for _ in range(chance.randint(1, 4)):
            data = _bytes(data, chance)
        return data
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(WAYS)(text, chance)
    return text.encode("utf-8", "surrogatepass")


def _bytes(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    end = min(len(data), start + chance.choice((0, 1, 2, 40, 4000)))
    put = chance.choice((b"", b"\x00", b"\xff", chance.randbytes(8), data[start:end] * 3))
    return data[:start] + put + data[end:]


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(WEIRD) + text[at:]


def _rows(change: Callable[[list[str], random.Random], None]) -> Mutation:
    def way(text: str, chance: random.Random) -> str:
        rows = text.split("\n")
        change(rows, chance)
        return "\n".join(rows)

    return way


def _drop(rows: list[str], chance: random.Random) -> None:
    del rows[chance.randrange(len(rows))]


def _double(rows: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(rows))
    rows[at:at] = rows[at : at + chance.randint(1, 8)] * chance.choice((1, 2, 40))


def _swap(rows: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _indent(rows: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(rows))
    rows[at] = chance.choice(("  ", "\t", "> ", "- ", "    ", "1. ", "# ", "| ")) + rows[at]


def _key(text: str, chance: random.Random) -> str:
    """Spoil the name or the value of a setting, or the ending of an element's attribute."""
    places = [*re.finditer(r"^([ \t-]*)([\w-]+):(.*)$", text, re.MULTILINE)]
    if not places:
        return _insert(text, chance)
    place = chance.choice(places)
    part = chance.choice((2, 3))
    return text[: place.start(part)] + chance.choice(WEIRD) + text[place.end(part) :]


def _fence(text: str, chance: random.Random) -> str:
    """Open, close or rename a box, or change how many colons it has."""
    places = [*re.finditer(r"^:{3,}.*$", text, re.MULTILINE)]
    new = ":" * chance.choice((2, 3, 4, 9, 900)) + chance.choice(
        ("", "tip", "compare T", "figure", "steps {lines=3}", "zzz", "qr", "evidence", " {lang=es}")
    )
    if not places:
        return f"{text}\n{new}\n"
    place = chance.choice(places)
    return text[: place.start()] + new + text[place.end() :]


def _mark(text: str, chance: random.Random) -> str:
    """Take away, or repeat, one of the signs that mean something."""
    places = [*re.finditer(r"[\[\]()*_#|{}:<>\"'&/=-]", text)]
    if not places:
        return _insert(text, chance)
    at = chance.choice(places).start()
    return text[:at] + text[at] * chance.choice((0, 2, 3, 300)) + text[at + 1 :]


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))]


WAYS: tuple[Mutation, ...] = (
    *(_insert, _key, _key, _fence, _fence, _mark, _mark, _cut),
    *map(_rows, (_drop, _double, _swap, _indent)),
)
