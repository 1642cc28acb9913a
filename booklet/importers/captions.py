"""The blocks of a file enter; pictures and tables leave with the captions that stood by them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from booklet.importers.clean import tidy
from booklet.importers.parts import BREAK, Block, Para, Picture, Run, Runs, Table, plain

_CAPTION = re.compile(
    r"(?i)(table|figure|fig\.|picture|photo|image|tabelle|abbildung)\s*[0-9]*\s*[.:\u2013-]"
)


def captions(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give pictures and tables the captions that stand above or below them."""
    left = deque(blocks)
    while left:
        block = left.popleft()
        following = left[0] if left else None
        if isinstance(block, Picture) and not block.caption and _is_caption(following):
            left.popleft()
            yield _with_caption(block, following)
        elif _is_caption(block) and isinstance(following, Table | Picture) and not _own(following):
            left.popleft()
            yield _with_caption(following, block)
        elif isinstance(block, Table) and not block.title and _is_caption(following):
            left.popleft()
            yield _with_caption(block, following)
        else:
            yield block


def _own(block: Table | Picture) -> Runs:
    return block.title if isinstance(block, Table) else block.caption


def _is_caption(block: Block | None) -> bool:
    if not isinstance(block, Para) or len(plain(block.runs)) > 500:
        return False
    return block.is_caption or bool(
        _CAPTION.match(plain(block.runs)) and len(plain(block.runs)) < 150
    )


def _with_caption(block: Block, caption: Block | None) -> Block:
    if not isinstance(caption, Para):
        return block
    runs = tidy(Run(" ") if run.text == BREAK and not run.is_note else run for run in caption.runs)
    checks = (*block.checks, *caption.checks)
    if isinstance(block, Table):
        return replace(block, title=runs, checks=checks)
    if isinstance(block, Picture):
        return replace(block, caption=runs, checks=checks)
    return block
