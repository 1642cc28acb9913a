"""The tables of the standards are whole, rest on what there is, and are written for people."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from booklet import criteria
from booklet.criteria import Criterion
from booklet.findings import catalogue

KINDS = ("pdf", "epub")
# WCAG 2.2 (W3C Recommendation, 2023): all success criteria of the two levels.
LEVEL_A = """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2
2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2
3.3.7 4.1.2"""
LEVEL_AA = """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6
2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"""


def table(name: str) -> dict[str, Any]:
    path = files("booklet.criteria").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(kind: str) -> list[Criterion]:
    return [row for standard in criteria.standards(kind) for row in standard.criteria]


def standard(kind: str, name: str) -> tuple[Criterion, ...]:
    return next(each.criteria for each in criteria.standards(kind) if each.id == name)


def test_each_format_is_held_to_its_standards() -> None:
    named = {kind: [each.id for each in criteria.standards(kind)] for kind in KINDS}
    assert named == {"pdf": ["matterhorn", "wcag"], "epub": ["wcag", "epub_accessibility"]}


def test_every_checkpoint_of_the_matterhorn_protocol_stands_once() -> None:
    numbers = [row.id for row in standard("pdf", "matterhorn")]
    assert numbers == [f"{number:02}" for number in range(1, 32)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("level", "wanted"), [("A", LEVEL_A), ("AA", LEVEL_AA)])
def test_every_success_criterion_stands_once(kind: str, level: str, wanted: str) -> None:
    found = [row.id for row in standard(kind, "wcag") if row.level == level]
    assert found == wanted.split()
    assert len(standard(kind, "wcag")) == 55


def test_all_that_epub_accessibility_asks_for_is_there() -> None:
    asked = {row.id for row in standard("epub", "epub_accessibility")}
    discovery = {"accessMode", "accessibilityFeature", "accessibilityHazard"}
    discovery |= {"accessModeSufficient", "accessibilitySummary"}
    pages = {"page-source", "page-list", "page-breaks"}
    assert discovery | pages | {"wcag", "conformsTo", "certifiedBy", "distribution"} <= asked


@pytest.mark.parametrize("kind", KINDS)
def test_every_criterion_is_decided_somehow(kind: str) -> None:
    known = {point.id for point in criteria.points(kind)}
    for row in rows(kind):
        assert row.evidence or row.person or row.because, row.id
        assert set(row.person) <= known, row.id
        # What a person must judge cannot be waved through as not applying.
        assert not (row.because and row.person), row.id


@pytest.mark.parametrize("kind", KINDS)
def test_every_point_of_the_checklist_serves_a_criterion(kind: str) -> None:
    used = {point for row in rows(kind) for point in row.person}
    # That the outside checkers were run is asked of every signature, whatever the criterion.
    assert {point.id for point in criteria.points(kind)} - used <= {"outside"}


def test_evidence_names_rules_that_there_are_and_is_used() -> None:
    known = table("evidence")
    for name, row in known.items():
        assert set(row["rules"]) <= set(catalogue()), name
    text = "".join(
        files("booklet.criteria").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        for name in criteria.STANDARDS
    )
    assert [name for name in known if f'"{name}"' not in text] == []


def test_only_outside_programs_count_as_a_whole() -> None:
    whole = {row["tool"] for row in table("evidence").values() if not row["rules"]}
    assert whole == {"veraPDF ua1", "EPUBCheck", "Ace by DAISY"}


def test_nothing_applies_to_no_format_at_all() -> None:
    for name in criteria.STANDARDS:
        found = table(name)
        ids = Counter(row["id"] for row in found["criterion"])
        assert set(ids.values()) == {1}, name
        for row in found["criterion"]:
            answers = [key for key in ("pdf", "epub", "both", "same") if key in row]
            assert answers, row["id"]
            assert answers in (["both"], ["same"]) or set(answers) == set(found["formats"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_plain_and_whole(kind: str) -> None:
    for row in rows(kind):
        assert 10 <= len(row.name) <= 80, row.name
        assert row.name[0].isupper(), row.name
        assert not row.name.endswith("."), row.name
        assert not row.because or row.because.endswith("."), row.because
    for point in criteria.points(kind):
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", point.id)
        assert len(point.name) <= 60, point.name
        assert point.how.endswith((".", "?")), point.id
        assert all(len(words.split()) <= 35 for words in re.split(r"[.?!:;]", point.how)), point.id
