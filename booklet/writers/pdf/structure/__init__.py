"""Laid-out pages in, a right tag tree out: one source block, one structure element.

The engine tags page by page (WeasyPrint issue 2903), so a paragraph that crosses a page becomes
two. Here the tree is built from the same page boxes, but by element: see docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf

from booklet.writers.pdf.replaced import replaced
from booklet.writers.pdf.structure.actual_text import write_words
from booklet.writers.pdf.structure.artifacts import mark_artifacts
from booklet.writers.pdf.structure.collect import collect
from booklet.writers.pdf.structure.emit import Emitter
from booklet.writers.pdf.structure.links import one_annotation_a_page
from booklet.writers.pdf.structure.shape import shape
from booklet.writers.pdf.structure.spaces import write_spaces
from booklet.writers.pdf.structure.tables import name_headers


def add_structure(pdf: pydyf.PDF, document: Any, _version: str, streams: list[Any]) -> None:
    """Add the structure tree to a PDF; takes what the engine gives to its own ``add_tags``."""
    collected = collect(document.pages, [stream._tags for stream in streams])
    shape(collected.root)
    name_headers(collected.root)
    one_annotation_a_page(collected.root, _page_dictionaries(pdf))
    Emitter(pdf, document.pages).emit(collected.root)
    write_spaces(streams, list(document.fonts.values()), collected.runs)
    write_words(streams, collected.runs)
    mark_artifacts(streams, collected.pagination, collected.artifacts)
    # The title, not the file name, in the window (ISO 14289-1, 7.1).
    direction = "/R2L" if collected.root.element.get("dir") == "rtl" else "/L2R"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"DisplayDocTitle": "true", "Direction": direction}
    )


def _page_dictionaries(pdf: pydyf.PDF) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/Page"]


@contextmanager
def own_structure() -> Iterator[None]:
    """While this lasts, the engine writes our structure tree instead of its own.

    The engine has no hook for it; the name that is replaced, and what it is given, are held by
    a test against the pinned version.
    """
    with replaced(weasyprint.pdf, "add_tags", add_structure):
        yield
