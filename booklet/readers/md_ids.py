"""Words or an author's own name go in; an id that is safe in every edition comes out."""

from __future__ import annotations

import re
import unicodedata

from booklet.model import Span
from booklet.readers.md_desk import Desk

_ID = re.compile(r"[a-z][a-z0-9-]*")
_LONGEST = 60


def slug(words: str) -> str:
    """Make an id's part of words in any script: small letters and digits with hyphens.

    Empty when the words hold no letter and no digit. NFKC takes apart what XML would not allow.
    """
    text = unicodedata.normalize("NFKC", words).lower()
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else "-" for char in text)
    joined = re.sub(r"-+", "-", kept).strip("-")
    if len(joined) <= _LONGEST:
        return joined
    return joined[: _LONGEST + 1].rpartition("-")[0] or joined[:_LONGEST]


def explicit_id(name: str | None, span: Span, desk: Desk) -> str | None:
    """Return an id that the author chose, or None; a finding when it is not well formed."""
    if name is None:
        return None
    if _ID.fullmatch(name) is None or len(name) > _LONGEST:
        desk.report("MD-010", span, f'"{name}" cannot be an id.')
        return None
    desk.ids.add(name)
    return name
