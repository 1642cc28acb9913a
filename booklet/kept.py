"""A job enters; what came of it when it was last made leaves, or is kept for the next time.

Workers never see the cache: the process that builds alone reads and writes it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from booklet import cache
from booklet.editions import Edition, Job, Made
from booklet.resources import package_dir, styles_dir

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A cache with all that its keys need to know of this program; each is looked up once."""

    store: cache.Store
    setting: cache.Setting
    versions: dict[str, Pairs] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """Open the cache in a folder, which need not be there yet."""
        own = (package_dir(), styles_dir())
        return cls(cache.Store(folder), cache.Setting.here(own, sys.path))

    def made_with(self, row: Edition) -> Pairs:
        """Return the names and versions of what shapes files of this edition."""
        # Imported here, for reading and checking must work where no renderer is installed.
        from booklet.writers.versions import made_with

        if row.id not in self.versions:
            self.versions[row.id] = made_with(row)
        return self.versions[row.id]

    def key(self, job: Job) -> str:
        """Return the key of what comes of a job."""
        return cache.job_key(job, self.made_with(job.edition), self.setting)

    def recall(self, key: str, row: Edition) -> Made | None:
        """Return what was made before under a key; None when it must be made."""
        return cache.recall(self.store, key, row)

    def keep(self, key: str, made: Made) -> None:
        """Keep what came of a job, at once: an interrupted build has not worked for nothing."""
        cache.keep(self.store, key, made)
