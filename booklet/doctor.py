"""A project folder in, what this machine has and lacks for it out: one Diagnosis a thing."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Literal

from booklet.editions import EDITIONS
from booklet.machine import LIBRARIES, library_command, load_library, missing_libraries
from booklet.resources import styles_dir

State = Literal["ok", "missing", "optional missing"]

LOCK = "requirements.lock"
OLDEST_PYTHON = (3, 11)
SET_UP = "Run python3 make_booklet.py, which installs it."


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; ``fix`` says what to do, and is empty when all is well."""

    name: str
    state: State
    detail: str
    fix: str = ""


def examine(project: Path, output: Path | None = None) -> tuple[Diagnosis, ...]:
    """Look at everything that a build or its proof needs; nothing is changed and nothing raised.

    ``project`` is the folder that holds ``source/``; ``output`` where files are to be written,
    else ``project/output``.
    """
    return (
        _python(),
        *_packages(project),
        *_libraries(),
        *_fonts(),
        _styles(),
        _writable(output or project / "output"),
        *_validators(project),
    )


def is_well(diagnoses: Iterable[Diagnosis]) -> bool:
    """True when nothing that a build needs is missing."""
    return all(diagnosis.state != "missing" for diagnosis in diagnoses)


def render_text(diagnoses: Iterable[Diagnosis]) -> str:
    """Write one line a thing, and a line with the way out below each that is missing."""
    words = {"ok": "ok", "missing": "MISSING", "optional missing": "not here"}
    rows = tuple(diagnoses)
    width = max((len(row.name) for row in rows), default=0)
    lines = []
    for row in rows:
        lines.append(f"{words[row.state]:<9} {row.name:<{width}}  {row.detail}".rstrip())
        if row.fix:
            lines.append(f"{'':<9} {'':<{width}}  -> {row.fix}")
    verdict = "Everything that a build needs is here."
    if not is_well(rows):
        verdict = "Something that a build needs is missing: see MISSING above."
    return "\n".join((*lines, "", verdict, ""))


# ------------------------------------------------------------------ what a build needs


def _python() -> Diagnosis:
    detail = f"{platform.python_version()} in {sys.prefix}"
    if sys.version_info >= OLDEST_PYTHON:
        return Diagnosis("Python", "ok", detail)
    return Diagnosis("Python", "missing", detail, "Install Python 3.11 or newer.")


def locked_versions(text: str) -> dict[str, str]:
    """Return the versions in a lock file by package name, leaving out those with a condition."""
    pins = (line.split() for line in text.splitlines() if "==" in line and ";" not in line)
    return dict(pin[0].split("==", 1) for pin in pins if pin and not pin[0].startswith("#"))


def _packages(project: Path) -> Iterator[Diagnosis]:
    """Compare what is installed with the lock file; without one, say only what is installed."""
    try:
        locked = locked_versions((project / LOCK).read_text(encoding="utf-8"))
    except OSError:
        yield Diagnosis("Python packages", "ok", "installed as a package; no lock file to compare")
        return
    wrong = 0
    for name, number in sorted(locked.items()):
        found = _version(name)
        if _plain(found) == _plain(number):
            continue
        wrong += 1
        if found:
            detail = f"{found}, and the lock file says {number}: files may differ from others'"
            yield Diagnosis(f"package {name}", "optional missing", detail, SET_UP)
        else:
            yield Diagnosis(f"package {name}", "missing", f"{number} is not installed", SET_UP)
    detail = f"{len(locked) - wrong} of {len(locked)} as {LOCK} says"
    yield Diagnosis("Python packages", "optional missing" if wrong else "ok", detail)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _plain(number: str) -> tuple[str, ...]:
    """Return a version in parts, for 1.006 and 1.6 are one (PEP 440)."""
    return tuple(part.lstrip("0") for part in number.split("."))


def _libraries() -> Iterator[Diagnosis]:
    missing = missing_libraries()
    versions = _library_versions()
    for row in LIBRARIES:
        name = f"C library {row.name}"
        if row.name in missing:
            yield Diagnosis(name, "missing", "cannot be loaded", f"Run: {library_command()}")
        else:
            yield Diagnosis(name, "ok", versions.get(row.name) or row.file(sys.platform))


def _library_versions() -> dict[str, str]:
    """Return what the libraries say of themselves; GLib keeps its number in three variables."""
    from ctypes import c_uint

    from booklet.writers.versions import made_with

    versions = dict(made_with(next(row for row in EDITIONS if row.format == "pdf")))
    loaded = {row.name: load_library(row) for row in LIBRARIES}
    glib = loaded["gobject-2.0"]
    if glib is not None:
        parts = (f"glib_{part}_version" for part in ("major", "minor", "micro"))
        try:
            versions["gobject-2.0"] = ".".join(str(c_uint.in_dll(glib, p).value) for p in parts)
        except ValueError:
            versions.pop("gobject-2.0", None)
    for part, whole in (("pangoft2-1.0", "pango-1.0"), ("harfbuzz-subset", "harfbuzz")):
        if whole in versions:
            versions[part] = versions[whole]
    return versions


def _fonts() -> Iterator[Diagnosis]:
    """Read every font file that a page may use; they come from pinned packages alone."""
    try:
        faces = import_module("booklet.writers.pdf.fonts").FACES
    except ImportError as error:
        yield Diagnosis("fonts", "missing", f"the package {error.name} is missing", SET_UP)
        return
    for package, file in dict.fromkeys((face.package, face.file) for face in faces):
        name = f"font {file.partition('[')[0].removesuffix('.ttf')}"
        try:
            face = next(face for face in faces if face.file == file)
            size = len(face.original())
        except (ImportError, OSError):
            yield Diagnosis(name, "missing", f"not in the package {package}", SET_UP)
        else:
            number = _version(package.replace("_", "-"))
            yield Diagnosis(name, "ok", f"{package.replace('_', '-')} {number}, {size:,} bytes")


def _styles() -> Diagnosis:
    folder = styles_dir()
    wanted = sorted({name for row in EDITIONS for name in row.styles})
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        fix = "Get a fresh copy of the project."
        return Diagnosis("style sheets", "missing", f"{folder}: no {', '.join(missing)}", fix)
    return Diagnosis("style sheets", "ok", str(folder))


def _writable(output: Path) -> Diagnosis:
    """Try to write beside where the files will be, and leave nothing there."""
    folder = output
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        fix = "Choose a folder that you may write to, with --out."
        return Diagnosis("output folder", "missing", f"{output}: {error.strerror}", fix)
    return Diagnosis("output folder", "ok", f"{output} can be written")


# ------------------------------------------------------------------ what only a proof needs


def _validators(project: Path) -> Iterator[Diagnosis]:
    """Ask the verifier's own list: what is not here will be "not checked", never an error."""
    try:
        available = import_module("booklet.verify.external").available
    except ImportError as error:
        detail = f"the package {error.name} is missing"
        yield Diagnosis("validators", "optional missing", detail, SET_UP)
        return
    for status in available(project / ".validators"):
        name, number = f"validator {status.name}", status.version
        if status.ready:
            yield Diagnosis(name, "ok", number)
        else:
            fix = f"Run python3 -m tests, which installs it{_where_it_may()}."
            yield Diagnosis(name, "optional missing", status.missing, fix)


def _where_it_may() -> str:
    return "" if getattr(os, "geteuid", lambda: 1)() == 0 else " where it may"
