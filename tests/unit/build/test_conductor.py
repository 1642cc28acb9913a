"""The conductor with every stage played by a fake: the order, and what is put out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import build
from booklet.build import Request
from booklet.editions import DEFAULTS, edition
from booklet.errors import UsageError
from tests.unit.build.conductor_stage import (
    TODAY,
    Stage,
    names,
    reports,
    silence,
    statuses,
)


def test_every_booklet_and_edition_is_built_and_listed(stage: Stage, request_: Request) -> None:
    report = build.build(request_, silence)
    files = [f"{b}/{b}_en-US_{row.suffix}.{row.format}" for b in "ab" for row in DEFAULTS]
    assert names(request_.out) == sorted([*files, *reports(*files), "manifest.json"])
    assert report.exit_code == 0
    assert statuses(report.booklets) == {"a": "built", "b": "built"}
    listed = json.loads((request_.out / "manifest.json").read_text())["files"]
    assert [row["file"] for row in listed] == sorted(files)
    for row in listed:
        data = (request_.out / row["file"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
        assert (row["size"], row["made_with"]) == (len(data), {"engine": "1"})
    assert {item.tool for item in report.not_checked} == {"vera"}


def test_the_report_goes_with_its_file_and_tells_its_verdict(
    stage: Stage, request_: Request
) -> None:
    build.build(replace(request_, booklets=("a",)), silence)
    listed = json.loads((request_.out / "manifest.json").read_text())["files"]
    for row in listed:
        page, data = ((request_.out / name).read_text() for name in reports(row["file"]))
        told = json.loads(data)
        assert (told["file"], told["sha256"]) == (row["file"], row["sha256"])
        assert {tool["tool"]: tool["outcome"] for tool in told["measures"]} == row["checks"]
        assert row["sha256"] in page


def test_the_transcript_goes_with_its_file(stage: Stage, request_: Request) -> None:
    stage.heard = "document: a\n"
    build.build(replace(request_, booklets=("a",)), silence)
    listed = json.loads((request_.out / "manifest.json").read_text())["files"]
    for row in listed:
        assert row["transcript"] == f"{row['file'].rpartition('.')[0]}.transcript.txt"
        data = (request_.out / row["transcript"]).read_bytes()
        assert data == stage.heard.encode()
        assert row["transcript_sha256"] == hashlib.sha256(data).hexdigest()
    assert len(names(request_.out)) == 1 + 4 * len(listed)


def test_a_transcript_changed_by_hand_is_no_longer_listed(stage: Stage, request_: Request) -> None:
    stage.heard = "document: a\n"
    build.build(request_, silence)
    (request_.out / "b" / "b_en-US_ebook.transcript.txt").write_text("something else")
    build.build(replace(request_, booklets=("a",)), silence)
    listed = json.loads((request_.out / "manifest.json").read_text())["files"]
    assert "b/b_en-US_ebook.epub" not in {row["file"] for row in listed}
    assert "b/b_en-US_large-print-A4.pdf" in {row["file"] for row in listed}


def test_the_ebook_gets_the_finished_pdf_it_is_made_from(stage: Stage, request_: Request) -> None:
    build.build(request_, silence)
    parents = {job.name: job.parent.name if job.parent else "" for job in stage.jobs}
    assert parents["a_en-US_ebook.epub"] == "a_en-US_large-print-A4.pdf"
    assert parents["b_en-US_ebook.epub"] == "b_en-US_large-print-A4.pdf"
    assert parents["a_en-US_large-print-A4.pdf"] == ""


def test_a_parent_that_was_not_asked_for_is_not_put_out(stage: Stage, request_: Request) -> None:
    build.build(replace(request_, editions=(edition("epub"),), booklets=("a",)), silence)
    assert [job.edition.id for job in stage.jobs] == ["large-a4", "epub"]
    made = "a/a_en-US_ebook.epub"
    assert names(request_.out) == sorted([made, *reports(made), "manifest.json"])


def test_progress_is_told_for_each_edition(stage: Stage, request_: Request) -> None:
    told: list[str] = []
    build.build(replace(request_, booklets=("a",)), told.append)
    assert told == [
        "1 of 3: a, Large print, A4, 20 pages",
        "2 of 3: a, Large print, Letter, 20 pages",
        "3 of 3: a, E-book (EPUB), 20 pages",
    ]


def test_the_day_and_the_clinic_are_handed_on(stage: Stage, request_: Request) -> None:
    build.check(replace(request_, clinics=("riverside",)))
    assert stage.clinics == ["riverside", "riverside"]
    assert stage.days == [TODAY, TODAY]


# ---------------------------------------------------------------------------- the manifest


def test_building_one_booklet_keeps_the_entries_of_the_others(
    stage: Stage, request_: Request
) -> None:
    build.build(request_, silence)
    whole = (request_.out / "manifest.json").read_bytes()
    build.build(replace(request_, booklets=("a",)), silence)
    assert (request_.out / "manifest.json").read_bytes() == whole


def test_an_entry_goes_when_its_file_is_gone_or_was_changed(
    stage: Stage, request_: Request
) -> None:
    build.build(request_, silence)
    (request_.out / "b" / "b_en-US_ebook.epub").unlink()
    (request_.out / "b" / "b_en-US_large-print-A4.pdf").write_bytes(b"changed by hand")
    build.build(replace(request_, booklets=("a",)), silence)
    listed = json.loads((request_.out / "manifest.json").read_text())["files"]
    rest = [row["file"] for row in listed if row["booklet"] == "b"]
    assert rest == ["b/b_en-US_large-print-Letter.pdf"]


# ------------------------------------------------------------------------ what is asked for


def test_names_that_do_not_exist_are_told_with_the_nearest(stage: Stage, request_: Request) -> None:
    (request_.source / "stroke").mkdir()
    with pytest.raises(UsageError, match="'strok'") as fault:
        build.check(replace(request_, booklets=("strok",)))
    assert fault.value.hint == "Did you mean 'stroke'?"
    with pytest.raises(UsageError, match="'riversid'") as fault:
        build.check(replace(request_, clinics=("riversid",)))
    assert fault.value.hint == "Did you mean 'riverside'?"
    with pytest.raises(UsageError, match="language 'fr'") as fault:
        build.check(replace(request_, languages=("fr",)))
    assert "en-US" in fault.value.hint


def test_a_source_without_booklets_is_a_usage_error(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "source" / "clinics").mkdir(parents=True)
    with pytest.raises(UsageError, match="no booklet"):
        build.check(Request(tmp_path / "source", tmp_path / "output", TODAY))


def test_a_language_chooses_booklets_and_keeps_those_too_broken_to_tell(
    stage: Stage, request_: Request
) -> None:
    (request_.source / "c").mkdir()
    stage.languages = {"b": "es-MX"}
    stage.unreadable = {"c"}
    assert set(statuses(build.check(replace(request_, languages=("es",))).booklets)) == {"b", "c"}
    report = build.check(replace(request_, languages=("EN-us", "es")))
    assert set(statuses(report.booklets)) == {"a", "b", "c"}
