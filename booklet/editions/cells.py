"""The cells of tables: data only, from which CSS draws them and print tells what fits."""

from __future__ import annotations

COLUMN_LETTERS = 14
"""A table stands side by side only if each column has room for so many letters, or for all it holds
where that is less: two words of seven letters, their spaces counted. With less, every word is a
line of its own, and a row is followed by nobody. Three columns need about 60 letters, cells'
edges counted: what large print has on A4, and neither giant print nor a small page has."""
CELL_PADDING = 9.0
"""Points at either side of the words of a cell, for 18 points of type."""
CELL_BORDER = 1.5
"""Points of a rule between cells, for 18 points of type."""
