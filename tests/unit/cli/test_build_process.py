"""``build`` as a person meets it: what stands in the output folder, and who is told what.

It runs as a process where that is the point, and else in this one, which is quicker.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from booklet import cli, output
from tests.processes import TODAY, command, environment, files, inside, project

pytestmark = pytest.mark.slow
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals or terminals")
SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
A4 = "tiny/tiny_en-US_large-print-A4.pdf"
LETTER = "tiny/tiny_en-US_large-print-Letter.pdf"
EPUB = "tiny/tiny_en-US_ebook.epub"

NOT_FOR_PRINT = ("build", "--today", TODAY, "--jobs", "1")


BESIDE = ("transcript.txt", "conformance.html", "conformance.json")


def beside(*made: str) -> set[str]:
    """The transcripts and reports that go with these files."""
    return {f"{name.rpartition('.')[0]}.{ending}" for name in made for ending in BESIDE}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built once; tests copy it."""
    folder = project(tmp_path_factory.mktemp("finished") / "project")
    done = command(*NOT_FOR_PRINT, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def tiny(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "project"))


def test_all_editions_and_the_manifest_stand_in_output(finished: Path) -> None:
    made = files(finished / "output")
    three = {A4, LETTER, EPUB}
    assert set(made) == {*three, *beside(*three), "manifest.json"}
    assert made[A4].startswith(b"%PDF-")
    assert made[EPUB].startswith(b"PK")


def test_the_manifest_tells_of_each_file_truly(finished: Path) -> None:
    made = files(finished / "output")
    listed = json.loads(made["manifest.json"])
    assert [row["file"] for row in listed["files"]] == sorted({A4, LETTER, EPUB})
    for row in listed["files"]:
        jsonschema.Draft202012Validator(
            {"$ref": "#/$defs/artifact", "$defs": SCHEMA["$defs"]}
        ).validate(row)
        assert row["sha256"] == hashlib.sha256(made[row["file"]]).hexdigest()
        assert row["size"] == len(made[row["file"]])
        assert {"booklet", "python", "weasyprint", "pango-1.0"} <= set(row["made_with"])
        assert row["checks"]
    assert str(finished).encode() not in made["manifest.json"]


def test_the_same_again_changes_nothing(tiny: Path) -> None:
    before = {name: (tiny / "output" / name).stat().st_mtime_ns for name in files(tiny / "output")}
    done = command(*NOT_FOR_PRINT, "--quiet", cwd=tiny)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    after = {name: (tiny / "output" / name).stat().st_mtime_ns for name in files(tiny / "output")}
    assert after == before


def test_a_build_tells_what_it_made(tiny: Path) -> None:
    lines = inside(*NOT_FOR_PRINT, cwd=tiny).stdout.splitlines()
    assert lines[0].startswith(f"output/{A4} (")
    assert lines[-1] == "3 files built for 1 booklet, in output."


def test_a_build_answers_a_program(tiny: Path) -> None:
    done = inside(*NOT_FOR_PRINT, "--format", "json", cwd=tiny)
    data = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert [row["edition"] for row in data["artifacts"]] == [
        "large-a4",
        "large-letter",
        "epub",
    ]
    assert data["booklets"][0]["status"] == "built"


@pytest.mark.parametrize(
    ("options", "made"),
    [
        (("--edition", "epub"), {EPUB}),
        (("--edition", "large", "--paper", "letter"), {LETTER}),
        (("--paper", "a4"), {A4, EPUB}),
        (("--edition", "large-a4"), {A4}),
    ],
)
def test_only_what_was_asked_for_is_put_out(
    options: tuple[str, ...], made: set[str], finished: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project")
    done = inside(*NOT_FOR_PRINT, *options, "--out", "elsewhere", cwd=folder)
    assert done.returncode == 0
    assert set(files(folder / "elsewhere")) == {*made, *beside(*made), "manifest.json"}
    whole = files(finished / "output")
    assert all(files(folder / "elsewhere")[name] == whole[name] for name in made)
    assert not (folder / "output").exists()


def test_without_a_command_it_builds(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    done = inside("tiny", "--edition", "large-a4", "--today", TODAY, cwd=folder)
    assert done.returncode == 0
    assert set(files(folder / "output")) == {A4, *beside(A4), "manifest.json"}


def test_a_clinic_fills_its_own_files(tiny: Path) -> None:
    (tiny / "source/clinics").mkdir()
    (tiny / "source/clinics/riverside.yaml").write_text(
        'name: Riverside Clinic\nphone: "555 0100"\naddress: [1 River Street]\n', encoding="utf-8"
    )
    before = files(tiny / "output")
    done = inside(*NOT_FOR_PRINT, "--clinic", "riverside", "--edition", "large-a4", cwd=tiny)
    assert done.returncode == 0, done.stdout
    after = files(tiny / "output")
    own = A4.replace(".pdf", "_riverside.pdf")
    assert set(after) == {*before, own, *beside(own)}
    assert after[A4] == before[A4]
    rows = {row["file"]: row["clinic"] for row in json.loads(after["manifest.json"])["files"]}
    assert rows[own] == "riverside"
    assert rows[A4] == ""


def test_a_wrong_booklet_leaves_its_files_and_builds_the_others(tiny: Path) -> None:
    other = tiny / "source" / "other"
    shutil.copytree(tiny / "source" / "tiny", other)
    settings = (other / "booklet.yaml").read_text(encoding="utf-8")
    (other / "booklet.yaml").write_text(settings.replace("id: tiny", "id: other"), encoding="utf-8")
    chapter = tiny / "source" / "tiny" / "01-first.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n<hr>\n", encoding="utf-8")
    before = files(tiny / "output")
    done = inside(*NOT_FOR_PRINT, "--edition", "large-a4", cwd=tiny)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "1 file built for 1 booklet, in output.",
        "1 problem in 1 booklet; nothing was built for it. The files built before are unchanged.",
    ]
    after = files(tiny / "output")
    assert {name: after[name] for name in (A4, LETTER, EPUB)} == {
        name: before[name] for name in (A4, LETTER, EPUB)
    }
    new = "other/other_en-US_large-print-A4.pdf"
    assert set(after) - set(before) == {new, *beside(new)}
    assert len(json.loads(after["manifest.json"])["files"]) == 4


