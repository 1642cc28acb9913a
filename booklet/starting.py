"""Answers enter; a whole starter booklet leaves, in a catalogue that is begun if need be.

Everything is tried out in a folder of its own first: what would not pass is refused with one
line, and nothing is written. No file that is there is ever changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, StrictUndefined

from booklet import checks, readers
from booklet.errors import MachineError, UsageError
from booklet.findings import Finding, Severity, in_order
from booklet.locking import lock_disclaimers
from booklet.output import LONGEST, RESERVED
from booklet.readers.disclaimer import FOLDER as DISCLAIMERS
from booklet.readers.intake import by_language
from booklet.resources import starter_dir
from booklet.source import NOT_BOOKLETS, SourceTree
from booklet.words import words_for

YEARS = 2
"""Until the next review: the usual time of the product's own sample."""
_CLINICS = "clinics"
# Before the folder is whole it has a name that no reading takes for a booklet.
_UNFINISHED = "_new-"


@dataclass(frozen=True, slots=True)
class ClinicAnswers:
    """A clinic's own words for a profile; ``address`` are its lines."""

    name: str
    phone: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said. ``name`` becomes the folder; ``today`` the day of issue."""

    name: str
    title: str
    audience: str
    language: str
    emergency_number: str
    author: str
    reviewer: str
    today: date
    clinic: ClinicAnswers | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """What was written: paths below the folder that holds ``source``, and what is still to do."""

    booklet: str
    clinic: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...]


# ------------------------------------------------------------------------------- names


def folder_name(text: str) -> str:
    """Return a name for a folder: small letters a to z, digits and hyphens, a letter first.

    Raises UsageError when nothing of the text can be kept, or the name means something else.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    name = re.sub(r"^[0-9-]+", "", name)
    hint = "Use small letters a to z, digits and hyphens, such as my-booklet."
    if not name:
        raise UsageError(f'"{text}" cannot be made into the name of a folder.', hint=hint)
    if name in NOT_BOOKLETS or RESERVED.fullmatch(name):
        raise UsageError(f'"{name}" cannot be the name of a booklet.', hint=hint)
    return name


def require_new(source: Path, name: str) -> None:
    """Raise UsageError when the source folder has this name already, in whatever capitals."""
    try:
        known = {entry.casefold() for entry in os.listdir(source)}
    except OSError:  # it is still to be made, or the writing will tell
        return
    if name in known:
        where = f"{source.name}/{name}"
        hint = "Choose another name, or change the files there."
        raise UsageError("there is something of this name already.", where=where, hint=hint)


def require_starter(language: str) -> Path:
    """Return the folder of the starter in a language. Raises UsageError when there is none."""
    known = sorted(path.name for path in starter_dir().iterdir() if path.is_dir())
    primary = language.partition("-")[0].lower()
    if primary not in known or words_for(language) is None:
        hint = f"There is one in: {', '.join(known)}."
        raise UsageError(f'there is no starter in the language "{language}".', hint=hint)
    return starter_dir() / primary


# ----------------------------------------------------------------------------- the work


def start(source: Path, answers: Answers) -> Started:
    """Write the starter. Raises UsageError when it would not pass, MachineError when it cannot."""
    require_new(source, answers.name)
    try:
        shared, own = dict(_shared(source, answers)), dict(_own(answers))
        _try_out(source, answers, {**shared, **own})
        _write(source, answers.name, shared, own)
        if DISCLAIMERS in {path.partition("/")[0] for path in shared}:
            lock_disclaimers(SourceTree.open(source))
            shared[f"{DISCLAIMERS}/lock.yaml"] = ""
    except OSError as error:
        raise MachineError(
            f"the booklet cannot be written: {error.strerror or error}",
            where=source.name,
            hint="Check the free space and who may write there.",
        ) from error
    files = tuple(f"{source.name}/{path}" for path in sorted({**shared, **own}))
    clinic = folder_name(answers.clinic.name) if answers.clinic else ""
    return Started(answers.name, clinic, files, _findings(source, answers))


