"""A clinic's profile enters; a Clinic leaves: contact words that change no clinical word."""

from __future__ import annotations

import re

from booklet.errors import UsageError
from booklet.model import Clinic, Span
from booklet.readers.assets import Pictures
from booklet.readers.intake import Intake
from booklet.readers.yaml_positions import YamlRead
from booklet.readers.yaml_schema import nearest_word
from booklet.source import SourceTree

FOLDER = "clinics"
_ENDING = ".yaml"


def clinics(tree: SourceTree) -> tuple[str, ...]:
    """Return the ids of the clinic profiles, sorted; what begins with _ or a dot is a draft."""
    names = (name for name in tree.listing(FOLDER) if name[0] not in "._")
    return tuple(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))


def read_clinic(intake: Intake, clinic_id: str, pictures: Pictures) -> Clinic | None:
    """Read ``clinics/<id>.yaml``; None when there are findings.

    Raises UsageError when there is no such clinic: the operator named it.
    """
    names = [name.removesuffix(".yaml") for name in intake.tree.listing(FOLDER)]
    if clinic_id not in names or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", clinic_id):
        raise UsageError(
            f'there is no clinic "{clinic_id}"',
            where=f"{intake.tree.name}/{FOLDER}",
            hint=nearest_word(clinic_id, names) or f"Known: {', '.join(sorted(names)) or 'none'}.",
        )
    read = intake.settings(f"{FOLDER}/{clinic_id}.yaml", "clinic")
    if read is None or read.data is None:
        return None
    return _clinic(clinic_id, read, pictures)


def _clinic(clinic_id: str, read: YamlRead, pictures: Pictures) -> Clinic | None:
    data = read.data or {}
    logo = None
    if "logo" in data:
        place: Span = read.place(("logo",))
        loaded = pictures.load(data["logo"], place)
        if isinstance(loaded, tuple):
            pictures.intake.tell(loaded)
            return None
        logo = loaded
    return Clinic(
        id=clinic_id,
        name=_line(data["name"]),
        logo=logo,
        logo_description=_line(data.get("logo_description", "")),
        phone=_line(data["phone"]),
        address=tuple(map(_line, data["address"])),
        web=data.get("web"),
        emergency_number=data.get("emergency_number"),
        hours=tuple(map(_line, data.get("hours", ()))),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
