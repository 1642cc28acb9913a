"""A booklet enters; the digest of all that a clinical reviewer signs leaves, whatever the clinic.

What a clinic's profile owns is not in it (see ``docs/clinics.md``): contacts, logo, colour, the
emergency number and the labels of the appointment slip.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from booklet.model import Asset, Booklet, Disclaimer, Emergency, Meta, Span

# How the booklet is kept, not what it says: to enter the date of a review changes no word of it.
_KEPT = {
    Meta: frozenset(
        {
            *("id", "version", "issued", "review_by", "authors", "reviewers"),
            *("funding", "feedback", "other_formats", "places"),
        }
    ),
    # Pictures stand where they are shown; "texts" are the same words with their marks.
    Booklet: frozenset({"clinic", "assets", "digest", "signatures", "texts", "switches"}),
    # The clinic's, or the country's.
    Emergency: frozenset({"number"}),
    # Said by the words themselves.
    Disclaimer: frozenset({"sha256", "lock"}),
}


def clinical_digest(booklet: Booklet) -> str:
    """Return the SHA-256 (hex) of the reviewed text: all words and pictures, not their places.

    A field that is added to the model is part of it until it is named above.
    """
    text = json.dumps(_plain(booklet), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(node: Any) -> Any:
    """Return a node as lists and words, in the order of its fields."""
    if isinstance(node, Asset):
        # What is seen, under whatever name.
        return ["Asset", node.media_type, node.sha256]
    if isinstance(node, tuple):
        return [_plain(child) for child in node]
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        left_out = _KEPT.get(type(node), frozenset())
        return [
            type(node).__name__,
            *(
                [field.name, _plain(value)]
                for field in dataclasses.fields(node)
                if field.name not in left_out
                if not isinstance(value := getattr(node, field.name), Span)
            ),
        ]
    return node
