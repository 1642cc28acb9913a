from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from booklet import checks, readers
from booklet.errors import UsageError
from booklet.findings import blocks_build
from booklet.model import BackPart, Booklet, plain_text
from booklet.source import SourceTree

PROJECT = Path(__file__).parents[3]
BASE = PROJECT / "tests" / "cases" / "_base" / "source"


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    shutil.copytree(BASE, tmp_path / "source")
    return SourceTree.open(tmp_path / "source")


def _edit(tree: SourceTree, path: str, *changes: tuple[str, str]) -> None:
    file = tree.root / path
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def _booklet(tree: SourceTree, clinic: str | None = None) -> Booklet:
    read = readers.read(tree, "tiny", clinic=clinic)
    assert read.findings == ()
    assert read.booklet is not None
    return read.booklet


def _clinic(tree: SourceTree, extra: str = "") -> None:
    (tree.root / "clinics").mkdir()
    text = 'name: A clinic\nphone: "555 0100"\naddress: [1 Street, Town]\n' + extra
    (tree.root / "clinics" / "near.yaml").write_text(text, encoding="utf-8")


def test_the_settings_reach_the_model(tree: SourceTree) -> None:
    meta = _booklet(tree).meta
    assert (meta.id, meta.title, meta.version) == ("tiny", "A tiny booklet", "1.0")
    assert (meta.issued, meta.review_by) == ("2026-11-22", "2028-11-22")
    assert (meta.language, meta.direction) == ("en-US", "ltr")
    assert meta.authors == ("The booklet project",)
    assert [(r.role, r.name, r.date) for r in meta.reviewers] == [("Nurse", None, "2026-11-01")]
    assert plain_text(meta.key_messages[0]) == "Small is good."
    assert len(meta.key_messages) == 4
    assert meta.back_matter == (
        BackPart.QUESTIONS,
        BackPart.NOTES,
        BackPart.CONTACT,
        BackPart.APPOINTMENT,
        BackPart.ABOUT,
    )
    assert str(meta.place("review_by")) == "source/tiny/booklet.yaml:8:1"
    assert str(meta.place("reviewers.0")) == "source/tiny/booklet.yaml:11:5"
    assert meta.place("nothing") == meta.span


def test_all_files_that_were_read_are_named(tree: SourceTree) -> None:
    assert readers.read(tree, "tiny").files == (
        "source/disclaimers/en.md",
        "source/disclaimers/lock.yaml",
        "source/glossary/en.yaml",
        "source/tiny/01-first.md",
        "source/tiny/booklet.yaml",
    )


def test_white_space_in_plain_settings_is_one_space(tree: SourceTree) -> None:
    changes = ("title: A tiny booklet", "title: >-\n  A  tiny\n  booklet")
    _edit(tree, "tiny/booklet.yaml", changes)
    assert _booklet(tree).meta.title == "A tiny booklet"


def test_the_ready_made_emergency_box_takes_the_number_of_the_country(tree: SourceTree) -> None:
    emergency = _booklet(tree).emergency
    assert emergency.number == "911"
    assert "{number}" in emergency.call
    assert [sign.name for sign in emergency.signs] == ["Face", "Arms", "Speech", "Time"]


def test_the_booklet_s_number_goes_before_the_country_s_and_the_clinic_s_before_both(
    tree: SourceTree,
) -> None:
    _clinic(tree, 'emergency_number: "112"\n')
    assert _booklet(tree).emergency.number == "911"
    _edit(
        tree, "tiny/booklet.yaml", ("emergency: fast", 'emergency: fast\nemergency_number: "999"')
    )
    assert _booklet(tree).emergency.number == "999"
    assert _booklet(tree, "near").emergency.number == "112"


def test_an_emergency_box_of_one_s_own(tree: SourceTree) -> None:
    own = (
        "emergency:\n  title: Signs\n  introduction: Look.\n  call: Ring {number}\n"
        "  note: The time.\n  signs: [{name: Skin, check: Is it blue?}]"
    )
    _edit(tree, "tiny/booklet.yaml", ("emergency: fast", own))
    emergency = _booklet(tree).emergency
    assert (emergency.title, emergency.call) == ("Signs", "Ring {number}")
    assert [(sign.name, sign.check) for sign in emergency.signs] == [("Skin", "Is it blue?")]


@pytest.mark.parametrize(
    ("own", "rules"),
    [
        ("emergency: fats", ["YAML-005"]),
        ("emergency: [fast]", ["YAML-004"]),
        ("emergency: {title: Signs}", ["YAML-003"] * 4),
    ],
)
def test_a_wrong_emergency_box_is_told_once_a_mistake(
    tree: SourceTree, own: str, rules: list[str]
) -> None:
    _edit(tree, "tiny/booklet.yaml", ("emergency: fast", own))
    assert [finding.rule for finding in readers.read(tree, "tiny").findings] == rules


def test_a_clinic_changes_no_word_but_its_own(tree: SourceTree) -> None:
    plain = _booklet(tree)
    _clinic(tree, "web: https://example.org\nhours: [Mornings]\n")
    overlaid = _booklet(tree, "near")
    assert overlaid.clinic is not None
    assert (overlaid.clinic.id, overlaid.clinic.phone) == ("near", "555 0100")
    assert overlaid.clinic.address == ("1 Street", "Town")
    assert overlaid.clinic.hours == ("Mornings",)
    assert (plain.meta, plain.chapters, plain.disclaimer, plain.glossary) == (
        overlaid.meta,
        overlaid.chapters,
        overlaid.disclaimer,
        overlaid.glossary,
    )


