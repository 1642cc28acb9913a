"""Jobs enter; what comes of them leaves: from the cache where it is known, else made and kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from booklet import cache, executors
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


def run(
    shelf: Shelf | None,
    pool: Executor,
    work: Callable[[Job], Made],
    jobs: Sequence[Job],
    done: Callable[[int, Made], None],
) -> tuple[Made, ...]:
    """Return what comes of each job, in their order; only what the shelf lacks is worked on.

    Workers never see the cache: this process alone reads and writes it, and it writes as soon as
    a file is finished, so that an interrupted build has not worked for nothing. Raises as
    ``executors.run`` does.
    """
    if shelf is None:
        return executors.run(pool, work, jobs, done)
    keys = [shelf.key(job) for job in jobs]
    known = {
        index: made
        for index, (key, job) in enumerate(zip(keys, jobs, strict=True))
        if (made := cache.recall(shelf.store, key, job.edition))
    }
    for index, made in known.items():
        done(index, made)
    left = [index for index in range(len(jobs)) if index not in known]

    def finished(number: int, made: Made) -> None:
        cache.keep(shelf.store, keys[left[number]], made)
        done(left[number], made)

    new = executors.run(pool, work, [jobs[index] for index in left], finished)
    known |= dict(zip(left, new, strict=True))
    return tuple(known[index] for index in range(len(jobs)))
