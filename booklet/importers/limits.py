"""What a file may be at the most, and the fault of one that is more or is not what it says."""

from __future__ import annotations

from booklet.errors import UsageError

MB = 1_000_000

MAX_FILE = 50 * MB
"""Bytes of a Word file: a leaflet with forty photos has about 30 MB."""
MAX_TEXT_FILE = 5 * MB
"""Bytes of a web page, Markdown or text; pictures inside an address count too."""
MAX_MARKDOWN = 2 * MB
"""Letters of Markdown: the parser takes 200 bytes of memory for each."""
MAX_UNPACKED = 200 * MB
"""Bytes of all parts of a Word file, unpacked."""
MAX_PART = 20 * MB
"""Bytes of one part that holds text: ten times a book of 500 pages."""
MAX_RATIO = 200
"""How many times larger than packed a part may be: text packs to a tenth, rarely to a fiftieth."""
RATIO_FROM = MB
"""Bytes below which a part's ratio is of no interest."""
MAX_PARTS = 3_000
"""Parts of a Word file: one with forty photos has about 70."""
MAX_DEPTH = 100
"""Elements inside one another in a Word file: a table in a text box in a table has about 40."""
MAX_ELEMENTS = 400_000
"""Elements in all: a book of 500 pages has about 200,000."""
MAX_LETTERS = 2 * MB
"""Letters of the text itself: about four books."""
MAX_PICTURES = 300
MAX_PICTURE = 8 * MB
"""Bytes of one picture: the same as in a booklet's own folder."""
MAX_PIXELS = 35_000_000
"""Pixels of one picture: A4 at 600 dots an inch."""
MAX_CELLS = 10_000
"""Cells of one table, when cells that span others have been laid out."""
MAX_FILES = 200
"""Files in a folder that is imported."""


class RefusedError(UsageError):
    """A file that cannot be imported: bad, locked, huge or hostile. Exit code 2."""
