"""A clinic's finished files word for word beside those without a profile: only its own differs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from booklet import build
from booklet.editions import edition
from booklet.report import Report
from tests.finished import A_DAY_BEFORE_ITS_REVIEW, Built
from tests.full.conftest import SAMPLE
from tests.needs import PROJECT

pytestmark = pytest.mark.slow

NAME, LOGO = "Riverside Stroke Clinic", "A house with a leaf."
PROFILE = f"""
name: {NAME}
phone: "(555) 555-0123 ext. 4"
address: [12 River Street, By the bridge, Springfield]
web: https://riverside.example.org
emergency_number: "112"
hours: ["Monday to Friday: 8:30 to 17:00"]
logo: images/riverside.svg
logo_description: {LOGO}
accent: "#7a1f5c"
appointment: [Day and time, Which entrance, Bring]
"""
# The parts at the back that are the clinic's alone.
OWN = {"Who to contact", "Next appointment"}
ASKED = ("large-a4", "epub")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The real booklet for a clinic with everything that a profile may hold, and one misfit."""
    project = tmp_path_factory.mktemp("clinic")
    shutil.copytree(PROJECT / "source", project / "source")
    profiles = project / "source" / "clinics"
    (profiles / "riverside.yaml").write_text(PROFILE, encoding="utf-8")
    (profiles / "unfit.yaml").write_text(PROFILE.replace("#7a1f5c", "#ffff00"), encoding="utf-8")
    (profiles / "images").mkdir(exist_ok=True)
    drawing = PROJECT / "tests/torture/source/clinics/images/greenhouse.svg"
    shutil.copy(drawing, profiles / "images" / "riverside.svg")
    request = build.Request(
        source=project / "source",
        out=project / "output",
        today=A_DAY_BEFORE_ITS_REVIEW,
        booklets=(SAMPLE,),
        clinics=("riverside", "unfit"),
        editions=tuple(map(edition, ASKED)),
        jobs=1,
    )
    return build.build(request, lambda line: None)


def heard(path: Path) -> dict[str, list[str]]:
    """What a screen reader is given to say, by part; page numbers may move, and are left out."""
    parts: dict[str, list[str]] = {"": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r" *page \d+|\d+ pages", line):
            continue
        said = re.sub(r"\(page \d+\)", "(page)", line)
        # The booklet code tells one copy from another, so it is the clinic's own.
        said = re.sub(rf"({SAMPLE}/[0-9.]+)/[0-9a-f]{{12}}", r"\1", said)
        if said.startswith("  item: link: "):
            said = re.sub(r" \d+$", "", said)
        if said.lstrip().startswith("heading level 1: "):
            parts[said.partition(": ")[2]] = []
        parts[list(parts)[-1]].append(said)
    return parts


@pytest.mark.parametrize("row", ASKED)
def test_only_the_clinic_s_own_words_differ(row: str, clinic: Report, built: Built) -> None:
    (entry,) = (entry for entry in clinic.entries if entry.edition == row)
    bare = heard(built.files[row].with_name(f"{built.files[row].stem}.transcript.txt"))
    dressed = heard(Path(clinic.folder) / entry.transcript)
    assert list(dressed) == list(bare)
    cover = list(bare)[1]
    for part, lines in dressed.items():
        if part in OWN:
            assert lines[0] == bare[part][0]
            continue
        expected = [line.replace("Call 911 now", "Call 112 now") for line in bare[part]]
        own = {f"picture: {LOGO}", NAME}
        assert [line for line in lines if line not in own] == expected
        assert len(lines) == len(expected) + (2 if part == cover else 0)
    contact = " ".join(dressed["Who to contact"])
    for words in (NAME, "(555) 555-0123 ext. 4", "By the bridge", "8:30 to 17:00", "112"):
        assert words in contact
    # The mark of an item is drawn in the e-book, and is none of its words in print.
    slip = [re.sub(r"^ *(•|item:) ", "", line) for line in dressed["Next appointment"][2:5]]
    assert slip == ["Day and time", "Which entrance", "Bring"]


def test_the_manifest_names_one_clinical_digest(clinic: Report, built: Built) -> None:
    listed = json.loads((Path(clinic.folder) / "manifest.json").read_text("utf-8"))["files"]
    digests = {row["clinical_digest"] for row in listed}
    assert digests == {entry.clinical_digest for entry in built.entries}
    assert len(digests) == 1
    assert {row["clinic"] for row in listed} == {"riverside"}


def test_nothing_is_found_in_the_coloured_pages(clinic: Report) -> None:
    """The contrast of each word is measured, as in any file."""
    rules = {finding.rule for finding in clinic.findings}
    assert rules == {"REV-005", "CLIN-001"}
    for entry in clinic.entries:
        assert {outcome for _, outcome in entry.checks} == {"passed"}


def test_the_misfit_is_told_and_holds_up_itself_alone(clinic: Report) -> None:
    told = {result.clinic: result.status for result in clinic.booklets}
    assert told == {"riverside": "built", "unfit": "blocked"}
    assert clinic.exit_code == 1
