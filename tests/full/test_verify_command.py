"""``verify`` and ``checklist`` as a person uses them: right, wrong and old files, and signing."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import zipfile
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pikepdf
import pytest

from booklet import cli
from tests.needs import TOOLS, need_validator
from tests.processes import TODAY, command, environment, files, project

pytestmark = pytest.mark.slow
SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
A4 = "tiny/tiny_en-US_large-print-A4.pdf"
LETTER = "tiny/tiny_en-US_large-print-Letter.pdf"
EPUB = "tiny/tiny_en-US_ebook.epub"
OUTSIDE = {"veraPDF ua1", "veraPDF 2a", "EPUBCheck", "Ace by DAISY", "Browser (Chromium)"}


class Answer(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The answer to a program, held to the published form."""
        answer: dict[str, Any] = json.loads(self.out)
        jsonschema.Draft202012Validator(SCHEMA).validate(answer)
        return answer


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once; tests copy it."""
    folder = project(tmp_path_factory.mktemp("built") / "project")
    done = command("build", "--today", TODAY, "--jobs", "1", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def tiny(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, with the person standing in it."""
    folder = Path(shutil.copytree(built, tmp_path / "project"))
    monkeypatch.chdir(folder)
    return folder


class Run:
    """Runs the command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str) -> Answer:
        code = cli.main(list(words))
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def outcomes(answer: Answer) -> dict[str, str]:
    return {Path(row["file"]).name: row["outcome"] for row in answer.data["files"]}


def rules(answer: Answer) -> set[str]:
    return {row["rule"] for row in answer.data["findings"]}


def measures(row: dict[str, Any]) -> dict[str, str]:
    return {each["tool"]: each["outcome"] for each in row["measures"]}


def own_rules(answer: Answer) -> set[str]:
    """The rules of the verify command itself."""
    return {rule for rule in rules(answer) if rule.startswith(("FILE-", "TOOL-"))}


# ----------------------------------------------------------------------------- good files


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


# ------------------------------------------------------------------- outside checkers


def test_outside_checkers_that_are_missing_are_loud_and_never_pass(tiny: Path) -> None:
    env = environment(PATH="/nowhere")
    done = command("verify", "--full", cwd=tiny, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    for tool in ("EPUBCheck", "Ace by DAISY"):
        assert re.search(rf"^NOT CHECKED by {re.escape(tool)}: ", done.stdout, re.MULTILINE)
        assert f"passed: {tool}" not in done.stdout
    data = json.loads((tiny / "output" / EPUB.replace(".epub", ".conformance.json")).read_text())
    rows = {row["id"]: row for table in data["standards"] for row in table["criteria"]}
    assert rows["4.1.2"]["outcome"] == "not checked"


@pytest.mark.validators
@pytest.mark.browser
@pytest.mark.parametrize("words", [("verify", "--full"), ("build", "--full", "--today", TODAY)])
def test_with_full_every_outside_checker_is_asked(
    words: tuple[str, ...], tiny: Path, run: Run
) -> None:
    for name in ("veraPDF", "EPUBCheck", "Ace by DAISY", "Chromium"):
        need_validator(name)
    (tiny / ".validators").symlink_to(TOOLS.resolve())
    answer = run(*words)
    assert answer.code == 0, answer.out
    for name in (A4, LETTER, EPUB):
        path = tiny / "output" / f"{name.rpartition('.')[0]}.conformance.json"
        report = json.loads(path.read_text("utf-8"))
        asked = {m["tool"]: m["outcome"] for m in report["measures"] if m["tool"] in OUTSIDE}
        printed = {"veraPDF ua1", "veraPDF 2a"}
        wanted = printed if name.endswith(".pdf") else OUTSIDE - printed
        assert asked == dict.fromkeys(wanted, "passed"), report["measures"]
        assert report["counts"]["not checked"] == report["counts"]["faults found"] == 0


# ------------------------------------------------------------------------------ signing


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
