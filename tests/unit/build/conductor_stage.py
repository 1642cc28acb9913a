"""A conductor's stages played by fakes, for the tests of the conductor."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from booklet.editions import Artifact, Job, Made, ToolResult, Verdict
from booklet.findings import Finding, Severity
from booklet.model import Booklet, Span
from booklet.report import BookletResult
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
