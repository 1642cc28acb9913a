"""A project in, the state of its ``.venv`` out: what it must hold, and whether it does.

Standard library only, and quick, for it is asked on every start.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from booklet.errors import MachineError
from booklet.machine import missing_libraries

NO_SETUP = "BOOKLET_NO_SETUP"
UNFINISHED = "set-up-unfinished"
AGAIN = "then run the same command again."


class Need(NamedTuple):
    """What a command needs: ``name`` marks its stamp, ``lock`` lists its packages."""

    name: str
    lock: str


RUNTIME = Need("runtime", "requirements.lock")
TESTS = Need("tests", "requirements-test.lock")


def set_up_is_off() -> bool:
    """True when the person switched all installing off, with BOOKLET_NO_SETUP=1."""
    return os.environ.get(NO_SETUP, "0") not in ("", "0")


def is_ready(project: Path, need: Need) -> bool:
    """True when the stamp of the last finished set-up still fits, and the C libraries load."""
    try:
        stamp = stamp_file(project, need).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return (
        stamp == stamp_text(project, need)
        and not (project / ".venv" / UNFINISHED).exists()
        and environment_python(project).exists()
        and not missing_libraries()
    )


def stamp_file(project: Path, need: Need) -> Path:
    """Where the stamp of this need stands; it is written last, so half a set-up has none."""
    return project / ".venv" / f"ready-{need.name}"


def stamp_text(project: Path, need: Need) -> str:
    """Return what the stamp must say: this Python, this platform, these locked packages.

    Raises MachineError when the lock file cannot be read.
    """
    try:
        digest = sha256((project / need.lock).read_bytes()).hexdigest()
    except OSError as error:
        raise MachineError(
            f"cannot read the list of packages: {error.strerror}",
            where=need.lock,
            hint="Get a fresh copy of the project.",
        ) from error
    return f"{sys.implementation.cache_tag} {sys.platform} {digest}\n"


def environment_python(project: Path) -> Path:
    """Return the Python program of the project's environment, whether it exists or not."""
    if os.name == "nt":
        return project / ".venv" / "Scripts" / "python.exe"
    return project / ".venv" / "bin" / "python"


def is_inside(project: Path) -> bool:
    """True when this process runs in the project's environment."""
    return os.path.realpath(sys.prefix) == os.path.realpath(project / ".venv")


def missing_packages(lock: Path) -> tuple[str, ...]:
    """Return the names of the locked packages that this Python lacks.

    Those with a condition (another platform, another Python) are not asked for. Raises OSError
    when there is no lock.
    """
    from importlib import metadata  # slow to load, and not asked on every start

    missing = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        name, found, _ = line.partition("==")
        if not found or line[0] in "# " or ";" in line:
            continue
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    return tuple(missing)