def _own(answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield the files of the booklet itself: paths below the source folder, and texts."""
    root = require_starter(answers.language) / "booklet"
    values = {
        "id": answers.name,
        "title": answers.title,
        "language": answers.language,
        "audience": answers.audience,
        "author": answers.author,
        "reviewer": answers.reviewer,
        "emergency_number": answers.emergency_number,
        "issued": answers.today.isoformat(),
        "review_by": _years_later(answers.today).isoformat(),
    }
    for path, text in _texts(root):
        filled = _filled(text, values) if path == "booklet.yaml" else text
        yield f"{answers.name}/{path}", filled


def _shared(source: Path, answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield what the catalogue lacks; what it has is its own.

    Raises UsageError when it has disclaimers, but none in this language: nobody but the clinic
    may decide on the words.
    """
    root, tree = require_starter(answers.language), SourceTree(source, source.name)
    if not tree.listing(DISCLAIMERS):
        yield from _texts(root / "shared" / DISCLAIMERS, f"{DISCLAIMERS}/")
    elif by_language(tree, DISCLAIMERS, answers.language, ".md") is None:
        raise UsageError(
            f'there is no disclaimer in the language "{answers.language}"',
            where=f"{source.name}/{DISCLAIMERS}",
            hint="Write one there and lock it with the command lock-disclaimer, then try again.",
        )
    for folder in ("glossary", _CLINICS):
        if not tree.listing(folder):
            yield from _texts(root / "shared" / folder, f"{folder}/")
    clinic = answers.clinic
    if clinic:
        name = folder_name(clinic.name)
        path = f"{_CLINICS}/{name}.yaml"
        if f"{name}.yaml" in tree.listing(_CLINICS):
            hint = "Leave the clinic out: build with its profile as it is."
            raise UsageError(
                "the clinic has a profile already.", where=f"{source.name}/{path}", hint=hint
            )
        text = (root / "profile.yaml").read_text(encoding="utf-8")
        values = {"id": name, "name": clinic.name, "phone": clinic.phone, "address": clinic.address}
        yield path, _filled(text, values)


def _try_out(source: Path, answers: Answers, files: Mapping[str, str]) -> None:
    """Read and check everything in a folder of its own. Raises UsageError for the first error."""
    with TemporaryDirectory(prefix="booklet-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / source.name
        for name in NOT_BOOKLETS & set(SourceTree(source, source.name).listing("")):
            shutil.copytree(source / name, root / name, symlinks=True)
        for path, text in files.items():
            _put(root / path, text)
        if not (root / DISCLAIMERS / "lock.yaml").exists():
            lock_disclaimers(SourceTree.open(root))
        written = {f"{source.name}/{path}" for path in files}
        for finding in _findings(root, answers):
            if finding.severity is Severity.ERROR and finding.span.file in written:
                raise UsageError(finding.message, hint=finding.hint)


def _findings(source: Path, answers: Answers) -> tuple[Finding, ...]:
    """Read and check the booklet as it now is, with the new profile if there is one."""
    tree = SourceTree.open(source)
    clinic = folder_name(answers.clinic.name) if answers.clinic else None
    read = readers.read(tree, answers.name, clinic=clinic)
    findings = read.findings
    if read.booklet:
        findings += checks.run(read.booklet, checks.Policy(), answers.today)
    return in_order(findings)


def _write(source: Path, name: str, shared: Mapping[str, str], own: Mapping[str, str]) -> None:
    """Write the shared files, then the booklet's folder, which is there whole or not at all."""
    for path, text in shared.items():
        _put(source / path, text)
    unfinished = source / f"{_UNFINISHED}{name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for path, text in own.items():
            _put(unfinished / path.removeprefix(f"{name}/"), text)
        os.rename(unfinished, source / name)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(unfinished)
        raise


def _put(path: Path, text: str) -> None:
    """Write a new file; never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


# --------------------------------------------------------------------------- templates


def _texts(root: Path, before: str = "") -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield f"{before}{path.relative_to(root).as_posix()}", path.read_text(encoding="utf-8")


def _filled(text: str, values: Mapping[str, object]) -> str:
    environment = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML, not HTML: every answer is quoted
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    # JSON's quotes and escapes are YAML's, too.
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment.from_string(text).render(**values)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:  # from February 29 to a year that has none
        return day.replace(year=day.year + YEARS, day=28)
