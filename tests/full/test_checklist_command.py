"""``checklist`` as a person uses it: filled in, signed, claimed, and out of date again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.processes import TODAY, files
from tests.verified import A4, EPUB, LETTER, Run, rules

pytestmark = pytest.mark.slow


def sign(tiny: Path) -> Path:
    """Fill in the checklist as a person would."""
    place = tiny / "source" / "tiny" / "conformance.yaml"
    text = re.sub(r": no$", ": yes", place.read_text("utf-8"), flags=re.MULTILINE)
    text = text.replace('signed_by: ""', "signed_by: Accessibility officer")
    place.write_text(text.replace('date: ""', "date: 2026-12-01"), "utf-8")
    return place


def test_a_fresh_checklist_is_right_and_claims_nothing(tiny: Path, run: Run) -> None:
    printed = run("checklist", "tiny").out
    written = run("checklist", "tiny", "--write")
    assert written.code == 0
    assert "source/tiny/conformance.yaml is written" in written.out
    assert (tiny / "source/tiny/conformance.yaml").read_text("utf-8") == printed
    assert all(len(line) <= 110 for line in printed.splitlines())
    answer = run("check", "--today", TODAY, "--format", "json")
    assert answer.code == 0
    assert [row["rule"] for row in answer.data["findings"]] == ["SIGN-007"] * 3


def test_the_checklist_can_be_for_one_edition_and_for_a_program(tiny: Path, run: Run) -> None:
    assert run("checklist", "tiny", "--edition", "epub").out.count("- edition: ") == 1
    answer = run("checklist", "tiny", "--paper", "a4", "--format", "json").data
    assert [row["edition"] for row in answer["checklists"]] == ["large-a4", "epub"]
    assert answer["written"] == ""


def test_a_checklist_is_never_written_over(tiny: Path, run: Run) -> None:
    run("checklist", "tiny", "--write")
    place = sign(tiny)
    before = place.read_bytes()
    answer = run("checklist", "tiny", "--write")
    assert answer.code == 2
    assert "there is a checklist already" in answer.err
    assert place.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tinny",), "there is no booklet 'tinny'. Hint: Did you mean 'tiny'?"),
        ((), "BOOKLET"),
        (("tiny", "--edition", "epup"), "Did you mean 'epub'?"),
        (("tiny", "--clinic", "none"), "there is no clinic 'none'"),
    ],
)
def test_a_checklist_for_what_is_not_there_is_one_line(
    words: tuple[str, ...], told: str, tiny: Path, run: Run
) -> None:
    answer = run("checklist", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_a_booklet_that_cannot_be_read_has_no_checklist(tiny: Path, run: Run) -> None:
    (tiny / "source/tiny/booklet.yaml").write_text("id: tiny\n", "utf-8")
    answer = run("checklist", "tiny")
    assert answer.code == 2
    assert "make_booklet.py check tiny" in answer.err


def test_from_checklist_to_claim_and_back(tiny: Path, run: Run) -> None:
    build = ("build", "--today", TODAY, "--jobs", "1")
    before = files(tiny / "output")
    run("checklist", "tiny", "--write")
    sign(tiny)
    assert run("check", "--today", TODAY, "--format", "json").data["findings"] == []
    assert run(*build).code == 0
    signed = files(tiny / "output")
    # Signing changes no content: the printed editions stay what they were, byte for byte.
    assert (signed[A4], signed[LETTER]) == (before[A4], before[LETTER])
    assert signed[EPUB] != before[EPUB]
    report = json.loads(signed[EPUB.replace(".epub", ".conformance.json")])
    assert report["claim"] == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert report["counts"]["needs a person"] == 0
    assert run("verify").code == 0

    chapter = tiny / "source/tiny/01-first.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nMore words.\n", "utf-8")
    answer = run(*build, "--format", "json")
    assert answer.code == 0
    assert {row["rule"] for row in answer.data["findings"]} >= {"SIGN-002"}
    report = json.loads(files(tiny / "output")[EPUB.replace(".epub", ".conformance.json")])
    assert report["claim"] is None
    assert report["counts"]["confirmed by a person"] == 0


def test_a_file_from_before_the_signature_is_told_to_be_built_again(tiny: Path, run: Run) -> None:
    run("checklist", "tiny", "--write")
    sign(tiny)
    answer = run("verify", f"output/{EPUB}", "--format", "json")
    assert rules(answer) == {"EPUB-027"}
    assert {row["hint"] for row in answer.data["findings"]} == {"Build the e-book again."}
