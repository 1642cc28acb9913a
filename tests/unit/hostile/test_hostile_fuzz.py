"""Mutated sources and mutated files to import: findings or a refusal, soon, and no other trace.

A few of each run every time. ``--fuzz 10000`` mutates as many; number N is the same as
long as the files are, and a failure names it.
"""

from __future__ import annotations

import random
import shutil
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from booklet import checks, readers
from booklet.errors import BookletError
from booklet.importers.draft import draft_from
from booklet.source import SourceTree
from tests.processes import BASE, ROOT, files
from tests.unit.hostile.clock import clock
from tests.unit.hostile.mutations import mutated
from tests.unit.importers.import_samples import drawn, pictured, styled

LONGEST = 20
"""Seconds that one mutated source may take; each takes a few hundredths."""
FIRST = "source/tiny/01-first.md"
PICTURED = "# A drawing\n\n:::figure\nimage: images/a.svg\ndescription: A drawing of things.\n:::\n"

Seeds = tuple[tuple[str, bytes], ...]


def _seeds() -> Seeds:
    """Return (its place in the smallest project, bytes) of each file of words and each drawing."""
    found: list[tuple[str, bytes]] = []
    for source in (ROOT / "source", ROOT / "tests" / "torture" / "source"):
        for path in sorted(source.rglob("*")):
            place = path.relative_to(source)
            if path.suffix == ".md" and place.parts[0] != "disclaimers":
                found.append((FIRST, path.read_bytes()))
            elif path.suffix == ".svg":
                found.append(("source/tiny/images/a.svg", path.read_bytes()))
            elif place.name == "booklet.yaml":
                found.append(("source/tiny/booklet.yaml", path.read_bytes()))
            elif place.parts[0] == "clinics" and path.suffix == ".yaml":
                found.append(("source/clinics/example-clinic.yaml", path.read_bytes()))
            elif path.is_file() and place.parts[0] in ("disclaimers", "glossary"):
                found.append((f"source/{place.as_posix()}", path.read_bytes()))
    return tuple(found)


def _try_all(numbers: range, seeds: Seeds, use: Callable[[str, bytes], None]) -> list[str]:
    """Return which mutations raised or took too long, at most ten."""
    failed: list[str] = []
    for number in numbers:
        chance = random.Random(number)
        place, data = chance.choice(seeds)
        try:
            with clock(LONGEST):
                use(place, mutated(data, chance))
        except Exception as error:  # noqa: BLE001 - whatever it is, the number must be told
            last = traceback.extract_tb(error.__traceback__)[-1]
            failed.append(
                f"mutation {number} of {place}: {error!r} at {last.filename}:{last.lineno}"
            )
        if len(failed) == 10:
            break
    return failed


@pytest.mark.slow
def test_a_mutated_source_gives_findings(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    (project / "source" / "tiny" / "images").mkdir()
    (project / "source" / "clinics").mkdir()
    whole = files(project)
    seeds = _seeds()
    told: set[str] = set()

    def use(place: str, data: bytes) -> None:
        file = project / place
        file.write_bytes(data)
        if place.endswith(".svg"):
            (project / FIRST).write_text(PICTURED, encoding="utf-8")
        clinic = file.stem if "clinics" in place else None
        read = readers.read(SourceTree.open(project / "source"), "tiny", clinic=clinic)
        told.update(finding.rule for finding in read.findings)
        if read.booklet:
            checks.run(read.booklet, checks.Policy(), date(2027, 1, 1))
        assert set(files(project)) <= {*whole, place}
        for name in {place, FIRST}:
            if name in whole:
                (project / name).write_bytes(whole[name])
            else:
                (project / name).unlink()

    assert _try_all(range(request.config.getoption("--fuzz")), seeds, use) == []
    assert files(project) == whole
    assert {path.name for path in tmp_path.iterdir()} == {"project"}
    assert len(told) > 20


@pytest.mark.slow
def test_a_mutated_file_to_import_gives_a_draft_or_a_refusal(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "made").mkdir()
    seeds = tuple(
        (f"{make.__name__}.docx", make(tmp_path / "made" / "a.docx").read_bytes())
        for make in (styled, drawn, pictured)
    )
    words = (ROOT / "docs" / "source-format.md").read_bytes()
    page = b"<html><body><h1>A</h1><ul><li>b<li>c</ul><table><tr><td>d</table><p>e <b>f</b>"
    seeds += (("a.md", words[:4000]), ("a.txt", words[:4000]), ("a.html", page * 5))
    refused = drafts = 0
    lines: list[str] = []

    def use(place: str, data: bytes) -> None:
        nonlocal refused, drafts
        try:
            draft_from(data, Path("nowhere") / place)
            drafts += 1
        except BookletError as fault:
            refused += 1
            lines.append(fault.line())

    assert _try_all(range(request.config.getoption("--fuzz")), seeds, use) == []
    assert refused
    assert drafts
    assert [line for line in lines if "\n" in line] == []
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
