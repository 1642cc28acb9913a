"""One folder a rule: a source without any finding, and one with exactly the expected findings.

``<RULE-ID>/pass`` and ``<RULE-ID>/fail`` hold only the files that differ from ``_base``. Beside
them may stand ``case.toml``: ``today``, ``clinic``, ``booklet`` (the folder to read), ``delete``
(paths), ``links`` (path = target), ``pad`` (path = size in bytes, filled up with spaces),
``stretch`` (path = size in bytes, filled up with lines of spaces), ``encode``
(path = encoding), ``crlf`` (paths) and
``lock`` (true: the disclaimers are locked, as the command does, and the findings are of that).
``fail/expected.txt`` names the place and the rule of each finding, one a line, sorted by place.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from booklet import checks, readers
from booklet.findings import FINISHED, NETWORK, Severity, catalogue
from booklet.locking import lock_disclaimers
from booklet.source import SourceTree
from booklet.switches import switch_off

CASES = Path(__file__).parent
BASE = CASES / "_base"
# What is wrong with a finished file cannot be shown by a source: tests/unit/verify_* and
# tests/unit/writers_* hold the samples for these. Every language that the product speaks
# has a formula too, so PLAIN-003 is shown in tests/unit/plain.
# tests/unit/content asks a network of its own. SRC-010 comes with a thousand findings before it:
# tests/unit/hostile shows it.
ELSEWHERE = (*FINISHED, *NETWORK, "PLAIN-003", "SRC-010")
OUR_FILES = ("case.toml", "expected.txt")


@dataclass(frozen=True)
class Case:
    """What a case asks for beside its files."""

    today: date = date(2027, 1, 1)
    clinic: str | None = None
    booklet: str = "tiny"
    delete: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    pad: tuple[tuple[str, int], ...] = ()
    stretch: tuple[tuple[str, int], ...] = ()
    encode: tuple[tuple[str, str], ...] = ()
    crlf: tuple[str, ...] = ()
    lock: bool = False


def _case(folder: Path) -> Case:
    file = folder / "case.toml"
    table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return Case(
        today=date.fromisoformat(table.pop("today", "2027-01-01")),
        clinic=table.pop("clinic", None),
        booklet=table.pop("booklet", "tiny"),
        delete=tuple(table.pop("delete", ())),
        links=tuple(table.pop("links", {}).items()),
        pad=tuple(table.pop("pad", {}).items()),
        stretch=tuple(table.pop("stretch", {}).items()),
        encode=tuple(table.pop("encode", {}).items()),
        crlf=tuple(table.pop("crlf", ())),
        **table,
    )


def _lay_out(folder: Path, case: Case, project: Path) -> SourceTree:
    """Copy the base, then what differs, then do what files in a repository cannot."""
    shutil.copytree(BASE, project)
    for path in case.delete:
        target = project / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()
    shutil.copytree(folder, project, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OUR_FILES))
    for path, size in case.pad:
        with (project / path).open("ab") as stream:
            stream.write(b" " * (size - stream.tell()))
    for path, size in case.stretch:
        with (project / path).open("ab") as stream:
            stream.write(b"".join((b"\n" + b" " * 999,) * ((size - stream.tell()) // 1000)))
    for path in case.crlf:
        file = project / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    for path, encoding in case.encode:
        file = project / path
        file.write_bytes(file.read_bytes().decode("utf-8").encode(encoding))
    for path, target_name in case.links:
        (project / path).symlink_to(target_name)
    return SourceTree.open(project / "source")


def _findings(folder: Path, tmp_path: Path) -> list[str]:
    case = _case(folder)
    tree = _lay_out(folder, case, tmp_path / "project")
    if case.lock:
        findings = list(lock_disclaimers(tree).findings)
    else:
        read = readers.read(tree, case.booklet, clinic=case.clinic)
        findings = list(read.findings)
        if read.booklet:
            findings += checks.run(read.booklet, checks.Policy(), case.today)
            findings = list(switch_off(findings, read.booklet.switches).findings)
    assert all(finding.message and finding.hint for finding in findings)
    return sorted(f"{finding.span} {finding.rule}" for finding in findings)


def _rule_folders() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir() and path.name[0] != "_")


@pytest.mark.parametrize("rule", _rule_folders())
def test_the_right_source_has_no_finding(rule: str, tmp_path: Path) -> None:
    assert _findings(CASES / rule / "pass", tmp_path) == []


@pytest.mark.parametrize("rule", _rule_folders())
def test_the_wrong_source_has_exactly_the_expected_findings(rule: str, tmp_path: Path) -> None:
    folder = CASES / rule / "fail"
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert any(line.endswith(f" {rule}") for line in expected)
    assert _findings(folder, tmp_path) == sorted(expected)


def test_every_rule_about_the_source_has_a_case() -> None:
    rules = {rule for rule in catalogue() if not rule.startswith(ELSEWHERE)}
    assert set(_rule_folders()) == rules


def test_the_base_is_whole_and_without_a_finding(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    read = readers.read(SourceTree.open(tmp_path / "project" / "source"), "tiny")
    assert read.findings == ()
    assert read.booklet is not None
    assert read.booklet.disclaimer.is_locked


def test_every_rule_explains_itself() -> None:
    for rule in catalogue().values():
        assert rule.severity in Severity
        assert rule.title
        assert rule.why.endswith((".", ")", "?"))
        assert rule.hint.endswith((".", ")", "disclaimer"))
