"""The checklist beside a booklet's source enters; the signatures under it leave.

The file is no part of the booklet's content: signing a booklet must not change what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from booklet import criteria
from booklet.editions import EDITIONS
from booklet.findings import Finding, found
from booklet.model import Signature, Span
from booklet.readers.clinic import FOLDER as CLINICS
from booklet.readers.intake import Intake
from booklet.readers.yaml_positions import YamlRead, read_yaml
from booklet.readers.yaml_schema import is_day, nearest_word
from booklet.source import MAX_SETTINGS

NAME = "conformance.yaml"
# What is for paper alone claims nothing, so there is nothing to sign for.
_KINDS = {row.id: row.format for row in EDITIONS if not row.is_for_paper}
_Row = dict[str, Any]


def read_signatures(
    intake: Intake, folder: str, clinic: str | None, digest: str
) -> tuple[Signature, ...]:
    """Read ``<folder>/conformance.yaml``: the signatures for this clinic (None: for none).

    Without the file there are none. All mistakes are told to the intake, and that the content, of
    which ``digest`` is the SHA-256, is no longer what was signed.
    """
    read = _opened(intake, folder)
    if read is None or read.data is None:
        return ()
    rows = list(enumerate(read.data["signatures"]))
    wrong = [each for number, row in rows for each in _mistakes(intake, read, number, row)]
    intake.tell((*wrong, *_twice(read)))
    if wrong:
        return ()
    mine = [(number, row) for number, row in rows if row.get("clinic") == clinic]
    for number, row in mine:
        intake.tell(_state(read, number, row, digest))
    return tuple(_signature(row, _place(read, number, "date")) for number, row in mine)


def _opened(intake: Intake, folder: str) -> YamlRead | None:
    if NAME not in intake.tree.listing(folder):
        return None
    # Past the intake's own list of files, from which the digest is made.
    loaded = intake.tree.text(f"{folder}/{NAME}", limit=MAX_SETTINGS)
    intake.tell(loaded.findings)
    if loaded.file is None:
        return None
    read = read_yaml(loaded.file.text, Span(loaded.file.path), "conformance")
    intake.tell(read.findings)
    return read


def _place(read: YamlRead, number: int, *path: str) -> Span:
    return read.place(("signatures", number, *path))


def _mistakes(intake: Intake, read: YamlRead, number: int, row: _Row) -> Iterator[Finding]:
    """Tell of names that do not exist and of days that are none."""
    edition = row["edition"]
    if edition not in _KINDS:
        near = nearest_word(edition, _KINDS) or f"There is: {', '.join(_KINDS)}."
        place = _place(read, number, "edition")
        yield found("SIGN-005", place, f'There is no edition "{edition}".', near)
        return
    clinic, files = row.get("clinic"), intake.tree.listing(CLINICS)
    if clinic is not None and f"{clinic}.yaml" not in files:
        names = [name.removesuffix(".yaml") for name in files if name.endswith(".yaml")]
        place = _place(read, number, "clinic")
        hint = nearest_word(clinic, names) or None
        yield found("SIGN-005", place, f'There is no clinic "{clinic}".', hint)
    known = [point.id for point in criteria.points(_KINDS[edition])]
    for name in row["points"]:
        if name not in known:
            place = read.key_place(("signatures", number, "points", name))
            hint = nearest_word(name, known) or None
            yield found("SIGN-001", place, f'The checklist has no point "{name}".', hint)
    if row["date"] and not is_day(row["date"]):
        message = f'"{row["date"]}" is not a day such as 2026-11-22.'
        yield found("SIGN-004", _place(read, number, "date"), message)


def _twice(read: YamlRead) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate((read.data or {})["signatures"]):
        about = row["edition"], row.get("clinic", "")
        if about in seen:
            message = f'The edition "{row["edition"]}" has two signatures.'
            yield found("SIGN-006", _place(read, number, "edition"), message)
        seen.add(about)


def _state(read: YamlRead, number: int, row: _Row, digest: str) -> Iterator[Finding]:
    """Tell why a signature does not count, if it does not; the first reason is enough."""
    signature = _signature(row, _place(read, number))
    left = criteria.unconfirmed(signature, _KINDS[signature.edition])
    if not signature.signed_by or not signature.date:
        missing = "name" if not signature.signed_by else "date"
        message = f'The checklist of "{signature.edition}" is not signed: the {missing} is missing.'
        place = _place(read, number, "date" if signature.signed_by else "signed_by")
        yield found("SIGN-007", place, message)
    elif signature.content != digest:
        message = f'The booklet was changed after "{signature.edition}" was signed.'
        yield found("SIGN-002", _place(read, number, "content"), message)
    elif left:
        message = f'Not confirmed for "{signature.edition}": {", ".join(left)}.'
        yield found("SIGN-003", _place(read, number, "points"), message)


def _signature(row: _Row, span: Span) -> Signature:
    return Signature(
        edition=row["edition"],
        content=row["content"],
        signed_by=" ".join(row["signed_by"].split()),
        date=row["date"],
        confirmed=tuple(name for name, answer in row["points"].items() if answer == "yes"),
        span=span,
    )
