"""What a profile may say, what is refused and where, and what it does to a booklet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from booklet import readers
from booklet.errors import UsageError
from booklet.findings import Finding
from booklet.model import Booklet
from booklet.source import SourceTree
from booklet.writers.pdf import glyphs
from tests.needs import PROJECT

HEAD = 'name: Riverside Clinic\nphone: "555 0100"\naddress: [1 River Street]\n'


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    base = PROJECT / "tests" / "cases" / "_base" / "source"
    shutil.copytree(base, tmp_path / "source")
    (tmp_path / "source" / "clinics").mkdir()
    return SourceTree.open(tmp_path / "source")


def profile(tree: SourceTree, text: str, name: str = "riverside") -> None:
    (tree.root / "clinics" / f"{name}.yaml").write_text(text, encoding="utf-8")


def findings(tree: SourceTree, text: str) -> tuple[Finding, ...]:
    profile(tree, text)
    return readers.read(tree, "tiny", clinic="riverside").findings


def booklet(tree: SourceTree, text: str) -> Booklet:
    profile(tree, text)
    read = readers.read(tree, "tiny", clinic="riverside")
    assert read.findings == ()
    assert read.booklet is not None
    return read.booklet


# ------------------------------------------------------------------------ what it may say


def test_everything_a_profile_may_hold(tree: SourceTree) -> None:
    whole = booklet(
        tree,
        HEAD + 'emergency_number: "112 or  999"\naccent: "#051"\n'
        'hours: ["Monday:  9 am to 5 pm"]\nappointment: ["Day  and time", Entrance]\n',
    )
    clinic = whole.clinic
    assert clinic is not None
    assert clinic.accent == "#005511"
    assert clinic.appointment == ("Day and time", "Entrance")
    assert clinic.hours == ("Monday: 9 am to 5 pm",)
    assert whole.emergency.number == "112 or 999"
    assert clinic.span.file == "source/clinics/riverside.yaml"


GOOD_PHONES = ("911", "+1 (555) 555-0100", "555 0100 ext. 12", "0800.555.010", "020/555 0100")
BAD_PHONES = ("12", "call 555 0100", "(555 555-0100", "1-800-flowers", "+", "1234567890123456")


@pytest.mark.parametrize("number", GOOD_PHONES)
def test_phone_numbers_as_people_write_them(tree: SourceTree, number: str) -> None:
    clinic = booklet(tree, HEAD.replace("555 0100", number)).clinic
    assert clinic is not None
    assert clinic.phone == number


@pytest.mark.parametrize("number", BAD_PHONES)
def test_a_phone_number_that_nobody_can_call(tree: SourceTree, number: str) -> None:
    told = findings(tree, HEAD.replace("555 0100", number))
    assert {finding.rule for finding in told} <= {"CLIN-002", "YAML-006"}
    assert [finding.span.line for finding in told] == [2]


GOOD_HOURS = (
    "Monday to Friday: 8:30 to 17:00",
    "Mo-Fr 8.30-12.00",
    "Saturday: 9 am to noon, room 30",
    "Monday: 12 a.m. to 12:59 p.m.",
    "Every day, until 24:00",
)
BAD_HOURS = ("Monday: 24:30", "Monday: 8:60", "Monday: 0 am", "Monday: 13:00 pm", "8:00 - 9:00")


@pytest.mark.parametrize("line", GOOD_HOURS)
def test_opening_hours_in_many_forms(tree: SourceTree, line: str) -> None:
    assert findings(tree, f'{HEAD}hours: ["{line}"]\n') == ()


@pytest.mark.parametrize("line", BAD_HOURS)
def test_opening_hours_that_no_clock_shows(tree: SourceTree, line: str) -> None:
    told = findings(tree, f'{HEAD}hours: ["{line}"]\n')
    assert {finding.rule for finding in told} == {"CLIN-003"}


# -------------------------------------------------------------------------- what is refused


def test_a_light_accent_is_refused_with_the_nearest_that_passes(tree: SourceTree) -> None:
    (told,) = findings(tree, f'{HEAD}accent: "#ff8800"\n')
    assert str(told.span) == "source/clinics/riverside.yaml:4:10"
    assert told.rule == "CLIN-001"
    assert "2.39 to 1 with white" in told.message
    assert told.hint == 'The nearest darker colour that passes is "#8a4700".'
    assert findings(tree, f'{HEAD}accent: "#8a4700"\n') == ()


def test_a_colour_without_quotes_is_a_remark_and_is_explained(tree: SourceTree) -> None:
    (told,) = findings(tree, f"{HEAD}accent: #0b4f5e\n")
    assert told.rule == "YAML-013"
    assert told.hint == 'Write a colour in quotes, such as "#0b4f5e".'


def test_all_mistakes_of_a_profile_are_told_at_once(tree: SourceTree) -> None:
    text = (
        'name: R\nphone: "5"\nhours: ["Monday: 25:00"]\naccent: "#eeeeee"\n'
        "logo: images/gone.svg\ncolour: red\n"
    )
    told = findings(tree, text)
    rules = [finding.rule for finding in told]
    assert sorted(rules) == sorted(
        ["YAML-003", "CLIN-002", "CLIN-003", "CLIN-001", "YAML-003", "SRC-001", "YAML-002"]
    )


def test_a_profile_holds_nothing_clinical(tree: SourceTree) -> None:
    for setting in ("disclaimer: no", "key_messages: [Buy.]", "title: Mine", "emergency: fast"):
        (told,) = findings(tree, f"{HEAD}{setting}\n")
        assert told.rule == "YAML-002"


def test_names_that_are_drafts_or_cannot_be_used(tree: SourceTree) -> None:
    for name in ("_later", "riverside", "My Clinic"):
        profile(tree, HEAD, name)
    assert readers.clinics(tree) == ("My Clinic", "riverside")
    with pytest.raises(UsageError, match="no clinic"):
        readers.read(tree, "tiny", clinic="_later")
    (told,) = readers.read(tree, "tiny", clinic="My Clinic").findings
    assert told.rule == "CLIN-006"
    assert readers.read_profile(tree, "My Clinic") is None
    by_itself = readers.read_profile(tree, "riverside")
    assert by_itself is not None
    assert by_itself.name == "Riverside Clinic"


def test_the_text_and_the_profile_name_one_number(tree: SourceTree) -> None:
    chapter = tree.root / "tiny" / "01-first.md"
    chapter.write_text("# First\n\nCall **911** now.\n\nPage 911.5 of 1911.\n", encoding="utf-8")
    (told,) = findings(tree, f'{HEAD}emergency_number: "112"\n')
    assert (told.rule, str(told.span)) == ("CLIN-007", "source/tiny/01-first.md:3:1")
    assert findings(tree, f'{HEAD}emergency_number: "911 or 112"\n') == ()
    assert findings(tree, HEAD) == ()


def test_a_letter_that_print_lacks_is_told_where_the_profile_has_it(tree: SourceTree) -> None:
    whole = booklet(tree, f"# 诊所\n{HEAD}")
    assert glyphs.missing(whole) == ()
    told = glyphs.missing(booklet(tree, HEAD.replace("Riverside", "诊所")))
    assert [(finding.rule, finding.span.file) for finding in told] == [
        ("GLYPH-001", "source/clinics/riverside.yaml")
    ]
