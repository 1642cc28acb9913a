"""A booklet in, its parts as XHTML out: one body that feeds every edition."""

from booklet.writers.html.assemble import render, spare_notes
from booklet.writers.html.inline import heading_words
from booklet.writers.html.parts import Links, Part, PartKind, Rendered

__all__ = ["Links", "Part", "PartKind", "Rendered", "heading_words", "render", "spare_notes"]
