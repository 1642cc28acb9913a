"""Findings as a person or a CI job gets them: screens, files, baselines, paths and exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import TODAY, Answer, environment, files, inside, project

BAD = "# One\n\nIt is enough. <b>Really</b>.\n"
LONG = "# One\n\nSome words.\n\n" + "".join(f"- Item {number}\n" for number in range(9))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def chapter(folder: Path, text: str) -> None:
    (folder / "source/tiny/01-first.md").write_text(text, encoding="utf-8")


def check(folder: Path, *arguments: str) -> Answer:
    return inside("check", "--today", TODAY, *arguments, cwd=folder)


def test_the_place_is_underlined(tiny: Path) -> None:
    chapter(tiny, BAD)
    lines = check(tiny).stdout.splitlines()
    assert lines[1:3] == [
        "    3 | It is enough. <b>Really</b>.",
        "      |               ^^^",
    ]


def test_a_hidden_character_is_shown_as_a_sign(tiny: Path) -> None:
    chapter(tiny, "# One\n\nWords \u202ereversed\x1b[2J here.\n")
    said = check(tiny).stdout
    assert "    3 | Words \ufffdreversed\ufffd[2J here." in said
    assert all(char.isprintable() or char == "\n" for char in said)


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
def test_a_terminal_gets_colours_and_no_line_wider_than_itself(tiny: Path) -> None:
    import pty  # there is none on Windows

    chapter(tiny, f"# One\n\n{'word ' * 60}<b>this</b> {'word ' * 60}\n")
    main, other = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "booklet", "check", "--today", TODAY],
        cwd=tiny,
        env=environment(COLUMNS="50", TERM="xterm"),
        stdout=other,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    ) as done:
        os.close(other)
        said = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:
                break
            if not piece:
                break
            said += piece
    os.close(main)
    assert done.returncode == 1
    text = said.decode().replace("\r\n", "\n")
    assert "\x1b[1;31m^^^\x1b[0m" in text
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    lines = [line for line in bare.splitlines() if "problem" not in line]
    assert max(map(len, lines)) <= 50


@pytest.mark.parametrize("kind", ["sarif", "junit", "github", "json"])
def test_each_form_is_the_whole_answer(tiny: Path, kind: str) -> None:
    chapter(tiny, BAD)
    done = check(tiny, "--format", kind)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout[0] == {"sarif": "{", "json": "{", "junit": "<", "github": ":"}[kind]
    assert "MD-020" in done.stdout


def test_reports_are_written_beside_the_text_on_the_screen(tiny: Path) -> None:
    chapter(tiny, BAD)
    kinds = ("sarif", "xml", "json", "txt")
    wanted = [f"reports/booklet.{kind}" for kind in kinds]
    done = check(tiny, *(word for name in wanted for word in ("--report", name)))
    assert done.returncode == 1
    assert (tiny / "reports/booklet.txt").read_text(encoding="utf-8") == done.stdout
    assert json.loads((tiny / "reports/booklet.json").read_text())["exit_code"] == 1
    assert sorted(name for name in files(tiny) if name.startswith("reports/")) == sorted(wanted)


def test_a_report_tells_of_a_fault_too(tiny: Path) -> None:
    done = check(tiny, "other", "--report", "r.sarif", "--format", "github")
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=")
    run = json.loads((tiny / "r.sarif").read_text())["runs"][0]
    assert run["invocations"][0]["exitCode"] == 2


def test_a_report_that_cannot_be_written_is_one_line(tiny: Path) -> None:
    (tiny / "taken").write_text("a file", encoding="utf-8")
    done = check(tiny, "--report", "taken/r.sarif")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "r.sarif" in done.stderr


def test_paths_are_relative_to_the_repository(tiny: Path) -> None:
    chapter(tiny, BAD)
    (tiny.parent / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    for folder in (tiny, tiny / "source"):
        assert (
            "::error file=project/source/tiny/01-first.md,line=3,col=15,"
            in check(folder, "--format", "github").stdout
        )
    (tiny.parent / ".git").unlink()
    (tiny / ".git").mkdir()
    assert "file=source/tiny/01-first.md," in check(tiny, "--format", "github").stdout


def test_a_changed_file_stands_for_its_booklet(tiny: Path) -> None:
    text = (tiny / "source/tiny/booklet.yaml").read_text(encoding="utf-8")
    (tiny / "source/other").mkdir()
    (tiny / "source/other/booklet.yaml").write_text(text, encoding="utf-8")
    path = "source/tiny/01-first.md"
    assert "1 booklet checked" in check(tiny, path, "source/tiny/images/gone.svg").stdout
    assert "1 booklet checked" in check(tiny / "source", "tiny/01-first.md").stdout
    assert "1 booklet checked" in check(tiny, str(tiny / path), "source/tiny/").stdout
    assert check(tiny, "source/disclaimers/en.md", path).returncode == 1, "all booklets"
    outside = check(tiny, "../elsewhere/file.md")
    assert (outside.returncode, outside.stdout) == (2, "")
    assert "this is not in the source folder" in outside.stderr
    assert check(tiny, "source/nowhere/01.md").returncode == 2


def test_a_baseline_from_first_to_last(tiny: Path) -> None:
    chapter(tiny, LONG)
    assert check(tiny, "--strict").returncode == 1
    written = check(tiny, "--strict", "--write-baseline", "known.json")
    assert written.returncode == 0, written.stdout
    held = check(tiny, "--strict", "--baseline", "known.json")
    assert held.returncode == 0
    assert "STR-004 in the baseline: " in held.stdout
    chapter(tiny, LONG.replace("Item", "Other"))
    assert check(tiny, "--strict", "--baseline", "known.json").returncode == 1
    chapter(tiny, "# One\n\nSome words.\n")
    done = check(tiny, "--strict", "--baseline", "known.json", "--write-baseline", "known.json")
    assert done.returncode == 0
    assert json.loads((tiny / "known.json").read_text())["findings"] == []


def test_a_baseline_that_is_none_is_refused_and_never_overwritten(tiny: Path) -> None:
    (tiny / "package.json").write_text("{}", encoding="utf-8")
    for option in ("--baseline", "--write-baseline"):
        done = check(tiny, option, "package.json")
        assert done.returncode == 2
        assert "this is not a baseline" in done.stderr
    assert (tiny / "package.json").read_text() == "{}"
    gone = check(tiny, "--baseline", "nowhere.json")
    assert (gone.returncode, len(gone.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        ((), "# One\n\nSome words.\n", 0),
        ((), LONG, 0),
        (("--strict",), LONG, 1),
        ((), BAD, 1),
        (("--nonsense",), BAD, 2),
        (("--report", "r.pdf"), BAD, 2),
        (("--source", "nowhere"), BAD, 2),
        (("--report", "source/tiny/01-first.md/r.xml"), BAD, 3),
    ],
)
def test_exit_codes(tiny: Path, arguments: tuple[str, ...], text: str, code: int) -> None:
    chapter(tiny, text)
    assert check(tiny, *arguments).returncode == code