# ------------------------------------------------------------------- when it goes wrong


def test_a_full_disk_is_one_line_and_the_old_files_stay(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = tiny / "source" / "tiny" / "01-first.md"
    chapter.write_text("# The first chapter\n\nOther words.\n", encoding="utf-8")
    before = files(tiny / "output")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.chdir(tiny)
    code = cli.main([*NOT_FOR_PRINT, "--edition", "large-a4"])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    assert said.err.startswith("output: the disk is full Hint: ")
    assert len(said.err.splitlines()) == 1
    assert files(tiny / "output") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_an_output_that_may_not_be_written_is_one_line(tiny: Path) -> None:
    (tiny / "output").chmod(0o555)
    try:
        done = command(*NOT_FOR_PRINT, cwd=tiny)
    finally:
        (tiny / "output").chmod(0o755)
    assert (done.returncode, done.stdout) == (3, "")
    assert "may not be written" in done.stderr


def test_a_source_that_may_not_be_read_is_one_line(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, listdir = files(tiny / "output"), os.listdir

    def refuse(path: str | Path = ".") -> list[str]:
        if Path(path).name == "disclaimers":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.chdir(tiny)
    code = cli.main([*NOT_FOR_PRINT])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    assert said.err.startswith("source/disclaimers: cannot be read: Permission denied Hint: ")
    assert len(said.err.splitlines()) == 1
    assert files(tiny / "output") == before


@posix
def test_a_second_build_at_the_same_time_is_refused(tiny: Path) -> None:
    before = files(tiny / "output")
    with output.locked(tiny / "output"):
        done = command(*NOT_FOR_PRINT, cwd=tiny)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("output: another build is writing to this folder")
    assert files(tiny / "output") == before


def build_on_a_terminal(folder: Path, *arguments: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start a build whose stderr is a terminal; return it and the terminal's other end."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "build", "--today", TODAY, *arguments],
        cwd=folder,
        env=environment(TERM="xterm", NO_COLOR="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    return process, leader


def read_until(leader: int, end: bytes) -> bytes:
    """Read from a terminal until it said ``end`` or was closed."""
    said = b""
    while end not in said:
        try:
            piece = os.read(leader, 1024)
        except OSError:  # Linux says so when the last writer has gone
            break
        if not piece:
            break
        said += piece
    return said


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_progress_on_a_terminal_is_a_line_for_each_edition(jobs: str, tiny: Path) -> None:
    process, leader = build_on_a_terminal(tiny, "--jobs", jobs)
    with process:
        lines = read_until(leader, b"no such end").decode().splitlines()
    os.close(leader)
    assert process.returncode == 0
    bars, said = zip(*(line.split("] ", 1) for line in lines), strict=True)
    assert [line.count("#") for line in bars] == [6, 13, 20]
    assert [line[:6] for line in said] == ["1 of 3", "2 of 3", "3 of 3"]
    assert said[2].startswith("3 of 3: tiny, E-book (EPUB)")
    assert any("Large print, A4, " in line and line.endswith(" pages") for line in said[:2])


@posix
def test_quiet_is_quiet_on_a_terminal_too(tiny: Path) -> None:
    process, leader = build_on_a_terminal(tiny, "--jobs", "1", "--quiet")
    with process:
        assert read_until(leader, b"no such end") == b""
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(leader)


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("whole_group", [True, False])
def test_an_interrupt_is_one_line_and_leaves_the_old_files(
    jobs: str, whole_group: bool, tiny: Path
) -> None:
    chapter = tiny / "source" / "tiny" / "01-first.md"
    chapter.write_text("# The first chapter\n\nOther words.\n", encoding="utf-8")
    before = files(tiny / "output")
    process, leader = build_on_a_terminal(tiny, "--jobs", jobs)
    with process:
        said = read_until(leader, b"\n")
        assert b"] 1 of 3: " in said
        begun = time.monotonic()
        if whole_group:  # what a terminal does on Ctrl-C
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        said += read_until(leader, b"no such end")
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(leader)
    assert process.returncode == 130
    assert time.monotonic() - begun < 30
    lines = [line for line in said.decode().splitlines() if " of 3: " not in line]
    assert lines == ["Stopped. No file was left half written."]
    assert files(tiny / "output") == before
