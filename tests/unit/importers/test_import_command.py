"""The command as a person gives it: what it says, what it writes, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from booklet.errors import UsageError
from booklet.importers import place
from booklet.importers.naming import booklet_id, checked_id
from tests.processes import command, files, project
from tests.unit.importers.import_samples import ARTICLE, styled

SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = project(tmp_path / "project")
    (folder / "hip.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_a_file_becomes_a_draft_and_the_answer_tells_what_became_of_it(here: Path) -> None:
    done = command("import", "hip.txt", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first == 'source/hip is a draft of "Moving Again After a Hip Operation", from hip.txt.'
    assert "  kept: 4 chapters, " in done.stdout
    assert "  guessed: 6 places, marked CHECK in the chapters\n" in done.stdout
    assert "  dropped: 2 x line that is repeated above the text" in done.stdout
    assert "  all of it in words: source/hip/_import-report.md\n" in done.stdout
    assert last.endswith("until a person has finished it: make_booklet.py check hip")
    built = command("build", "hip", cwd=here)
    assert built.returncode == 1
    assert len(re.findall(r"DRAFT-00[12]|YAML-013", built.stdout)) == 23
    assert not (here / "output" / "hip").exists()


def test_a_draft_never_replaces_a_booklet(here: Path) -> None:
    before = files(here / "source")
    done = command("import", "hip.txt", "--name", "tiny", cwd=here)
    assert done.returncode == 2
    assert re.fullmatch(r"hip\.txt: there is a booklet tiny already.* Hint: .+\n", done.stderr)
    assert files(here / "source") == before
    forced = command("import", "hip.txt", "--name", "tiny", "--force", cwd=here)
    assert forced.returncode == 2
    assert files(here / "source") == before


@pytest.mark.parametrize("name", ["Tiny", "a b", "../x", "con", "disclaimers", "a" * 65, "-a"])
def test_names_that_cannot_be_are_refused(name: str) -> None:
    with pytest.raises(UsageError) as fault:
        checked_id(name)
    assert checked_id(fault.value.hint.split()[-1].rstrip("."))


def test_names_made_of_files_are_safe_everywhere() -> None:
    assert booklet_id("Leaflet (final) V3") == "leaflet-final-v3"
    assert booklet_id("CON") == "con-booklet"
    assert booklet_id("glossary") == "glossary-booklet"
    assert booklet_id("2024-05 \u00dcben") == "uben"
    assert booklet_id("\u0633\u0644\u0627\u0645") == "imported-booklet"


def test_a_folder_becomes_a_set_and_a_bad_file_stops_no_other(here: Path) -> None:
    folder = here / "old"
    folder.mkdir()
    (folder / "walk.txt").write_text("Walking\n\nWalk every day, a little more each time.")
    (folder / "walk.md").write_text("# Walking\n\nWalk.")
    (folder / "bad.docx").write_bytes(b"nothing")
    (folder / "photo.jpg").write_bytes(b"x")
    (folder / "~$walk.docx").write_bytes(b"x")
    styled(folder / "eat.docx")
    done = command("import", "old", "--format", "json", cwd=here)
    answer = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)
    assert (done.returncode, answer["exit_code"]) == (1, 1)
    assert [draft["folder"] for draft in answer["drafts"]] == [
        "source/eat",
        "source/walk",
        "source/walk-2",
    ]
    assert [fault["where"] for fault in answer["refused"]] == ["old/bad.docx"]
    again = command("import", "old", cwd=here)
    assert again.returncode == 1
    assert again.stdout.count("NOT IMPORTED: ") == 4
    assert again.stdout.splitlines()[-1] == "4 files could not be imported."
    named = command("import", "old", "--name", "x", cwd=here)
    assert (named.returncode, named.stdout) == (2, "")


def test_a_bad_file_is_one_line_and_leaves_nothing(here: Path) -> None:
    (here / "bad.docx").write_bytes(b"nothing")
    before = files(here / "source")
    done = command("import", "bad.docx", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"bad\.docx: this Word file is damaged.* Hint: .+\n", done.stderr)
    assert files(here / "source") == before
    missing = command("import", "none.docx", cwd=here)
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


def test_a_draft_is_written_whole_or_not_at_all(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = here / "source"
    before = files(source)
    whole = {"booklet.yaml": b"id: x\n", "images/a.png": b"x"}

    def fails(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fails)
        with pytest.raises(Exception, match="No space left"):
            place(source, "x", whole)
    assert files(source) == before
    assert sorted(path.name for path in source.iterdir() if path.name.startswith(".")) == []
    place(source, "x", whole)
    assert files(source / "x") == whole
