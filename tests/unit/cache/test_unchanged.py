"""A build takes a booklet as it stands only while nothing that it depends on has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from booklet import build, checks, kept, readers
from booklet.build import Request
from booklet.cache import Setting
from booklet.editions import CALIPER, Artifact, Job, Made, ToolResult, Verdict, edition
from booklet.errors import UsageError
from booklet.findings import Finding, Severity
from booklet.model import Booklet, Span
from booklet.report import Report
from booklet.source import SourceTree
from tests import samples

TODAY = date(2026, 11, 22)
ERROR = Finding("FAKE-1", Severity.ERROR, Span("source/a/01.md"), "Wrong.", "Put it right.")
WARNING = replace(ERROR, severity=Severity.WARNING)


@dataclass
class Stage:
    """Readers, checks and writers played by fakes that count their calls."""

    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    read_: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def read(self, tree: SourceTree, name: str, *, clinic: str | None) -> SimpleNamespace:
        self.read_.append(name)
        booklet = samples.booklet()
        text = (tree.root / name / "01.md").read_text("utf-8")
        profile = replace(samples.clinic(), id=clinic) if clinic else None
        language = self.languages.get(name, "en-US")
        meta = replace(booklet.meta, id=name, summary=text, language=language)
        whole = replace(booklet, meta=meta, clinic=profile)
        return SimpleNamespace(booklet=whole, findings=(), files=())

    def check(self, booklet: Booklet, policy: object, today: date) -> tuple[Finding, ...]:
        return self.found.get(booklet.meta.id, ())

    def work(self, job: Job) -> Made:
        meta = job.cleared.booklet.meta
        self.made.append(f"{meta.id} {job.edition.id}")
        data = f"{job.name} {meta.summary}".encode()
        row, digest = job.edition, hashlib.sha256(data).hexdigest()
        artifact = Artifact(row, job.name, row.media_type, data, digest, row.made_from, 20)
        tools = (ToolResult("vera", "not checked", "no java"),)
        return Made((), Verdict(artifact, (), tools), (("engine", "1"),), "Heading\n")

    def build(self, request: Request) -> Report:
        for calls in (self.read_, self.made, self.told):
            calls.clear()
        return build.build(request, self.told.append)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    fake = Stage()
    monkeypatch.setattr(readers, "read", fake.read)
    monkeypatch.setattr(checks, "run", fake.check)
    monkeypatch.setattr(build, "make", fake.work)
    monkeypatch.setattr(kept.Shelf, "made_with", lambda self, row: (("engine", "1"),))
    monkeypatch.setattr(Setting, "here", lambda folders, search: Setting("1", (), "linux"))
    return fake


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    source = tmp_path / "source"
    for name in ("a/01.md", "b/01.md", "disclaimers/en.md", "glossary/en.yaml"):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_text(f"{name}\n")
    (source / "clinics").mkdir()
    (source / "clinics" / "riverside.yaml").write_text("name: Riverside\n")
    rows = (edition("large-a4"), edition("epub"))
    out = tmp_path / "output"
    return Request(source, out, TODAY, editions=rows, jobs=1, cache=tmp_path / ".cache")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_with_nothing_changed_nothing_is_read_made_or_written(stage: Stage, asked: Request) -> None:
    stage.found["a"] = (WARNING,)
    first = stage.build(asked)
    assert stage.read_ == ["a", "b"]
    before = times(asked.out)
    second = stage.build(asked)
    assert (stage.read_, stage.made) == ([], [])
    assert second == first
    assert second.findings == (WARNING,)
    assert times(asked.out) == before
    assert stage.told == ["2 booklets: nothing has changed."]


def test_one_changed_chapter_makes_that_booklet_alone(stage: Stage, asked: Request) -> None:
    first = stage.build(asked)
    (asked.source / "b" / "01.md").write_text("other words\n")
    second = stage.build(asked)
    assert stage.read_ == ["b"]
    assert stage.made == ["b large-a4", "b epub"]
    assert [result.id for result in second.booklets] == ["a", "b"]
    assert [entry.file for entry in second.entries] == [entry.file for entry in first.entries]
    assert second.not_checked == first.not_checked
    fresh = replace(asked, out=asked.out.parent / "fresh", cache=None)
    stage.build(fresh)
    assert [data for _, data in sorted(contents(asked.out).items())] == [
        data for _, data in sorted(contents(fresh.out).items())
    ]


SOURCES: dict[str, Callable[[Path], object]] = {
    "a chapter": lambda source: (source / "a" / "01.md").write_text("other words\n"),
    "a new file": lambda source: (source / "a" / "02.md").write_text(""),
    "the disclaimer": lambda source: (source / "disclaimers" / "en.md").write_text("x"),
    "the glossary": lambda source: (source / "glossary" / "en.yaml").write_text("x"),
    "a clinic": lambda source: (source / "clinics" / "riverside.yaml").write_text("x"),
    "a link": lambda source: (source / "a" / "03.md").symlink_to("01.md"),
}


@pytest.mark.parametrize("change", SOURCES.values(), ids=SOURCES)
def test_every_change_of_the_source_is_looked_at(
    stage: Stage, asked: Request, change: Callable[[Path], object]
) -> None:
    stage.build(asked)
    change(asked.source)
    stage.build(asked)
    assert "a" in stage.read_


def test_a_change_that_keeps_size_and_time_is_seen(stage: Stage, asked: Request) -> None:
    """The source is known by its bytes: a tool that puts dates back hides nothing."""
    stage.build(asked)
    chapter = asked.source / "a" / "01.md"
    state = chapter.stat()
    chapter.write_text(chapter.read_text()[::-1])
    os.utime(chapter, ns=(state.st_atime_ns, state.st_mtime_ns))
    stage.build(asked)
    assert stage.read_ == ["a"]


REQUESTS: dict[str, Callable[[Request], Request]] = {
    "the day": lambda old: replace(old, today=date(2026, 11, 23)),
    "strict": lambda old: replace(old, strict=True),
    "an edition more": lambda old: replace(old, editions=(*old.editions, edition("giant-a4"))),
    "an edition less": lambda old: replace(old, editions=old.editions[:1]),
    "thicker paper": lambda old: replace(old, caliper=CALIPER * 2),
    "a clinic": lambda old: replace(old, clinics=("riverside",)),
    "another folder": lambda old: replace(old, out=old.out.parent / "other"),
    "no cache": lambda old: replace(old, cache=None),
    "a baseline": lambda old: replace(old, baseline=()),
}


@pytest.mark.parametrize("change", REQUESTS.values(), ids=REQUESTS)
def test_every_other_wish_is_looked_at(
    stage: Stage, asked: Request, change: Callable[[Request], Request]
) -> None:
    stage.build(asked)
    stage.build(change(asked))
    assert stage.read_ == ["a", "b"]


def test_a_language_is_chosen_among_what_stands(stage: Stage, asked: Request) -> None:
    stage.languages["b"] = "es-MX"
    first = stage.build(asked)
    for language, booklet in (("en", "a"), ("es", "b")):
        second = stage.build(replace(asked, languages=(language,)))
        assert stage.read_ == []
        assert [result.id for result in second.booklets] == [booklet]
        assert second.entries == tuple(e for e in first.entries if e.booklet == booklet)
    with pytest.raises(UsageError, match="language 'fr'"):
        stage.build(replace(asked, languages=("fr",)))
    (asked.source / "b" / "01.md").write_text("other words\n")
    third = stage.build(replace(asked, languages=("en",)))
    assert stage.read_ == ["b"]
    assert [result.id for result in third.booklets] == ["a"]


def test_a_list_that_another_build_wrote_is_read(stage: Stage, asked: Request) -> None:
    """Each edition was put out by a build that asked for it alone; then each stands."""
    rows = asked.editions
    alone = [replace(asked, editions=(row,)) for row in rows]
    for request in alone:
        stage.build(request)
    for request in alone:
        stage.build(request)
        assert stage.read_ == []
    listing = asked.out / "manifest.json"
    listing.write_text(listing.read_text().replace(rows[0].id, "another"))
    stage.build(alone[0])
    assert stage.read_ == ["a", "b"]


def test_another_program_looks_at_all_and_makes_all(
    stage: Stage, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.build(asked)
    monkeypatch.setattr(Setting, "here", lambda folders, search: Setting("2", (), "linux"))
    stage.build(asked)
    assert (stage.read_, len(stage.made)) == (["a", "b"], 4)


def test_another_library_looks_at_all_and_makes_all(
    stage: Stage, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.build(asked)
    monkeypatch.setattr(kept.Shelf, "made_with", lambda self, row: (("engine", "2"),))
    stage.build(asked)
    assert (stage.read_, len(stage.made)) == (["a", "b"], 4)


def test_what_may_no_longer_be_built_is_stopped_the_next_day(stage: Stage, asked: Request) -> None:
    """No file outlives its review date because it was made before."""
    stage.build(asked)
    stage.found["a"] = (ERROR,)
    report = stage.build(replace(asked, today=date(2026, 11, 23)))
    assert [result.status for result in report.booklets] == ["blocked", "built"]
    assert stage.made == []


def test_what_is_blocked_is_looked_at_each_time(stage: Stage, asked: Request) -> None:
    stage.found["a"] = (ERROR,)
    for _ in range(2):
        report = stage.build(asked)
        assert "a" in stage.read_
        assert [result.status for result in report.booklets] == ["blocked", "built"]
        assert report.exit_code == 1


def files(out: Path) -> Iterable[Path]:
    return sorted(path for path in out.rglob("*") if path.is_file())


HARMS: tuple[Callable[[Path], object], ...] = (
    Path.unlink,
    lambda path: path.write_bytes(path.read_bytes()[::-1]),
    lambda path: os.truncate(path, path.stat().st_size // 2),
)


def test_each_file_that_was_touched_is_put_right(stage: Stage, asked: Request) -> None:
    asked = replace(asked, booklets=("a",))
    stage.build(asked)
    before = contents(asked.out)
    assert len(before) == 9
    for number, path in enumerate(files(asked.out)):
        HARMS[number % len(HARMS)](path)
        stage.build(asked)
        assert contents(asked.out) == before
        assert (stage.read_, stage.made) == (["a"], [])


def test_a_damaged_memory_is_as_none(stage: Stage, asked: Request) -> None:
    first = stage.build(asked)
    assert asked.cache
    for path in files(asked.cache):
        path.write_bytes(path.read_bytes()[:-1])
    second = stage.build(asked)
    assert (stage.read_, len(stage.made)) == (["a", "b"], 4)
    assert second == first


def test_source_that_moves_during_the_build_is_not_remembered(
    stage: Stage, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = asked.source / "a" / "01.md"
    old = chapter.read_text()

    def moving(tree: SourceTree, name: str, *, clinic: str | None) -> SimpleNamespace:
        chapter.write_text("written while the build was reading\n")
        return stage.read(tree, name, clinic=clinic)

    with monkeypatch.context() as patch:
        patch.setattr(readers, "read", moving)
        stage.build(asked)
    chapter.write_text(old)
    stage.build(asked)
    assert stage.read_ == ["a"]
