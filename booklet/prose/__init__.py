"""A booklet enters; every run of words in it leaves, with what stands around it and its place.

Checks of words need three things that the model keeps apart: the words as they are read, the
boxes and lists that they stand in, and the line and column of one word. ``passages`` gives the
first two, ``Places`` the third. The disclaimer is no passage: its words are locked.
"""

from __future__ import annotations

from booklet.prose.addresses import addresses, links
from booklet.prose.passages import (
    Kind,
    Passage,
    Run,
    blocks,
    inline,
    inner_blocks,
    passages,
    primary,
)
from booklet.prose.places import Places

__all__ = [
    "Kind",
    "Passage",
    "Places",
    "Run",
    "addresses",
    "blocks",
    "inline",
    "inner_blocks",
    "links",
    "passages",
    "primary",
]
