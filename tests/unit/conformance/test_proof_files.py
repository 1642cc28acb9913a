"""What is named is a file, known by its place or its bytes, or refused in one line."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import manifest, output
from booklet.editions import Artifact, Verdict, edition
from booklet.errors import UsageError
from booklet.manifest import Entry
from booklet.proof import basis, files
from booklet.proof.basis import Shelf
from booklet.proof.files import Candidate, built, named
from booklet.source import SourceTree
from tests import samples

ROW = edition("large-a4")
DATA = b"%PDF-1.7 built"
FILE = "sample/sample_en-US_large-print-A4.pdf"


def entry(data: bytes = DATA) -> Entry:
    artifact = Artifact(ROW, "x", ROW.media_type, data, hashlib.sha256(data).hexdigest())
    return manifest.record(FILE, samples.booklet(), Verdict(artifact, (), ()), 0, ())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "sample").mkdir(parents=True)
    (folder / FILE).write_bytes(DATA)
    (folder / manifest.NAME).write_bytes(manifest.Listing((entry(),)).dump())
    return folder


def one(path: Path, out: Path) -> Candidate:
    (candidate,) = named([path], out)
    return candidate


def test_every_listed_file_is_found(out: Path) -> None:
    (candidate,) = built(out)
    assert candidate.name == (out / FILE).as_posix()
    assert (candidate.label, candidate.data, candidate.entry) == (FILE, DATA, entry())


def test_a_listed_file_that_is_gone_is_told_not_passed_over(out: Path) -> None:
    (out / FILE).unlink()
    (candidate,) = built(out)
    assert candidate.data is None


@pytest.mark.parametrize("content", [None, b"", b"no JSON", b'{"schema": 1, "files": []}'])
def test_without_a_list_there_is_nothing_to_verify(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / manifest.NAME).write_bytes(content)
    with pytest.raises(UsageError, match="no built files"):
        list(built(tmp_path))


def test_a_file_is_known_by_its_place_however_it_is_named(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out / "sample")
    for path in (Path(FILE).name, f"../{FILE}", f"./../sample/{Path(FILE).name}"):
        candidate = one(Path(path), Path("elsewhere"))
        assert candidate.entry == entry()
        assert candidate.root == out.resolve()


def test_a_changed_file_is_still_known_by_its_place(out: Path) -> None:
    (out / FILE).write_bytes(b"%PDF-1.7 changed")
    candidate = one(out / FILE, out)
    assert candidate.entry is not None
    assert candidate.entry.sha256 != candidate.sha256


def test_a_copy_is_known_by_its_bytes_and_gets_no_report(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "from a mail.pdf"
    copy.write_bytes(DATA)
    candidate = one(copy, out)
    assert (candidate.entry, candidate.root) == (entry(), None)
    assert candidate.label == copy.as_posix()


def test_a_strangers_file_is_in_no_list(out: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.pdf"
    strange.write_bytes(b"%PDF-1.4 other")
    assert one(strange, out).entry is None


def test_a_file_named_twice_is_looked_at_once(out: Path) -> None:
    assert len(list(named([out / FILE, out / FILE], out))) == 1


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"no PDF at all", "pdf"),
        ("a.EPUB", b"", "epub"),
        ("a", b"%PDF-1.7", "pdf"),
        ("a.zip", b"PK\x03\x04", "epub"),
    ],
)
def test_the_format_is_told_by_the_name_else_by_the_first_bytes(
    name: str, data: bytes, kind: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    assert one(tmp_path / name, tmp_path).kind == kind


def test_what_is_no_such_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Hello")
    (tmp_path / "folder.pdf").mkdir()
    wrong = {
        "nothing.pdf": "no such file",
        "folder.pdf": "a folder",
        "note.txt": "neither a PDF",
        "note.txt/inside.pdf": "no such file",
        "\0.pdf": "not the path of a file",
    }
    for name, told in wrong.items():
        with pytest.raises(UsageError, match=told) as fault:
            list(named([tmp_path / name], tmp_path))
        assert fault.value.exit_code == 2
        assert "\n" not in fault.value.line()


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(UsageError, match="not a file"):
        list(named([tmp_path / "pipe.pdf"], tmp_path))


def test_a_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 4)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    with pytest.raises(UsageError, match="larger than"):
        list(named([tmp_path / "a.pdf"], tmp_path))


# ------------------------------------------------------------------ without its source


def held_to(candidate: Candidate, tree: SourceTree | None = None) -> basis.Basis:
    return basis.basis_of(candidate, Shelf(tree))


def test_without_the_source_what_needs_it_is_not_checked(out: Path) -> None:
    (candidate,) = built(out)
    found = held_to(candidate)
    assert found.booklet is None
    assert [(tool.tool, tool.outcome) for tool in found.tools] == [
        ("booklet: source", "not checked")
    ]
    assert "sample" in found.tools[0].detail
    assert {"PDF-010", "PDF-040", "EPUB-027"} <= found.unknown
    assert found.expectation.edition == ROW


def test_the_edition_of_a_strangers_file_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "other_en_large-print-Letter_riverside.pdf"
    path.write_bytes(b"%PDF-1.7")
    found = held_to(one(path, tmp_path))
    assert found.expectation.edition.id == "large-letter"
    assert "booklet: edition" not in {tool.tool for tool in found.tools}


def test_an_edition_that_nothing_tells_is_said_to_be_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7")
    found = held_to(one(path, tmp_path))
    assert ("booklet: edition", "not checked") in {(t.tool, t.outcome) for t in found.tools}
    assert "PDF-030" in found.dropped
    assert "booklet: paper" in dict(found.silent)


def test_a_list_that_leads_out_of_its_folder_reads_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(DATA)
    out = tmp_path / "a" / "output"
    out.mkdir(parents=True)
    bad = replace(entry(), file="../../secret.pdf")
    (out / manifest.NAME).write_bytes(manifest.Listing((bad,)).dump())
    with pytest.raises(UsageError, match="no built files"):
        list(built(out))
    assert output.read(out, "../../secret.pdf") == DATA
