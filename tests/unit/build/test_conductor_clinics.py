"""The conductor makes each booklet once for each clinic, and keeps the copies apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet import build
from booklet.build import Request
from booklet.editions import Job, Made, edition
from booklet.errors import UsageError
from booklet.report import summary
from tests.unit.build.conductor_stage import (
    Stage,
    finding,
    names,
    reports,
    silence,
)


@pytest.fixture
def clinics(request_: Request) -> Request:
    """One booklet, one edition and all of two clinics; a third profile is only a draft."""
    for name in ("lakeside", "_later"):
        (request_.source / "clinics" / f"{name}.yaml").write_text("name: A clinic\n")
    only = (edition("epub"),)
    return replace(request_, booklets=("a",), editions=only, clinics=("all",))


def ebook(clinic: str) -> str:
    return f"a/a_en-US_ebook_{clinic}.epub"


def test_every_clinic_has_files_of_its_own(stage: Stage, clinics: Request) -> None:
    told: list[str] = []
    report = build.build(clinics, told.append)
    made = [ebook("lakeside"), ebook("riverside")]
    assert names(clinics.out) == sorted([*made, *reports(*made), "manifest.json"])
    assert [(e.file, e.clinic) for e in report.entries] == [
        (made[0], "lakeside"),
        (made[1], "riverside"),
    ]
    assert told[0] == "1 of 4: a for lakeside, Large print, A4, 20 pages"
    assert told[3] == "4 of 4: a for riverside, E-book (EPUB), 20 pages"
    assert "with the details of lakeside and riverside" in summary(report)[0]


def test_an_ebook_is_made_from_the_print_of_its_own_clinic(stage: Stage, clinics: Request) -> None:
    build.build(clinics, silence)
    parents = {job.name: job.parent.name for job in stage.jobs if job.parent}
    assert parents == {
        f"a_en-US_ebook_{name}.epub": f"a_en-US_large-print-A4_{name}.pdf"
        for name in ("lakeside", "riverside")
    }


def test_a_profile_that_does_not_fit_never_stops_the_others(stage: Stage, clinics: Request) -> None:
    stage.unfit = {"lakeside"}
    report = build.build(clinics, silence)
    assert report.exit_code == 1
    told = {(result.id, result.clinic): result.status for result in report.booklets}
    assert told == {("a", "lakeside"): "blocked", ("a", "riverside"): "built"}
    assert [entry.file for entry in report.entries] == [ebook("riverside")]
    blocked = "1 problem in 1 booklet with the details of lakeside; nothing was built for it."
    assert summary(report)[1].startswith(blocked)


def test_a_bad_file_for_one_clinic_keeps_that_clinic_back_alone(
    stage: Stage, clinics: Request
) -> None:
    def wrong(job: Job) -> Made:
        return stage.finished(job, *([finding()] if "lakeside" in job.name else []))

    stage.make = wrong
    report = build.build(clinics, silence)
    assert [entry.clinic for entry in report.entries] == ["riverside"]
    assert [result.clinic for result in report.blocked] == ["lakeside"]


def test_clinics_are_chosen_by_name_each_once(stage: Stage, clinics: Request) -> None:
    asked = ("riverside", "lakeside", "riverside")
    report = build.check(replace(clinics, clinics=asked))
    assert [result.clinic for result in report.booklets] == ["lakeside", "riverside"]


def test_all_clinics_of_none_is_a_usage_error(stage: Stage, clinics: Request) -> None:
    for profile in (clinics.source / "clinics").iterdir():
        profile.unlink()
    with pytest.raises(UsageError, match="no clinic profile"):
        build.check(clinics)
