"""The conductor with every stage played by a fake: the order, the gate and what is put out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest

from booklet import build, checks, outside, readers
from booklet.build import Request
from booklet.editions import DEFAULTS, Artifact, Job, Made, ToolResult, Verdict, edition
from booklet.errors import MachineError, UsageError
from booklet.findings import Finding, Severity
from booklet.model import Booklet, Span
from booklet.report import BookletResult, summary
from booklet.source import SourceTree
from tests import samples

TODAY = date(2026, 11, 22)
Key = tuple[str, str, str]


def finding(severity: Severity = Severity.ERROR, file: str = "source/a/01.md") -> Finding:
    return Finding("FAKE-001", severity, Span(file, 3, 1), "Something is wrong.", "Put it right.")


@dataclass
class Stage:
    """What the fakes do: findings by booklet, what each job comes to, and what was called."""

    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    unfit: set[str] = field(default_factory=set)
    languages: dict[str, str] = field(default_factory=dict)
    make: Callable[[Job], Made] | None = None
    jobs: list[Job] = field(default_factory=list)
    clinics: list[str | None] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    text: str = "first"
    heard: str = ""

    def read(self, tree: SourceTree, name: str, *, clinic: str | None) -> SimpleNamespace:
        self.clinics.append(clinic)
        if name in self.unreadable:
            return SimpleNamespace(booklet=None, findings=(finding(file=f"source/{name}/b.yaml"),))
        if clinic in self.unfit:
            wrong = (finding(file=f"source/clinics/{clinic}.yaml"),)
            return SimpleNamespace(booklet=None, findings=wrong)
        booklet = samples.booklet()
        meta = replace(booklet.meta, id=name, language=self.languages.get(name, "en-US"))
        whose = replace(samples.clinic(), id=clinic) if clinic else None
        return SimpleNamespace(
            booklet=replace(booklet, meta=meta, clinic=whose), findings=(), files=()
        )

    def check(self, booklet: Booklet, policy: object, today: date) -> tuple[Finding, ...]:
        self.days.append(today)
        return self.found.get(booklet.meta.id, ())

    def work(self, job: Job) -> Made:
        self.jobs.append(job)
        return self.make(job) if self.make else self.finished(job)

    def finished(self, job: Job, *findings: Finding) -> Made:
        data = f"{job.name} {self.text}".encode()
        digest = hashlib.sha256(data).hexdigest()
        row = job.edition
        artifact = Artifact(row, job.name, row.media_type, data, digest, row.made_from, 20)
        tools = (ToolResult("glyphs", "passed", ""), ToolResult("vera", "not checked", "no java"))
        return Made(findings, Verdict(artifact, findings, tools), (("engine", "1"),), self.heard)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    fake = Stage()
    monkeypatch.setattr(readers, "read", fake.read, raising=False)
    monkeypatch.setattr(checks, "run", fake.check)
    monkeypatch.setattr(build, "make", fake.work)
    return fake


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    for name in ("a", "b", "disclaimers"):
        (tmp_path / "source" / name).mkdir(parents=True)
    (tmp_path / "source" / "clinics").mkdir()
    (tmp_path / "source" / "clinics" / "riverside.yaml").write_text("name: Riverside\n")
    return Request(tmp_path / "source", tmp_path / "output", TODAY, jobs=1)


def names(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def reports(*files: str) -> list[str]:
    """The conformance reports that go with these files."""
    stems = [file.rpartition(".")[0] for file in files]
    return [f"{stem}.conformance.{ending}" for stem in stems for ending in ("html", "json")]


def statuses(results: tuple[BookletResult, ...]) -> dict[str, str]:
    return {result.id: result.status for result in results}


def silence(line: str) -> None:
    assert line


# -------------------------------------------------------------------------- what is built


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


@dataclass
class Outside:
    """The outside checkers, played: what they were asked and what they say."""

    asked: list[set[Key]] = field(default_factory=list)
    outcome: Literal["passed", "failed", "not checked"] = "passed"

    def ask(self, files: dict[Key, object], tools: Path) -> dict[Key, outside.Said]:
        self.asked.append(set(files))
        result = ToolResult("EPUBCheck", self.outcome, "as it says")
        bad = (finding(file="a/file"),) if self.outcome == "failed" else ()
        return {key: outside.Said((result,), bad) for key in files}


@pytest.fixture
def checkers(monkeypatch: pytest.MonkeyPatch) -> Outside:
    fake = Outside()
    monkeypatch.setattr(outside, "ask", fake.ask)
    return fake


def test_outside_checkers_are_asked_once_for_all_files_and_only_with_full(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    build.build(request_, silence)
    assert checkers.asked == []
    report = build.build(replace(request_, full=True), silence)
    assert checkers.asked == [{(b, "", row.id) for b in "ab" for row in DEFAULTS}]
    assert report.exit_code == 0
    assert all(("EPUBCheck", "passed") in entry.checks for entry in report.entries)


def test_what_an_outside_checker_finds_keeps_the_old_files(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    build.build(replace(request_, full=True), silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    stage.text, checkers.outcome = "second", "failed"
    report = build.build(replace(request_, full=True), silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert {name: (request_.out / name).read_bytes() for name in names(request_.out)} == before


def test_a_missing_outside_checker_blocks_nothing_and_is_told(
    stage: Stage, request_: Request, checkers: Outside
) -> None:
    checkers.outcome = "not checked"
    report = build.build(replace(request_, full=True), silence)
    assert report.exit_code == 0
    assert {item.tool for item in report.not_checked} == {"vera", "EPUBCheck"}


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


# ------------------------------------------------------------------- once for each clinic


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


# ------------------------------------------------------------------------- what is blocked


def test_a_wrong_booklet_never_stops_the_others(stage: Stage, request_: Request) -> None:
    stage.found["a"] = (finding(),)
    report = build.build(request_, silence)
    assert report.exit_code == 1
    assert statuses(report.booklets) == {"a": "blocked", "b": "built"}
    assert {name.split("/")[0] for name in names(request_.out)} == {"b", "manifest.json"}
    assert {job.cleared.booklet.meta.id for job in stage.jobs} == {"b"}


def test_with_nothing_to_build_the_output_is_not_touched(stage: Stage, request_: Request) -> None:
    stage.unreadable = {"a", "b"}
    report = build.build(request_, silence)
    assert report.exit_code == 1
    assert not request_.out.exists()
    assert len(report.findings) == 2


def test_all_findings_are_shown_at_once_in_order(stage: Stage, request_: Request) -> None:
    stage.found = {
        "b": (finding(file="source/b/01.md"), finding(file="source/a/02.md")),
        "a": (finding(file="source/a/09.md"), finding(file="source/a/02.md")),
    }
    report = build.check(request_)
    files = [each.span.file for each in report.findings]
    assert files == ["source/a/02.md", "source/a/09.md", "source/b/01.md"]


@pytest.mark.parametrize("row", DEFAULTS, ids=lambda row: row.id)
def test_a_finding_in_one_finished_file_keeps_all_editions_back(
    row: object, stage: Stage, request_: Request
) -> None:
    build.build(request_, silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    stage.text = "second"

    def wrong(job: Job) -> Made:
        bad = job.edition == row and job.cleared.booklet.meta.id == "a"
        return stage.finished(job, *([finding(file="a/file")] if bad else []))

    stage.make = wrong
    report = build.build(request_, silence)
    after = {name: (request_.out / name).read_bytes() for name in names(request_.out)}
    assert statuses(report.booklets) == {"a": "blocked", "b": "built"}
    assert report.exit_code == 1
    assert [entry.booklet for entry in report.entries] == ["b"] * 3
    same = {name for name in before if before[name] == after[name]}
    assert same == {name for name in before if name.startswith("a/")}


def test_a_writer_that_refuses_blocks_the_booklet_and_its_children(
    stage: Stage, request_: Request
) -> None:
    def refuse(job: Job) -> Made:
        if job.edition.id == "large-a4":
            return Made((finding(file="source/disclaimers/en.md"),))
        return stage.finished(job)

    stage.make = refuse
    report = build.build(request_, silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert "epub" not in {job.edition.id for job in stage.jobs}
    assert len(report.findings) == 1
    assert names(request_.out) == []


def test_a_finding_in_a_parent_that_was_not_asked_for_blocks_too(
    stage: Stage, request_: Request
) -> None:
    def wrong(job: Job) -> Made:
        bad = [finding()] if job.edition.format == "pdf" else []
        return stage.finished(job, *bad)

    stage.make = wrong
    report = build.build(replace(request_, editions=(edition("epub"),)), silence)
    assert statuses(report.booklets) == {"a": "blocked", "b": "blocked"}
    assert names(request_.out) == []


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
def test_warnings_block_only_when_strict(
    strict: bool, code: int, stage: Stage, request_: Request
) -> None:
    stage.found["a"] = (finding(Severity.WARNING),)
    assert build.check(replace(request_, strict=strict)).exit_code == code
    assert build.build(replace(request_, strict=strict), silence).exit_code == code


def test_a_warning_about_a_finished_file_blocks_only_when_strict(
    stage: Stage, request_: Request
) -> None:
    stage.make = lambda job: stage.finished(job, finding(Severity.WARNING))
    loose = build.build(request_, silence)
    assert loose.exit_code == 0
    assert {entry.findings for entry in loose.entries} == {1}
    assert build.build(replace(request_, strict=True), silence).exit_code == 1


def test_an_altered_disclaimer_reaches_no_writer_even_when_no_check_saw_it(
    stage: Stage, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    booklet = samples.booklet()
    altered = replace(booklet, disclaimer=replace(booklet.disclaimer, sha256="f" * 64))
    read = SimpleNamespace(booklet=altered, findings=(), files=())
    monkeypatch.setattr(readers, "read", lambda *args, **names: read, raising=False)
    with pytest.raises(ValueError, match="not the locked one"):
        build.build(request_, silence)
    assert stage.jobs == []
    assert not request_.out.exists()


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


def test_when_the_machine_fails_midway_the_old_files_stay(stage: Stage, request_: Request) -> None:
    build.build(request_, silence)
    before = {name: (request_.out / name).read_bytes() for name in names(request_.out)}

    def fail(job: Job) -> Made:
        if job.edition.id == "epub":
            raise MachineError("a library is missing")
        return stage.finished(job)

    stage.make, stage.text = fail, "second"
    with pytest.raises(MachineError, match="library is missing"):
        build.build(request_, silence)
    assert {name: (request_.out / name).read_bytes() for name in names(request_.out)} == before


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
