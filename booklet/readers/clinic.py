"""A clinic's profile enters; a Clinic leaves: what a clinic owns, and no clinical word."""

from __future__ import annotations

import re
from typing import Any

from booklet.colour import parsed, written
from booklet.errors import UsageError
from booklet.findings import found
from booklet.model import Asset, Clinic, Span
from booklet.readers.assets import Pictures
from booklet.readers.clinic_rules import logo_findings, profile_findings
from booklet.readers.intake import Intake
from booklet.readers.yaml_positions import YamlRead
from booklet.readers.yaml_schema import nearest_word
from booklet.source import SourceTree

FOLDER = "clinics"
_ENDING = ".yaml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def clinics(tree: SourceTree) -> tuple[str, ...]:
    """Return the ids of the clinic profiles, sorted; what begins with _ or a dot is a draft."""
    names = (name for name in tree.listing(FOLDER) if name[0] not in "._")
    return tuple(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))


def read_profile(tree: SourceTree, clinic_id: str) -> Clinic | None:
    """Read a profile by itself; None when it does not fit. Raises UsageError as ``read_clinic``."""
    intake = Intake(tree)
    return read_clinic(intake, clinic_id, Pictures(intake, FOLDER))


def read_clinic(intake: Intake, clinic_id: str, pictures: Pictures) -> Clinic | None:
    """Read ``clinics/<id>.yaml``; None when there are findings that forbid it.

    Raises UsageError when there is no such clinic: the operator named it.
    """
    names = clinics(intake.tree)
    if clinic_id not in names:
        raise UsageError(
            f'there is no clinic "{clinic_id}"',
            where=f"{intake.tree.name}/{FOLDER}",
            hint=nearest_word(clinic_id, names) or f"Known: {', '.join(names) or 'none'}.",
        )
    path = f"{FOLDER}/{clinic_id}{_ENDING}"
    if not _ID.fullmatch(clinic_id):
        message = f'"{clinic_id}{_ENDING}" cannot be the name of a profile.'
        intake.tell((found("CLIN-006", intake.tree.span(path), message),))
        return None
    read = intake.settings(path, "clinic")
    if read is None:
        return None
    # Looked at even when another setting is wrong, so that all mistakes are told at once.
    wrong = tuple(profile_findings(read))
    logo, whole = _logo(read, pictures)
    intake.tell(wrong)
    if read.data is None or wrong or not whole:
        return None
    return _clinic(clinic_id, read, read.data, logo)


def _clinic(clinic_id: str, read: YamlRead, data: dict[str, Any], logo: Asset | None) -> Clinic:
    return Clinic(
        id=clinic_id,
        name=_line(data["name"]),
        logo=logo,
        logo_description=_line(data.get("logo_description", "")),
        phone=_line(data["phone"]),
        address=tuple(map(_line, data["address"])),
        web=data.get("web"),
        emergency_number=_line(data.get("emergency_number", "")) or None,
        hours=tuple(map(_line, data.get("hours", ()))),
        span=Span(read.origin.file),
        accent=written(parsed(data["accent"])) if "accent" in data else None,
        appointment=tuple(map(_line, data.get("appointment", ()))),
    )


def _logo(read: YamlRead, pictures: Pictures) -> tuple[Asset | None, bool]:
    """Return the logo, if there is one, and whether nothing forbids it."""
    path = read.raw.get("logo")
    if not isinstance(path, str) or not path.strip():
        return None, True
    place = read.place(("logo",))
    loaded = pictures.load(path, place)
    if not isinstance(loaded, Asset):
        pictures.intake.tell(loaded)
        return None, False
    pictures.intake.tell(logo_findings(loaded, place))
    return loaded, True


def _line(text: str) -> str:
    return " ".join(text.split())
