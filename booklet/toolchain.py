"""Nothing enters; what shapes the bytes of a file on this machine leaves, as names and versions."""

from __future__ import annotations

from functools import cache

from booklet.cache import program_digest
from booklet.editions import EDITIONS
from booklet.resources import package_dir

Pairs = tuple[tuple[str, str], ...]


@cache
def here() -> Pairs:
    """Return what shapes the files of any edition here, packages, C libraries and our own code.

    Two machines that give the same answer make the same bytes of the same job. Our own code is
    said by a digest: two checkouts may differ and have one version.
    """
    # Imported here, for reading and checking must work where no renderer is installed.
    from booklet.writers.versions import made_with

    versions = {pair for row in EDITIONS for pair in made_with(row)}
    return tuple(sorted({*versions, ("our own code", program_digest([package_dir()])[:12])}))
