"""Which text a printed code stands for: built files, the source of today, and codes of nowhere."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from booklet import cli, manifest
from booklet.manifest import Entry
from booklet.survey import Request, survey
from tests.processes import ROOT, TODAY, project

PROFILE = (ROOT / "source" / "clinics" / "example-clinic.yaml").read_text("utf-8")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return project(tmp_path / "tiny")


def code_of(folder: Path, clinics: tuple[str, ...] = ()) -> str:
    today = date.fromisoformat(TODAY)
    (draft,) = survey(Request(folder / "source", folder, today, clinics=clinics))
    assert draft.booklet is not None
    return draft.booklet.code


def which(folder: Path, *words: str) -> int:
    return cli.main(["which", *words, "--source", str(folder / "source")])


def built(folder: Path, digest: str) -> None:
    """Leave a list of built files that names one with this digest."""
    values: dict[str, object] = dict.fromkeys(Entry.__slots__, "")
    values |= {"file": "tiny/a.pdf", "booklet": "tiny", "booklet_version": "1.0"}
    values |= {"size": 1, "pages": 1, "findings": 0, "checks": (), "made_with": ()}
    entry = Entry(**{**values, "source_digest": digest})  # type: ignore[arg-type]  # as in a file
    (folder / "output").mkdir()
    (folder / "output" / "manifest.json").write_bytes(manifest.Listing((entry,)).dump())


def test_the_code_is_name_version_and_the_beginning_of_the_digest(tiny: Path) -> None:
    name, version, digest = code_of(tiny).split("/")
    assert (name, version, len(digest)) == ("tiny", "1.0", 12)


def test_any_word_of_text_or_profile_changes_the_code(tiny: Path) -> None:
    (tiny / "source" / "clinics").mkdir()
    profile = tiny / "source" / "clinics" / "riverside.yaml"
    profile.write_text(PROFILE)
    before, with_clinic = code_of(tiny), code_of(tiny, ("riverside",))
    assert before != with_clinic
    profile.write_text(PROFILE.replace("Example", "Lakeside"))
    assert code_of(tiny, ("riverside",)) not in {before, with_clinic}
    chapter = next((tiny / "source" / "tiny").glob("*.md"))
    chapter.write_text(chapter.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    assert code_of(tiny) not in {before, with_clinic}


def test_the_source_of_today_is_known(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(tiny)
    assert which(tiny, code) == 0
    assert capsys.readouterr().out == "The source of tiny is still this text.\n"
    # As a person reads it aloud: in capitals, in pieces, or only its last part.
    assert which(tiny, code[:10].upper(), code[10:]) == 0
    assert which(tiny, code.rpartition("/")[2]) == 0


def test_a_clinics_copy_is_told_by_its_clinic(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "source" / "clinics").mkdir()
    (tiny / "source" / "clinics" / "riverside.yaml").write_text(PROFILE)
    assert which(tiny, code_of(tiny, ("riverside",))) == 0
    assert capsys.readouterr().out == "The source of tiny for riverside is still this text.\n"


def test_an_older_text_is_found_among_the_built_files(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = sha256(b"as it was").hexdigest()
    built(tiny, digest)
    assert which(tiny, f"tiny/1.0/{digest[:12]}") == 0
    assert capsys.readouterr().out.splitlines() == [
        "tiny/a.pdf: version 1.0",
        "The source has been changed since.",
    ]
    assert which(tiny, digest[:12], "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["copies"] == [{"file": "tiny/a.pdf", "booklet": "tiny", "version": "1.0"}]
    assert data["sources"] == []


def test_a_code_of_nowhere_is_said_to_be_unknown(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert which(tiny, "000000000000") == 1
    assert capsys.readouterr().out.startswith("000000000000: not known here.\n")


@pytest.mark.parametrize("words", [["hello"], ["a/b"], ["12"], ["tiny/1.0/xyz"]])
def test_what_is_no_code_is_refused(
    words: list[str], tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert which(tiny, *words) == 2
    assert "is no booklet code" in capsys.readouterr().err
