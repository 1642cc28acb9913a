"""``verify`` on files of strangers, and on files that are old, changed or gone."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.verified import A4, EPUB, Run, measures, outcomes, own_rules, rules

pytestmark = pytest.mark.slow


# ------------------------------------------------------------------- strangers' files


def test_a_strangers_pdf_is_measured_and_the_rest_is_not_checked(tiny: Path, run: Run) -> None:
    with pikepdf.open(tiny / "output" / A4) as pdf:
        pdf.save("strange.pdf")
    answer = run("verify", "strange.pdf", "--format", "json")
    assert answer.code == 0
    (row,) = answer.data["files"]
    said = measures(row)
    assert said["booklet: glyph sizes"] == said["booklet: contrast"] == "passed"
    for tool in ("source", "disclaimer", "structure fidelity", "text fidelity"):
        assert said[f"booklet: {tool}"] == "not checked"
    assert row["outcome"] == "not checked"
    text = run("verify", "strange.pdf").out
    assert "strange.pdf: NOT CHECKED" in text
    assert "NOT CHECKED by booklet: text fidelity" in text
    assert "could not be checked in full" in text


def test_a_strangers_ebook_may_claim_what_we_cannot_know(tiny: Path, run: Run) -> None:
    with zipfile.ZipFile(tiny / "output" / EPUB) as old, zipfile.ZipFile("s.epub", "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith(".opf"):
                claim = b'<meta property="dcterms:conformsTo">Gold</meta></metadata>'
                data = data.replace(b"</metadata>", claim)
            new.writestr(item, data)
    answer = run("verify", "s.epub", "--format", "json")
    assert "EPUB-027" not in rules(answer)
    (row,) = answer.data["files"]
    assert row["outcome"] == "not checked"
    assert measures(row)["booklet: e-book accessibility facts"] == "not checked"


def test_without_the_source_folder_files_can_still_be_verified(tiny: Path, run: Run) -> None:
    shutil.rmtree(tiny / "source")
    answer = run("verify", "--source", "source", "--format", "json")
    assert answer.code == 0
    for row in answer.data["files"]:
        assert measures(row)["booklet: source"] == "not checked"
        assert measures(row)["booklet: built file"] == "passed"


# ------------------------------------------------------------------- old, changed, gone


def test_a_file_older_than_its_source_is_said_to_be(tiny: Path, run: Run) -> None:
    chapter = tiny / "source" / "tiny" / "01-first.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nMore words.\n", "utf-8")
    answer = run("verify", "--format", "json")
    assert answer.code == 0
    assert own_rules(answer) == {"FILE-001"}
    assert set(outcomes(answer).values()) == {"not checked"}
    assert "changed after the file was built" in run("verify").out
    page = (tiny / "output" / EPUB.replace(".epub", ".conformance.html")).read_text("utf-8")
    assert "is not known" in page


def test_a_changed_file_fails(tiny: Path, run: Run) -> None:
    with pikepdf.open(tiny / "output" / A4, allow_overwriting_input=True) as pdf:
        pdf.save(tiny / "output" / A4)
    answer = run("verify", "--format", "json")
    assert answer.code == 1
    assert own_rules(answer) == {"FILE-002"}
    assert outcomes(answer)[Path(A4).name] == "failed"
    assert outcomes(answer)[Path(EPUB).name] == "passed"


def test_a_file_that_is_gone_fails(tiny: Path, run: Run) -> None:
    (tiny / "output" / EPUB).unlink()
    answer = run("verify", "--format", "json")
    assert answer.code == 1
    assert own_rules(answer) == {"FILE-004"}
