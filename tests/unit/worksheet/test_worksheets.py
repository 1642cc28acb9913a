"""Worksheets hold every official item, fill in what was counted, and make up no score."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from booklet.findings import Finding, found
from booklet.model import Booklet, Paragraph, Section, Span, Text
from booklet.worksheet import KINDS, to_html
from booklet.worksheet.facts import Facts
from booklet.worksheet.items import sheet
from booklet.worksheet.measures import Answer, measured
from tests import samples
from tests.processes import environment, project

HERE = Span("source/sample/01-first.md")
OFFICIAL = {
    "pemat": [*range(1, 13), *range(15, 27)],
    "cci": list(range(1, 21)),
}


def page(kind: str, booklet: Booklet, findings: tuple[Finding, ...] = ()) -> html.HtmlElement:
    return html.document_fromstring(to_html(kind, booklet, findings))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def answers(page_: html.HtmlElement) -> dict[int, str]:
    checked = page_.xpath("//input[@type='radio'][@checked]")
    return {int(box.get("name").removeprefix("item-")): box.get("value") for box in checked}


def plain_booklet(text: str = "You can rest.") -> Booklet:
    chapter = Section("s", 1, (Text("Title"),), (Paragraph((Text(text),), HERE),), HERE)
    return replace(samples.booklet(), chapters=(chapter,))


@pytest.mark.parametrize("kind", KINDS)
def test_every_official_item_stands_there_once_by_its_number(kind: str) -> None:
    items = [item for part in sheet(kind).parts for item in part.items]
    assert [item.number for item in items] == OFFICIAL[kind]
    assert len({item.text for item in items}) == len(items)
    rows = page(kind, samples.booklet()).xpath("//th[@scope='row']")
    assert [int(words(row).split(".")[0]) for row in rows] == OFFICIAL[kind]


def test_pemat_has_seventeen_items_on_understanding_and_seven_on_doing() -> None:
    assert [len(part.items) for part in sheet("pemat").parts] == [17, 7]


@pytest.mark.parametrize("kind", KINDS)
def test_each_item_has_one_answer_or_needs_a_person(kind: str) -> None:
    whole = page(kind, samples.booklet())
    filled = answers(whole)
    for row in whole.xpath("//tbody/tr"):
        number = int(words(row.xpath("th")[0]).split(".")[0])
        assert ("Needs a person." in words(row)) != (number in filled)
        names = {box.get("name") for box in row.xpath(".//input")}
        assert names == {f"item-{number}"}
        assert all(words(label) for label in row.xpath(".//label"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_score_is_made_up_while_a_person_is_needed(kind: str) -> None:
    whole = page(kind, samples.booklet())
    (section,) = whole.xpath("//section[@aria-labelledby='score']")
    for line in section.xpath(".//li"):
        assert "not known yet" in words(line)
        assert "need a person" in words(line)
    assert "%" not in words(section)


def test_what_the_text_holds_changes_the_answers() -> None:
    bare = answers(page("pemat", plain_booklet()))
    assert {number: bare[number] for number in (5, 6, 8, 16, 19, 21)} == {
        5: "yes",
        6: "na",
        8: "yes",
        16: "na",
        19: "na",
        21: "yes",
    }
    assert bare[12] == "no"
    full = answers(page("pemat", samples.booklet()))
    assert full[12] == "yes"
    assert 16 not in full


def test_hidden_actors_and_walls_of_text_are_answered_no() -> None:
    hidden = plain_booklet("The pills are given. The bed is made. You rest. " * 9)
    assert answers(page("pemat", hidden))[5] == "no"
    wall = (found("PLAIN-007", HERE, "This paragraph has 200 words."),)
    assert answers(page("pemat", plain_booklet(), wall))[8] == "no"
    assert answers(page("cci", plain_booklet(), wall))[9] == "no"


def test_key_messages_must_be_active_for_cdc() -> None:
    said = replace(samples.meta(), key_messages=((Text("The pills are given at noon."),),))
    passive = replace(plain_booklet(), meta=said)
    assert answers(page("cci", passive))[6] == "no"
    assert answers(page("cci", plain_booklet()))[6] == "yes"
    none = replace(plain_booklet(), meta=replace(said, key_messages=()))
    assert 6 not in answers(page("cci", none))
    assert answers(page("cci", none))[10] == "no"


def test_a_language_without_lists_is_left_to_people() -> None:
    spoken = replace(plain_booklet(), meta=replace(samples.meta(), language="xh"))
    filled = answers(page("pemat", spoken))
    assert not {3, 5, 20, 21} & set(filled)
    assert "Not measured" in to_html("pemat", spoken, ())


@pytest.mark.parametrize("kind", KINDS)
def test_every_measure_is_known_and_speaks(kind: str) -> None:
    facts = Facts(samples.booklet(), ())
    for part in sheet(kind).parts:
        for item in part.items:
            result = measured(item.measure, facts)
            assert result.said.endswith((".", "")) if item.measure else result.said == ""
            assert result.answer is not Answer.NOT_APPLICABLE or item.na


def test_a_title_is_text_and_never_markup() -> None:
    meta = replace(samples.meta(), title="<script>alert(1)</script> & more")
    text = to_html("cci", replace(samples.booklet(), meta=meta), ())
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text


def test_the_page_has_a_language_one_title_and_headings_in_order() -> None:
    for kind in KINDS:
        whole = page(kind, samples.booklet())
        assert whole.get("lang") == "en"
        assert len(whole.xpath("//h1")) == 1
        assert {element.tag for element in whole.xpath("//*[self::h2 or self::h3]")} == {"h2"}
        for table in whole.xpath("//table"):
            assert table.xpath("caption")
            assert len(table.xpath("thead//th[@scope='col']")) == 3


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "booklet", "worksheet", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_writes_what_was_asked_for(tiny: Path) -> None:
    done = run(tiny, "tiny", "--format", "json", "--out", "sheets")
    answer = json.loads(done.stdout)
    schema = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(answer)
    names = ["sheets/tiny/tiny_worksheet-pemat.html", "sheets/tiny/tiny_worksheet-cci.html"]
    assert answer["worksheets"] == names
    assert all((tiny / name).read_text(encoding="utf-8").endswith("</html>\n") for name in names)
    only = run(tiny, "tiny", "--kind", "cci", "--out", "other")
    assert only.stdout == "other/tiny/tiny_worksheet-cci.html is written.\n"
    assert [path.name for path in (tiny / "other" / "tiny").iterdir()] == [
        "tiny_worksheet-cci.html"
    ]


def test_wrong_names_and_broken_booklets_are_one_line(tiny: Path) -> None:
    done = run(tiny, "tyni")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "tiny" in done.stderr
    (tiny / "source" / "tiny" / "booklet.yaml").write_text("id: tiny\n", encoding="utf-8")
    broken = run(tiny, "tiny", "--out", "sheets")
    assert (broken.returncode, broken.stderr.count("\n")) == (2, 1)
    assert "make_booklet.py check tiny" in broken.stderr
    assert not (tiny / "sheets").exists()
