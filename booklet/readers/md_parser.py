"""Markdown text goes in; a tree of the parser's tokens, each with its offset, comes out.

The parser is markdown-it-py with its plugins. Three things are added: every inline token notes
its offset (``meta["at"]``), colon fences that hold text are parsed in place, and what the plugins
would drop without a word stays in the tree for the readers to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref
from mdit_py_plugins.tasklists import tasklists_plugin

from booklet.readers.md_expand import expand, prepare

MAX_NESTING = 20
"""Blocks inside one another before the parser gives up; readers report well before that."""

_TREE_DEPTH = 100
_NOTE_MARK = re.compile(r"\[\^[^\s\]]{1,60}\]")


@dataclass(frozen=True, slots=True)
class Node:
    """A token with what stands inside it; ``type`` is without ``_open``."""

    type: str
    token: Token
    children: tuple[Node, ...]

    @property
    def line(self) -> int:
        """The parsed line (from 0) where the node begins."""
        return self.token.map[0] if self.token.map else 0

    @property
    def meta(self) -> dict[Any, Any]:
        """What the parser noted about the token."""
        return self.token.meta


class _Inline(StateInline):
    """Notes in ``places`` where each inline token stands in the words it was found in."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.places: list[dict[str, int]] = []
        self._begin: int | None = None

    def append_pending(self, text: str) -> None:
        if self._begin is None:
            self._begin = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - the library's name
        token = super().pushPending()
        self.places.append({"at": self._begin or 0, "size": len(token.content)})
        self._begin = None
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        self.places.append({"at": self.pos})
        return token


class _InlineParser(ParserInline):
    """Writes the place of each token into its ``meta`` when all rules have run."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _Inline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        for token, place in zip(state.tokens, state.places, strict=True):
            token.meta = {**token.meta, **place}
        return state.tokens


class _Markdown(MarkdownIt):
    """Keeps every address as written where it points into the booklet; the readers judge it."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        inside = url.startswith(("#", "term:", "source:"))
        return url if inside else super().normalizeLink(url)


@cache
def make_parser() -> MarkdownIt:
    """Return the parser for the chapters of a booklet; it remembers nothing of what it parses."""
    md = _Markdown()
    md.inline = _InlineParser()
    options = {
        "maxNesting": MAX_NESTING,
        "html": True,  # recognised, so that it can be refused
        "store_labels": True,
        "inline_definitions": True,
    }
    md.configure("commonmark", options).enable("table")
    # Joined text would lose the offset of its later parts; the readers join it.
    md.disable(["fragments_join", "text_join"])
    md.use(colon_fence_plugin).use(deflist_plugin).use(tasklists_plugin)
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.inline.ruler.at("footnote_ref", _note_mark)
    md.use(attrs_plugin, after=("link_close", "span_close"), spans=True, allowed=("lang",))
    md.use(attrs_block_plugin, allowed=("lang",))
    md.core.ruler.after("block", "fence_content", _fence_content)
    md.core.ruler.before("inline", "prepare", _prepare)
    return md


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the library calls it
    """Let the plugin look at what can be a mark: it would read to the end of the words for each."""
    short = _NOTE_MARK.match(state.src, state.pos)
    return short is not None and footnote_ref(state, silent, always_match=True)


def _fence_content(state: StateCore) -> None:
    lines = state.src.split("\n")
    state.tokens = expand(state.tokens, lines, state.md, state.env)


def _prepare(state: StateCore) -> None:
    prepare(state.tokens, state.src.split("\n"))


def parse(md: MarkdownIt, text: str) -> tuple[Node, ...]:
    """Parse a text of blocks into a tree."""
    # The fence plugin looks one character past a last line without an end (seen in 0.7.0).
    return nest(md.parse(text.removesuffix("\n") + "\n", {}), _TREE_DEPTH)


def parse_line(md: MarkdownIt, text: str) -> Node:
    """Parse words without blocks; the node is of type ``inline``."""
    return nest(md.parseInline(text, {}), _TREE_DEPTH)[0]


def nest(tokens: Iterable[Token], depth: int) -> tuple[Node, ...]:
    """Make a tree of opening and closing tokens; what is deeper than ``depth`` is laid flat.

    A node of type ``too_deep`` stands where that happened.
    """
    stack: list[tuple[Token | None, list[Node]]] = [(None, [])]
    flat = 0
    for token in tokens:
        if token.nesting == 1 and len(stack) > depth:
            stack[-1][1].append(Node("too_deep", token, ()))
            flat += 1
        elif token.nesting == 1:
            stack.append((token, []))
        elif token.nesting == 0:
            stack[-1][1].append(Node(token.type, token, ()))
        elif flat:
            flat -= 1
        elif len(stack) > 1:
            opener, inside = stack.pop()
            if opener is not None:
                kind = opener.type.removesuffix("_open")
                stack[-1][1].append(Node(kind, opener, tuple(inside)))
    return tuple(stack[0][1])
