"""``verify`` as a person uses it on files that are right, and on what is no file at all."""

from __future__ import annotations

import shutil
import tomllib
from importlib.resources import files as package_files
from pathlib import Path

import pytest

from tests.processes import files
from tests.verified import A4, EPUB, LETTER, OUTSIDE, Run, measures, outcomes, rules

pytestmark = pytest.mark.slow


def test_every_built_file_is_proven(tiny: Path, run: Run) -> None:
    answer = run("verify", "--format", "json")
    assert answer.code == 0
    assert [row["file"] for row in answer.data["files"]] == [
        f"output/{name}" for name in sorted((A4, LETTER, EPUB))
    ]
    for row in answer.data["files"]:
        said = measures(row)
        assert said["booklet: built file"] == said["booklet: source"] == "passed"
        assert {word for tool, word in said.items() if "fidelity" in tool} == {"passed"}
        assert (row["booklet"], row["outcome"]) == ("tiny", "passed")


def test_the_criteria_rest_on_measures_that_are_really_taken(tiny: Path, run: Run) -> None:
    answer = run("verify", "--format", "json")
    taken: dict[str, set[str]] = {"pdf": set(), "epub": set()}
    for row in answer.data["files"]:
        taken[row["file"].rpartition(".")[2]] |= set(measures(row))
    table = package_files("booklet.criteria").joinpath("evidence.toml").read_text("utf-8")
    for name, row in tomllib.loads(table).items():
        kinds = {rule.partition("-")[0].lower() for rule in row["rules"]}
        for kind in kinds:
            assert row["tool"] in taken[kind] | OUTSIDE, name
        assert row["tool"] in taken["pdf"] | taken["epub"] | OUTSIDE, name


def test_a_report_is_written_beside_each_file_and_is_the_same_again(tiny: Path, run: Run) -> None:
    answer = run("verify", "--format", "json")
    for row in answer.data["files"]:
        assert [Path(name).suffix for name in row["reports"]] == [".html", ".json"]
        for name in row["reports"]:
            assert Path(name).is_file()
    before = files(tiny / "output")
    assert run("verify").code == 0
    assert files(tiny / "output") == before
    assert str(tiny).encode() not in b"".join(before.values())


def test_on_request_nothing_is_written(tiny: Path, run: Run) -> None:
    before = files(tiny)
    answer = run("verify", "--no-report", "--format", "json")
    assert files(tiny) == before
    assert {tuple(row["reports"]) for row in answer.data["files"]} == {()}


def test_a_person_reads_each_measure_and_what_was_not_asked(tiny: Path, run: Run) -> None:
    answer = run("verify", f"output/{EPUB}")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == f"output/{EPUB}: passed"
    assert any(line.startswith("  passed: booklet: text fidelity: ") for line in lines)
    assert any(line.startswith("  report: output/tiny/") for line in lines)
    assert "were not asked" in lines[-2]
    assert lines[-1] == "1 file verified: nothing failed."


def test_a_copy_is_known_by_its_bytes(tiny: Path, tmp_path: Path, run: Run) -> None:
    copy = tmp_path / "Käthe's copy.pdf"
    shutil.copy(tiny / "output" / A4, copy)
    answer = run("verify", str(copy), "--format", "json")
    (row,) = answer.data["files"]
    assert (row["booklet"], row["edition"], row["outcome"]) == ("tiny", "large-a4", "passed")
    assert row["reports"] == []
    assert list(tmp_path.glob("*.conformance.*")) == []


# ---------------------------------------------------------------------------- wrong files


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("text.epub", b"Hello", "EPUB-003"),
        ("empty.epub", b"", "EPUB-003"),
        ("zip.epub", b"PK\x05\x06" + bytes(18), "EPUB-003"),
        ("text.pdf", b"Hello", "PDF-052"),
        ("empty.pdf", b"", "PDF-052"),
        ("head.pdf", b"%PDF-1.7\n%%EOF\n", "PDF-052"),
    ],
)
def test_what_is_no_such_format_fails(
    name: str, data: bytes, rule: str, tiny: Path, run: Run
) -> None:
    Path(name).write_bytes(data)
    answer = run("verify", name, "--format", "json")
    assert answer.code == 1
    assert rules(answer) == {rule}
    assert outcomes(answer) == {name: "failed"}
    assert "0x" not in answer.out


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", [A4, EPUB])
def test_a_file_that_was_cut_short_fails(name: str, share: float, tiny: Path, run: Run) -> None:
    whole = (tiny / "output" / name).read_bytes()
    cut = Path(f"cut.{name.rpartition('.')[2]}")
    cut.write_bytes(whole[: int(len(whole) * share)])
    answer = run("verify", str(cut), "--format", "json")
    assert answer.code == 1
    assert outcomes(answer) == {cut.name: "failed"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing.pdf",), "there is no such file"),
        (("output",), "this is a folder, not a file"),
        (("source/tiny/01-first.md",), "this is neither a PDF nor an e-book"),
        (("--out", "elsewhere"), "no built files are listed here"),
        (("--ful",), "unrecognized arguments: --ful"),
    ],
)
def test_what_is_no_file_is_one_line(
    words: tuple[str, ...], told: str, tiny: Path, run: Run
) -> None:
    answer = run("verify", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert answer.err.count("\n") == 1


def test_a_check_that_breaks_off_is_a_finding(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booklet import verify

    def broken(artifact: object, expectation: object) -> None:
        raise ZeroDivisionError("a font of no size")

    monkeypatch.setattr(verify, "verify", broken)
    answer = run("verify", f"output/{A4}", "--format", "json")
    assert answer.code == 1
    assert rules(answer) == {"FILE-003"}
