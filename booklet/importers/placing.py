"""A draft enters; its folder in the source folder leaves, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from booklet.errors import MachineError
from booklet.importers.limits import RefusedError


def place(source: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write a draft's files as ``source/name`` and return that folder.

    They are written beside it first and get their name when all are on the disk. Raises
    RefusedError when there is such a booklet, MachineError when the disk does not take it.
    """
    target = source / name
    part = source / f".import-{name}"
    try:
        if name in {entry.casefold() for entry in os.listdir(source)}:
            raise RefusedError(
                f"there is a booklet {name} already, and an import never changes one",
                hint="Give this one another name with --name.",
            )
        if part.exists():
            shutil.rmtree(part)  # what an import that was killed left behind
        for path, data in files.items():
            file = part / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        os.rename(part, target)
    except OSError as error:
        raise MachineError(
            f"this cannot be written: {error.strerror or error}", where=str(error.filename or part)
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target
