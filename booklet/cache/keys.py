"""A job and all that shapes its bytes enter; one key leaves, another for the least change."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from booklet.editions import Artifact, Job

Pairs = tuple[tuple[str, str], ...]
# Raised when the meaning of an entry changes while no other ingredient does.
SCHEMA = "1"


@dataclass(frozen=True, slots=True)
class Setting:
    """What shapes every file of a build, whatever its source.

    ``program`` is the digest of our own files; ``packages`` are the names and versions of all that
    is installed beside it; ``machine`` tells systems apart that share a folder.
    """

    program: str
    packages: tuple[str, ...]
    machine: str

    @classmethod
    def here(cls, folders: Iterable[Path], search: Iterable[str]) -> Setting:
        """Return that of this program: its own folders, and where Python looks for packages."""
        machine = f"{sys.platform} {platform.machine()} {platform.python_version()}"
        return cls(program_digest(folders), distributions(search), machine)


def job_key(job: Job, made_with: Pairs, setting: Setting) -> str:
    """Return the key (SHA-256, hex) of what comes of a job.

    ``made_with`` are the names and versions of the libraries, C libraries among them, that shape
    files of this edition.
    """
    return digest(
        SCHEMA,
        repr(setting),
        repr(made_with),
        # Booklet with its words, pictures, clinic and signatures: a field that is added to the
        # model is in here by itself.
        repr(job.cleared),
        repr(job.edition),
        job.name,
        repr(job.styles),
        _parent(job.parent),
        repr(job.caliper),
    )


def digest(*parts: str) -> str:
    """Return the SHA-256 (hex) of texts; no two different rows of texts share one."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        total.update(f"{len(data)}:".encode())
        total.update(data)
    return total.hexdigest()


def _parent(parent: Artifact | None) -> str:
    """Say what a parent is by the digest of its bytes rather than by the bytes."""
    if parent is None:
        return ""
    return repr((parent.edition, parent.name, parent.sha256, parent.pages, parent.page_map))


def program_digest(folders: Iterable[Path]) -> str:
    """Return the digest of all files in these folders: code, templates, words, icons, styles.

    What Python makes of them by itself is left out. Raises OSError.
    """
    total = hashlib.sha256()
    for folder in folders:
        for path in _files(folder):
            own = hashlib.sha256((folder / path).read_bytes()).hexdigest()
            total.update(f"{path}\0{own}\n".encode())
        total.update(b"\n")
    return total.hexdigest()


def _files(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, sorted, without Python's compiled ones."""
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [Path(here, name).relative_to(folder).as_posix() for name in names]
    return sorted(found)


def distributions(search: Iterable[str]) -> tuple[str, ...]:
    """Return ``name-version`` of every package in these folders, sorted.

    All of them, for a list of those that matter would be one name short some day. It is the names
    of their folders alone that are read: a package that is changed in its place is not noticed.
    """
    found: set[str] = set()
    for folder in search:
        try:
            names = os.listdir(folder or ".")
        except OSError:  # Python's search path may name what is not there
            continue
        found |= {name for name in names if name.endswith((".dist-info", ".egg-info"))}
    return tuple(sorted(found))
