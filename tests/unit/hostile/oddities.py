"""Chance enters; out comes the source of a small booklet that is odd, and nearly always allowed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from random import Random

from PIL import Image

# Words that letters, lines and tags go wrong with: scripts, joiners, marks, widths, directions.
WORDS = (
    *("stroke", "the", "of", "a", "A", "I", "it", "care", "team", "123", "0", "3.14", "1,000", "%"),
    *("e\u0301", "a\u0308\u0304", "\u00df", "\u0130", "\u0131", "\ufb01", "\ufb03ce", "\u01c5"),
    *("\u0645\u0631\u062d\u0628\u0627", "\u0633\u0644\u0627\u0645", "\u0661\u0662\u0663", "\u061f"),
    *("\u03b1\u03b2\u03b3", "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u043c\u0438\u0440"),
    *("\u0928\u092e\u0938\u094d\u0924\u0947", "\u1ed9", "\u1e9e", "x\u0308\u0323\u0331"),
    *("caf\u00e9\u00a0noir", "10\u00a0mg", "a\u00a0" * 12 + "a", "\u200e", "\u200f", "\u200d"),
    *("non\u2011break", "\u200c", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    *("Donaudampfschifffahrtsgesellschaft", "w" * 30, "9" * 30, "W" * 20, "-" * 40),
    *("https://example.org/" + "a/b-c_d." * 12, "a@example.org", "555-0100", "+1 (555) 010-0199"),
    *("\u2014", "\u2013", "\u2026", "\u201cso\u201d", "\u2018it\u2019s", "\u00ab\u00bb", "\u2022"),
    *("\u00bd", "H\u2082O", "x\u00b2", "\u2103", "\u20ac5", "\u2264", "\u00b0"),
    *("&", "<", ">", "&amp;", "\\*", "\\[", "\\{", "\\_", '"', "'", ";", ":", "/", "#", "="),
    *("U.S.", "e.g.", "MRI", "CTs", "NASA", "iPhone", "ALL", "CAPS", "HERE", "(", ")", "()", "..."),
)
RARE = (
    *("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "\U0001f1e9\U0001f1ea"),
    *(
        "\u2192",
        "\u2713",
        "\u4e2d\u6587",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0e44\u0e17\u0e22",
        "\U00012000",
        "\ue000",
    ),
)
Words = Callable[[], str]
Block = Callable[[Random], str]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(chance: Random, most: int = 9) -> str:
    words = chance.choices(WORDS, k=chance.randint(1, most))
    if chance.random() < 0.001:
        words.append(chance.choice(RARE))
    return " ".join(words)


def _inline(chance: Random, most: int = 9) -> str:
    parts = [_plain(chance, most)]
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        parts.append(chance.choice(MARKS)(chance))
        parts.append(_plain(chance, 3))
    return chance.choice((" ", " ", " ", "")).join(parts)


MARKS: tuple[Block, ...] = (
    lambda chance: f"**word {_plain(chance, 2)} word**",
    lambda chance: f"*word {_plain(chance, 2)} word*",
    lambda chance: f"[see {_plain(chance, 2)}](https://example.org/{chance.randint(0, 9)})",
    lambda chance: "[](term:stem-cell)" if chance.random() < 0.5 else "[cells](term:stem-cell)",
    lambda _chance: "[](source:one)",
    lambda _chance: "[](#disclaimer)",
    lambda chance: f"[{_plain(chance, 2)}]{{lang={chance.choice(('es', 'ar', 'fa', 'de', 'el'))}}}",
    lambda _chance: "\\\nword",
    lambda _chance: "[call](tel:+15550100)",
)


def _sentence(chance: Random) -> str:
    return f"Word {_inline(chance)} end."


def _listing(chance: Random, depth: int = 1) -> str:
    bullet = chance.choice(("-", "1.", "7.", "990."))
    pad = " " * (len(bullet) + 1)
    rows: list[str] = []
    for _ in range(chance.randint(1, 5)):
        rows.append(f"{bullet} {_sentence(chance)}")
        if depth < 3 and chance.random() < 0.3:
            inner = _listing(chance, depth + 1)
            rows += [f"{pad}{row}" if row else "" for row in inner.split("\n")]
    return "\n".join(rows)


def _items(chance: Random, mark: str, most: int = 6) -> str:
    return "\n".join(f"{mark} {_sentence(chance)}" for _ in range(chance.randint(1, most)))


def _compare(chance: Random) -> str:
    columns = chance.randint(2, 5)
    cell = partial(_inline, chance, chance.choice((1, 2, 9)))
    rows = ["| | " + " | ".join(f"h{n} {cell()}" for n in range(columns - 1)) + " |"]
    rows.append("|---" * columns + "|")
    for number in range(chance.choice((1, 2, 9, 20))):
        cells = (chance.choice((cell, cell, str))() for _ in range(columns - 1))
        rows.append(f"| r{number} {_plain(chance, 2)} | " + " | ".join(cells) + " |")
    table = "\n".join(row.replace("\\\n", " ") for row in rows)
    return f":::compare Table {_plain(chance, 3)}\n{table}\n:::"


def _callout(chance: Random) -> str:
    kind = chance.choice(("key-facts", "warning", "emergency", "tip", "story"))
    title = f" {_plain(chance, 6)}" if chance.random() < 0.6 else ""
    inner = "\n\n".join(chance.choice(SIMPLE)(chance) for _ in range(chance.randint(1, 3)))
    return f"::::{kind}{title}\n{inner}\n::::"


def _figure(chance: Random) -> str:
    image = chance.choice(("images/a.svg", "images/a.png", "images/b.png", "images/a.jpg"))
    rows = [f"image: {image}"]
    if chance.random() < 0.2:
        rows.append("decorative: true")
    else:
        rows.append(f"description: {_quoted('A drawing of ' + _plain(chance, 12))}")
    if chance.random() < 0.4:
        rows.append(f"caption: {_quoted(_inline(chance, 6))}")
    return "\n".join((":::figure", *rows, ":::"))


def _evidence(chance: Random) -> str:
    strength = chance.choice(("strong", "moderate", "limited", "none", "against"))
    rows = f"claim: {_quoted(_inline(chance))}\nknown: {_quoted(_inline(chance))}\n"
    return f":::evidence\n{rows}strength: {strength}\nsources: [one]\ndate: 2026-11-22\n:::"


def _other_language(chance: Random) -> str:
    language = chance.choice(("es", "ar", "fa", "de", "zh-Hant"))
    return f"{{lang={language}}}\n{chance.choice(SIMPLE[:3])(chance)}"


def _writing(chance: Random) -> str:
    return chance.choice(
        (
            f":::notes\nlines: {chance.choice((1, 2, 30))}\n:::",
            ":::contact\n:::",
            f":::appointment\nfields: [{_quoted(_plain(chance, 9))}, b]\n:::",
            f":::qr\nurl: https://example.org/{'q' * chance.choice((1, 60, 300))}\n"
            f"label: {_quoted(_plain(chance, 6))}\n:::",
            f":::questions {{lines={chance.randint(0, 6)}}}\n{_items(chance, '-')}\n:::",
        )
    )


SIMPLE: tuple[Block, ...] = (
    _sentence,
    _sentence,
    _listing,
    lambda chance: f"> {_sentence(chance)}",
    lambda chance: f"{_plain(chance, 3)}\n: {_sentence(chance)}\n: {_sentence(chance)}",
    lambda chance: f":::steps {_plain(chance, 3)}\n{_items(chance, '1.')}\n:::",
    lambda chance: f":::checklist\n{_items(chance, '- [ ]')}\n:::",
)
BLOCKS: tuple[Block, ...] = (
    *(*SIMPLE, _sentence, _sentence),
    *(_compare, _compare, _callout, _callout, _figure, _figure),
    *(_evidence, _other_language, _writing),
)


def _chapter(chance: Random) -> str:
    rows = [f"# Chapter {_plain(chance, chance.choice((2, 6, 20)))}", _sentence(chance)]
    for number in range(chance.choice((1, 2, 4))):
        if chance.random() < 0.3:
            rows.append(f"## Part {number} {_plain(chance, chance.choice((1, 3, 20)))}")
            rows.append(_sentence(chance))
        rows.append(chance.choice(BLOCKS)(chance))
    rows.extend(
        f"A note stands here.[^n{note}]\n\n[^n{note}]: {_sentence(chance)}"
        for note in range(chance.choice((0, 0, 0, 1, 6)))
    )
    return "\n\n".join(rows) + "\n"


def _settings(chance: Random, text: str) -> str:
    """Put odd words where the smallest booklet has plain ones."""
    odd = {
        "A tiny booklet": 12,
        "The smallest that is whole": 12,
        "People who test the product": 9,
        "The booklet project": 9,
        "Nobody.": 20,
        "Tell us what you think.": 20,
        "There is none.": 9,
        "What comes next?": 20,
        "Small is good.": 9,
        "A booklet with one chapter.": 20,
    }
    for old, most in odd.items():
        if chance.random() < 0.25:
            text = text.replace(old, _quoted(f"Word {_plain(chance, most)[:110]}."))
    text = text.replace("[questions, notes,", "[questions, notes, glossary, sources,")
    rows = f"sources:\n  - key: one\n    text: {_quoted(_sentence(chance))}\n"
    return f'{text}{rows}    date: "2024"\n'


def _glossary(chance: Random) -> str:
    rows = "terms:\n  - key: stem-cell\n    term: stem cell\n"
    meaning = f"    definition: {_quoted('Word ' + _plain(chance) + '.')}\n"
    short = "abbreviations:\n  - short: MRI\n    expansion: magnetic resonance imaging\n"
    return rows + meaning + short


def _drawing(chance: Random) -> str:
    width, height = chance.choice(((400, 300), (1, 1), (9000, 9), (9, 9000), (0.01, 0.01)))
    shapes = (
        f'<rect width="{chance.randint(0, 400)}" height="200" fill="#0b4f5e"/>',
        '<text x="10" y="20" font-size="20">Words here</text>',
        '<circle cx="50%" cy="50%" r="9" opacity="0.5"/>',
        '<path d="M0 0L100 100Z" stroke="black"/>',
        '<g transform="rotate(45) scale(0.001)"><ellipse rx="1" ry="9"/></g>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#g)"/>',
        '<path d=""/>',
        '<polygon points="1,1"/>',
        '<rect width="0" height="0" stroke="red" stroke-width="0"/>',
    )
    body = "".join(chance.choices(shapes, k=chance.randint(0, 6)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>'


def _photo(chance: Random, kind: str) -> bytes:
    size = chance.choice(((1, 1), (1500, 900), (1500, 900), (1500, 4), (4, 1500)))
    mode = chance.choice(
        ("RGB", "L", "CMYK") if kind == "JPEG" else ("RGB", "RGBA", "P", "1", "LA")
    )
    out = io.BytesIO()
    Image.new(mode, size, 0 if mode != "RGB" else (11, 79, 94)).save(out, kind)
    return out.getvalue()


def odd_source(chance: Random, settings: str) -> dict[str, bytes]:
    """Return path below ``source/`` -> bytes; ``settings`` are those of the smallest booklet."""
    texts = {
        "tiny/booklet.yaml": _settings(chance, settings),
        "tiny/01-first.md": _chapter(chance),
        "glossary/en.yaml": _glossary(chance),
        "tiny/images/a.svg": _drawing(chance),
    }
    photos = {
        "tiny/images/a.png": _photo(chance, "PNG"),
        "tiny/images/b.png": _photo(chance, "PNG"),
        "tiny/images/a.jpg": _photo(chance, "JPEG"),
    }
    return {path: text.encode() for path, text in texts.items()} | photos
