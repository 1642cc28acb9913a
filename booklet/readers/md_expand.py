"""The parser's block tokens go in; the same tokens with fences opened and losses marked come out.

A colon fence that holds text becomes ``text_fence_open`` ... ``text_fence_close`` around its own
tokens; one that holds settings stays a ``colon_fence`` token. What is wrong with a fence becomes
a ``fence_fault`` token, and its text is read all the same, so that one slip hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from booklet.readers.md_positions import cells

CALLOUT_FENCES = ("key-facts", "warning", "emergency", "tip", "story")
TEXT_FENCES = (*CALLOUT_FENCES, "steps", "checklist", "questions", "compare")
DATA_FENCES = ("figure", "qr", "evidence", "contact", "appointment", "notes")
FENCES = TEXT_FENCES + DATA_FENCES

MAX_FENCES = 3
"""Fences inside one another."""

MAX_WORDS = 4_000
"""Characters in one paragraph, heading or cell: four pages of large print."""

MAX_BRACKETS = 500
"""Opening brackets in one paragraph: the parser looks for the end of each in all the rest."""

_INFO = re.compile(r"\s*(?P<name>[^\s{]*)\s*(?P<title>.*)", re.DOTALL)
_ATTRIBUTES = re.compile(r"(?:^|\s)(\{[^{}]*\})\s*$")


def expand(
    tokens: Sequence[Token],
    rows: Sequence[str],
    md: MarkdownIt,
    env: EnvType,
    depth: int = 1,
) -> list[Token]:
    """Open the fences among ``tokens``, whose line numbers are those of ``rows``."""
    expanded: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "attrs_block":
            _mark_attributes(token, tokens[index + 1 : index + 2], rows)
        if token.type == "colon_fence":
            expanded += _open_fence(token, rows, md, env, depth)
        else:
            expanded.append(token)
    return expanded


def _mark_attributes(token: Token, following: Sequence[Token], rows: Sequence[str]) -> None:
    """Mark attributes that the plugin would drop: no block below, or words on the same line."""
    line = token.map[0] if token.map else 0
    row = rows[line]
    alone = re.fullmatch(r"\{[^{}]*\}\s*", row[row.find("{") :])
    if not alone or not token.attrs or not following or following[0].nesting < 0:
        token.type = "attrs_lost"
    else:
        following[0].meta["attrs_line"] = line


def _open_fence(
    token: Token, rows: Sequence[str], md: MarkdownIt, env: EnvType, depth: int
) -> list[Token]:
    first = token.map[0] if token.map else 0
    name = _read_info(token, rows[first])
    closed = _is_closed(token, rows)
    if name in DATA_FENCES:
        return [token] if closed else [_fault(token, "unclosed")]
    if depth > MAX_FENCES:
        return [_fault(token, "deep")]
    meant = get_close_matches(name.lower(), FENCES, 1)
    if name not in TEXT_FENCES and meant and meant[0] in DATA_FENCES:
        return [_fault(token, "unknown")]
    inside = _parse_inside(token, first + 1, rows, md, env, depth)
    if name not in TEXT_FENCES:
        return [_fault(token, "unknown" if name else "nameless"), *inside]
    if not closed:
        return [_fault(token, "unclosed"), *inside]
    opener, closer = Token("text_fence_open", "", 1), Token("text_fence_close", "", -1)
    opener.map, opener.meta, opener.attrs = token.map, token.meta, token.attrs
    return [opener, *_title(token), *inside, closer]


def _parse_inside(
    token: Token,
    shift: int,
    rows: Sequence[str],
    md: MarkdownIt,
    env: EnvType,
    depth: int,
) -> list[Token]:
    tokens: list[Token] = []
    md.block.parse(token.content, md, env, tokens)
    for inner in tokens:
        if inner.map:
            inner.map = [inner.map[0] + shift, inner.map[1] + shift]
    return expand(tokens, rows, md, env, depth + 1)


def _read_info(token: Token, row: str) -> str:
    """Note the title and attributes of a fence in ``meta``, with their columns; return its name."""
    column = row.find(token.markup) + len(token.markup)
    match = _INFO.fullmatch(token.info)
    name, title = (match["name"], match["title"]) if match else ("", "")
    start = match.start("title") if match else 0
    attributes = _ATTRIBUTES.search(title)
    if attributes:
        token.meta["attrs"] = attributes[1]
        token.meta["attrs_column"] = column + start + attributes.start(1)
        title = title[: attributes.start()]
    token.meta |= {"name": name, "title": title.strip(), "start": column + start}
    return name


def _is_closed(token: Token, rows: Sequence[str]) -> bool:
    first, end = token.map or (0, 0)
    last = rows[end - 1].strip(" \t>") if end - 1 > first else ""
    return len(last) >= len(token.markup) and not last.strip(":")


def _fault(token: Token, kind: str) -> Token:
    fault = Token("fence_fault", "", 0)
    fault.map, fault.meta = token.map, {**token.meta, "kind": kind}
    return fault


def _title(token: Token) -> list[Token]:
    title = token.meta["title"]
    if not title:
        return []
    inline = Token("inline", "", 0)
    inline.content, inline.map, inline.children = title, token.map, []
    inline.meta = {"title": True, "start": token.meta["start"]}
    return [inline]


def prepare(tokens: Sequence[Token], rows: Sequence[str]) -> None:
    """Note where the words of each block stand, and take a heading's ``{#id}`` off its words."""
    columns: list[tuple[int, str]] = []
    cell = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open" and token.map:
            columns, cell = list(cells(rows[token.map[0]])), 0
            token.meta["cells"] = len(columns)
        if token.type != "inline":
            continue
        before = tokens[index - 1] if index else token
        if before.type == "heading_open":
            _prepare_heading(before, token)
        elif before.type in ("th_open", "td_open") and cell < len(columns):
            token.meta["start"] = columns[cell][0]
            cell += 1
        if len(token.content) > MAX_WORDS or token.content.count("[") > MAX_BRACKETS:
            token.meta["cut"] = True
            token.content = ""
        token.meta["content"] = token.content


def _prepare_heading(heading: Token, words: Token) -> None:
    attributes = _ATTRIBUTES.search(words.content)
    if attributes:
        heading.meta["attrs"] = attributes[1]
        heading.meta["attrs_at"] = attributes.start(1)
        heading.meta["words"] = words.content
        words.content = words.content[: attributes.start()].rstrip()