def test_a_clinic_s_logo_is_a_picture_of_the_booklet(tree: SourceTree) -> None:
    _clinic(tree, "logo: logo.svg\nlogo_description: A wave.\n")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    (tree.root / "clinics" / "logo.svg").write_text(svg, encoding="utf-8")
    booklet = _booklet(tree, "near")
    assert booklet.clinic is not None
    assert booklet.clinic.logo is not None
    assert booklet.clinic.logo in booklet.assets


@pytest.mark.parametrize(
    ("extra", "rules"),
    [
        ("logo: logo.svg\n", "YAML-003 SRC-001"),
        ("logo: logo.svg\nlogo_description: A wave.\n", "SRC-001"),
        ("disclaimer: none\n", "YAML-002"),
        ("web: example.org\n", "YAML-006"),
    ],
)
def test_a_wrong_profile_stops_the_booklet(tree: SourceTree, extra: str, rules: str) -> None:
    _clinic(tree, extra)
    read = readers.read(tree, "tiny", clinic="near")
    assert [finding.rule for finding in read.findings] == rules.split()
    assert read.booklet is None


@pytest.mark.parametrize("name", ["far", "../tiny/booklet", "", "Near", "."])
def test_a_clinic_that_is_not_there_is_a_fault_of_the_command(tree: SourceTree, name: str) -> None:
    _clinic(tree)
    with pytest.raises(UsageError) as fault:
        readers.read(tree, "tiny", clinic=name)
    assert "near" in fault.value.hint


def test_mistakes_in_every_file_are_told_together(tree: SourceTree) -> None:
    _edit(tree, "tiny/booklet.yaml", ("\ntitle:", "\ntitel:"), ("review_by: 2028", "review_by: 28"))
    _edit(tree, "tiny/01-first.md", ("One sentence", "One <b>sentence"))
    _edit(tree, "disclaimers/en.md", ("not medical", "medical"))
    _edit(tree, "glossary/en.yaml", ("term:", "word:"))
    read = readers.read(tree, "tiny")
    assert read.booklet is None
    assert [f"{finding.span.file} {finding.rule}" for finding in read.findings] == [
        "source/disclaimers/en.md DISC-003",
        "source/glossary/en.yaml YAML-003",
        "source/glossary/en.yaml YAML-002",
        "source/tiny/01-first.md MD-020",
        "source/tiny/booklet.yaml YAML-002",
        "source/tiny/booklet.yaml YAML-006",
    ]


def test_the_folder_of_a_booklet_must_hold_its_settings(tree: SourceTree) -> None:
    (tree.root / "empty").mkdir()
    read = readers.read(tree, "empty")
    assert read.booklet is None
    assert [finding.rule for finding in read.findings] == ["SRC-001"]


def test_empty_settings_tell_all_that_is_missing(tree: SourceTree) -> None:
    (tree.root / "tiny" / "booklet.yaml").write_text("", encoding="utf-8")
    findings = readers.read(tree, "tiny").findings
    assert {finding.rule for finding in findings} == {"YAML-003"}
    assert len(findings) == 20


def test_a_booklet_s_own_words_go_before_the_shared_ones(tree: SourceTree) -> None:
    own = "glossary:\n  terms: [{key: stroke, term: stroke, definition: My own.}]\n"
    _edit(tree, "tiny/booklet.yaml", ("appointment, about]\n", "glossary, about]\n" + own))
    _edit(tree, "tiny/01-first.md", ("One", "A [stroke](term:stroke). One"))
    (entry,) = _booklet(tree).glossary
    assert plain_text(entry.definition) == "My own."
    assert entry.span.file == "source/tiny/booklet.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("tiny/booklet.yaml", "A tiny", "A small"),
        ("tiny/01-first.md", "One", "Each"),
        ("glossary/en.yaml", "sudden", "fast"),
        ("disclaimers/en.md", "This is an", "This  is an"),
        ("disclaimers/lock.yaml", "# Written", "#  Written"),
    ],
)
def test_every_file_counts_for_the_digest(tree: SourceTree, path: str, old: str, new: str) -> None:
    before = _booklet(tree).digest
    _edit(tree, path, (old, new))
    assert _booklet(tree).digest != before


def test_the_digest_does_not_depend_on_the_place_of_the_source(
    tree: SourceTree, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "texts"
    shutil.copytree(tree.root, other)
    moved = readers.read(SourceTree.open(other), "tiny")
    assert moved.booklet is not None
    assert moved.booklet.digest == _booklet(tree).digest
    assert moved.files[0] == "texts/disclaimers/en.md"


def test_no_finding_shows_where_the_source_lies(tree: SourceTree, tmp_path: Path) -> None:
    _edit(tree, "tiny/booklet.yaml", ("01-first", "02-none"), ("title", "tilte"))
    for finding in readers.read(tree, "tiny").findings:
        assert str(tmp_path) not in finding.line()
        assert finding.span.file.startswith("source/")


def test_the_project_s_own_booklets_have_no_error() -> None:
    tree = SourceTree.open(PROJECT / "source")
    assert tree.booklets()
    for clinic in (None, "example-clinic"):
        for name in tree.booklets():
            read = readers.read(tree, name, clinic=clinic)
            assert read.booklet is not None
            today = date.fromisoformat(read.booklet.meta.issued)
            findings = (*read.findings, *checks.run(read.booklet, checks.Policy(), today))
            assert not blocks_build(findings), [finding.line() for finding in findings]
            # The only thing still to do is what a person with clinical training must do.
            assert {finding.rule for finding in findings} <= {"REV-005"}
