"""The command as a person meets it: exit codes, what goes to which stream, terminals and pipes.

It runs as a process where that is the point, and else in this one, which is quicker.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from booklet import __version__
from booklet.editions import A5, EDITIONS, HALF_LETTER, PRESETS, room
from tests.processes import TODAY, command, environment, files, inside, project

SCHEMA = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal or shell")


def answer(*arguments: str, cwd: Path) -> dict[str, Any]:
    done = inside(*arguments, "--format", "json", cwd=cwd)
    data: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert data["exit_code"] == done.returncode
    assert done.stdout.isascii()
    return data


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


# -------------------------------------------------------------------------------- check


def test_a_good_booklet_is_passed_in_one_sentence(tiny: Path) -> None:
    done = command("check", "--today", TODAY, cwd=tiny)
    assert done.stdout == "1 booklet checked: ready to build.\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_a_mistake_is_one_line_with_place_rule_and_hint(tiny: Path) -> None:
    edit(tiny / "source/tiny/01-first.md", "enough.", "enough. <b>Really</b>.")
    done = inside("check", "--today", TODAY, cwd=tiny)
    assert done.returncode == 1
    first, *_, last = done.stdout.splitlines()
    assert re.match(r"source/tiny/01-first\.md:3:\d+ [A-Z]+-\d{3} .+ Hint: .+", first)
    assert "1 booklet; nothing can be built for it until this is put right." in last
    assert done.stderr == ""


def test_strict_lets_a_warning_count(tiny: Path) -> None:
    soon = ("--today", "2028-11-01")
    assert inside("check", *soon, cwd=tiny).returncode == 0
    assert inside("check", *soon, "--strict", cwd=tiny).returncode == 1


def test_today_decides_about_the_review_date(tiny: Path) -> None:
    assert inside("check", "--today", "2030-01-01", "--quiet", cwd=tiny).returncode == 1
    quiet = inside("check", "--today", TODAY, "--quiet", cwd=tiny)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_check_answers_a_program(tiny: Path) -> None:
    data = answer("check", "--today", "2030-01-01", cwd=tiny)
    assert data["booklets"][0]["status"] == "blocked"
    assert data["findings"][0]["file"] == "source/tiny/booklet.yaml"
    assert data["artifacts"] == []


def test_check_touches_nothing(tiny: Path) -> None:
    before = files(tiny)
    command("check", "--today", TODAY, cwd=tiny)
    assert files(tiny) == before


# -------------------------------------------------------------- where the source folder is


def test_the_source_is_found_from_any_folder_of_the_project(tiny: Path) -> None:
    done = inside("check", "--today", TODAY, cwd=tiny / "source" / "tiny")
    assert done.returncode == 0


def test_the_source_can_be_named(tiny: Path, tmp_path: Path) -> None:
    (tiny / "source").rename(tmp_path / "elsewhere")
    asked = ("--source", str(tmp_path / "elsewhere"), "--today", "2030-01-01")
    done = inside("check", *asked, cwd=tmp_path)
    assert done.stdout.startswith("elsewhere/tiny/booklet.yaml:")


def test_a_source_that_is_not_there_is_a_usage_error(tiny: Path) -> None:
    done = inside("check", "--source", "nowhere", cwd=tiny)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nowhere: there is no such folder")


# ------------------------------------------------------------------------ usage and faults


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("chekc", "Did you mean 'check'?"),
        ("tny", "Did you mean 'tiny'?"),
        ("build tny", "Did you mean 'tiny'?"),
        ("check --clinic a", "there is no clinic 'a'"),
        ("check --lang fr", "There is: en-US."),
        ("build --edition epbu", "Did you mean 'epub'?"),
        ("build --edition large-a4 --paper letter", "no such edition"),
        ("build --jobs many", "'many' is not a number"),
        ("build --out source/tiny", "finished files cannot go among the source"),
        ("list --bogus", "unrecognized arguments: --bogus"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(line: str, told: str, tiny: Path) -> None:
    before = files(tiny)
    done = inside(*line.split(), cwd=tiny)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert files(tiny) == before


def test_a_fault_is_told_to_a_program_too(tiny: Path) -> None:
    data = answer("build", "tny", cwd=tiny)
    assert data["exit_code"] == 2
    assert data["fault"]["hint"] == "Did you mean 'tiny'?"


def test_an_output_that_is_a_file_is_a_fault_of_the_machine(tiny: Path) -> None:
    (tiny / "output").write_text("mine")
    data = answer("build", "--today", TODAY, cwd=tiny)
    assert data["exit_code"] == 3
    assert data["fault"]["message"] == "this is a file, not a folder"
    assert (tiny / "output").read_text() == "mine"


def test_an_unforeseen_fault_is_one_line_unless_it_is_asked_for(tiny: Path) -> None:
    code = (
        "import sys; from booklet import cli, cli_build\n"
        "cli_build.run = lambda arguments: 1 / 0\n"
        "sys.exit(cli.main(['check']))"
    )

    def run(**env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=tiny,
            env=environment(**env),
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert done.returncode == 3
    assert done.stderr.startswith("the program has a fault: ZeroDivisionError")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" in run(BOOKLET_DEBUG="1").stderr


# --------------------------------------------------------------------- the small commands


def test_version_and_help_go_to_stdout(tmp_path: Path) -> None:
    assert command("--version", cwd=tmp_path).stdout == f"booklet {__version__}\n"
    helped = command("--help", cwd=tmp_path)
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "exit codes:" in helped.stdout


def test_list_shows_booklets_editions_and_clinics(tiny: Path) -> None:
    (tiny / "source" / "clinics").mkdir()
    profile = 'name: Riverside Clinic\nphone: "555 0100"\naddress: [1 River Street]\n'
    (tiny / "source" / "clinics" / "riverside.yaml").write_text(profile)
    (tiny / "source" / "clinics" / "torn.yaml").write_text("name: R\n")
    (tiny / "source" / "clinics" / "_later.yaml").write_text("name: L\n")
    (tiny / "source" / "broken").mkdir()
    done = inside("list", cwd=tiny)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Booklets:",
        "  broken: has mistakes, see the check command",
        "  tiny: A tiny booklet (en-US, version 1.0, review by 2028-11-22)",
        "Editions:",
        *(f"  {row.id}: {row.name}" for row in EDITIONS if not row.for_folding),
        "With --impose, to print and fold:",
        *(
            f"  {row.id}: {row.name}"
            for row in EDITIONS
            if row.for_folding and row.format != "press"
        ),
        "With --press, for a print shop:",
        *(f"  {row.id}: {row.name}" for row in EDITIONS if row.format == "press"),
        "Not offered:",
        *(
            f"  {size}-{paper.id}: only about {room(preset, paper).words} words of the disclaimer"
            " would fit on its page"
            for size in ("giant", "aph", "acb")
            for preset in PRESETS
            for paper in (A5, HALF_LETTER)
            if preset.id == size
        ),
        "Clinics:",
        "  riverside: Riverside Clinic, 555 0100",
        "  torn: has mistakes, see check --clinic torn",
    ]
    data = answer("list", cwd=tiny)
    assert [row["id"] for row in data["booklets"]] == ["broken", "tiny"]
    assert data["clinics"] == [
        {"id": "riverside", "name": "Riverside Clinic", "phone": "555 0100"},
        {"id": "torn", "name": "", "phone": ""},
    ]


def test_a_changed_disclaimer_is_locked_only_under_a_new_version(tiny: Path) -> None:
    lock, words = tiny / "source/disclaimers/lock.yaml", tiny / "source/disclaimers/en.md"
    before = lock.read_bytes()
    assert inside("lock-disclaimer", cwd=tiny).stdout == "en: unchanged, version 1.0\n"
    edit(words, "not medical advice", "no medical advice")
    assert inside("check", "--today", TODAY, cwd=tiny).returncode == 1
    refused = inside("lock-disclaimer", cwd=tiny)
    assert refused.returncode == 1
    assert "DISC-010" in refused.stdout
    assert refused.stdout.endswith("Nothing was locked.\n")
    assert lock.read_bytes() == before
    assert answer("lock-disclaimer", cwd=tiny)["findings"][0]["rule"] == "DISC-010"
    edit(words, 'version: "1.0"', 'version: "1.1"')
    data = answer("lock-disclaimer", cwd=tiny)
    assert [change["kind"] for change in data["changes"]] == ["version"]
    assert inside("check", "--today", TODAY, cwd=tiny).returncode == 0


def test_a_source_without_disclaimer_has_nothing_to_lock(tiny: Path) -> None:
    for path in (tiny / "source" / "disclaimers").iterdir():
        path.unlink()
    assert inside("lock-disclaimer", cwd=tiny).stdout == "There is no disclaimer to lock.\n"


@pytest.mark.slow
def test_doctor_says_what_is_here_and_what_is_missing(tiny: Path) -> None:
    data = answer("doctor", cwd=tiny)
    assert data["exit_code"] == (0 if data["well"] else 3)
    states = {row["name"]: row["state"] for row in data["diagnoses"]}
    assert states["C library pango-1.0"] == "ok"
    done = command("doctor", cwd=tiny)
    assert done.returncode == data["exit_code"]
    assert "C library pango-1.0" in done.stdout


# ---------------------------------------------------------------- streams and terminals


def wrong(tiny: Path, words: str = "<b>caf\u00e9</b>") -> None:
    edit(tiny / "source/tiny/01-first.md", "enough.", f"enough. {words}")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_terminal_without_the_characters_gets_question_marks(encoding: str, tiny: Path) -> None:
    edit(tiny / "source/tiny/booklet.yaml", "chapters: [01-first.md]", "chapters: [01-\u4f60.md]")
    done = command("check", "--today", TODAY, cwd=tiny, env=environment(PYTHONIOENCODING=encoding))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "?" in done.stdout


@posix
def test_a_reader_that_leaves_early_is_no_fault(tiny: Path) -> None:
    wrong(tiny)
    with subprocess.Popen(
        [sys.executable, "-m", "booklet", "check", "--today", TODAY],
        cwd=tiny,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 1


@posix
@pytest.mark.parametrize(
    ("streams", "code"), [(">&-", 0), ("2>&-", 0), (">&- 2>&-", 0), ("2>/dev/full", 0)]
)
def test_a_closed_stream_is_no_fault(streams: str, code: int, tiny: Path) -> None:
    line = f'"{sys.executable}" -m booklet check --today {TODAY} {streams}'
    done = subprocess.run(["sh", "-c", line], cwd=tiny, env=environment(), check=False)
    assert done.returncode == code


@posix
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_full_disk_behind_stdout_is_a_fault_of_the_machine(form: str, tiny: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "booklet", "check", "--today", TODAY, "--format", form],
            cwd=tiny,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "the answer cannot be written: No space left on device\n"


def on_a_terminal(*arguments: str, cwd: Path, **env: str) -> tuple[int, str]:
    """Run the command on a pseudo-terminal; return its exit code and all it printed."""
    import pty

    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "booklet", *arguments],
        cwd=cwd,
        env=environment(**{"TERM": "xterm", **env}),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        said = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:  # Linux says so when the last writer has gone
                break
            if not piece:
                break
            said += piece
    os.close(leader)
    return process.returncode, said.decode()


@posix
def test_colours_are_for_a_terminal_that_wants_them(tiny: Path) -> None:
    wrong(tiny)
    check = ("check", "--today", TODAY)
    code, coloured = on_a_terminal(*check, cwd=tiny)
    assert code == 1
    assert "\x1b[1;31m" in coloured
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal(*check, cwd=tiny, **env)[1]
    assert "\x1b" not in command(*check, cwd=tiny).stdout


@posix
def test_a_source_cannot_steer_the_terminal(tiny: Path) -> None:
    edit(tiny / "source/tiny/booklet.yaml", "id: tiny", 'id: "t\\e]0;owned\\a"')
    _, said = on_a_terminal("check", "--today", TODAY, cwd=tiny, NO_COLOR="1")
    assert said.replace("\r\n", "").isprintable()
