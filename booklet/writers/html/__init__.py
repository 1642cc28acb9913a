"""A booklet in, its parts as XHTML out: one body that feeds every edition."""

from booklet.writers.html.assemble import render
from booklet.writers.html.parts import Links, Part, PartKind, Rendered, SpareNotes

__all__ = ["Links", "Part", "PartKind", "Rendered", "SpareNotes", "render"]
