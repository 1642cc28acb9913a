"""The action, the hook and the examples in docs/ci.md are what they say, and they run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from booklet import errors
from booklet.cli_arguments import parse
from tests.processes import ROOT, Answer, environment, inside, project

DOC = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BAD = "# One\n\nIt is enough. <b>Really</b>.\n"
LONG = "# One\n\nSome words.\n\n" + "".join(f"- Item {number}\n" for number in range(9))
bash = pytest.mark.skipif(os.name == "nt", reason="needs bash")


def loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)


ACTION = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = loaded((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


# --------------------------------------------------------------------------------- the hook


def test_the_hook_has_what_pre_commit_asks_for() -> None:
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    assert HOOK["language"] == "python"
    assert HOOK["require_serial"] is True
    command, *_ = shlex.split(HOOK["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert scripts["scripts"][command] == "booklet.__main__:run"


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("source/tiny/01-first.md", True),
        ("source/tiny/booklet.yaml", True),
        ("source/disclaimers/en.md", True),
        ("source/tiny/images/a.svg", True),
        ("docs/01-first.md", False),
        ("source/tiny/notes.docx", False),
    ],
)
def test_the_hook_looks_at_files_of_booklets(path: str, *, taken: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is taken


def hook(folder: Path, *paths: str) -> Answer:
    """Run the entry as pre-commit does: in the repository, with the changed files behind it."""
    _, *words = shlex.split(HOOK["entry"])
    return inside(*words, *paths, cwd=folder)


def test_the_hook_stops_a_commit_with_a_mistake_and_no_other(tiny: Path) -> None:
    shutil.copytree(tiny / "source" / "tiny", tiny / "source" / "other")
    chapter = "source/tiny/01-first.md"
    done = hook(tiny, chapter, "source/tiny/booklet.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 booklet checked" in done.stdout
    (tiny / chapter).write_text(BAD, encoding="utf-8")
    done = hook(tiny, chapter)
    assert done.returncode == 1
    assert "MD-020" in done.stdout
    # The second booklet, a bare copy, is wrong as well, but nobody has touched it.
    assert "META-001" not in done.stdout
    assert "META-001" in hook(tiny, "source/disclaimers/en.md").stdout
    assert "META-001" in hook(tiny, "source/_drafts/notes.md").stdout


# ------------------------------------------------------------------------------- the action


def test_the_action_has_what_github_asks_for_and_calls_no_other() -> None:
    assert {"name", "description", "inputs", "outputs", "runs"} <= set(ACTION)
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS:
        assert step["shell"] == "bash"
        assert "uses" not in step
        # What a person typed never becomes part of a script.
        assert "${{" not in step["run"]
    for row in ACTION["inputs"].values():
        assert row["description"]
        assert isinstance(row["default"], str)
    for row in ACTION["outputs"].values():
        assert re.fullmatch(r"\$\{\{ steps\.(check|build)\.outputs\.\w+ \}\}", row["value"])


def test_each_input_of_the_action_reaches_a_step_and_the_documentation() -> None:
    used = re.findall(r"inputs\.(\w+)", json.dumps(STEPS))
    assert set(used) == set(ACTION["inputs"])
    assert set(re.findall(r"^\| `(\w+)` \|", DOC, re.MULTILINE)) == set(ACTION["inputs"])


def step(folder: Path, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does: its own environment, bash with -e and pipefail."""
    row = next(each for each in STEPS if each["name"] == name)
    values = {key: each["default"] for key, each in ACTION["inputs"].items()} | inputs
    given = {
        variable: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: values[match[1]], text)
        for variable, text in row.get("env", {}).items()
    }
    tools = folder.parent / "bin"
    tools.mkdir(exist_ok=True)
    python = tools / "python3"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", row["run"]],
        cwd=folder,
        env=environment(
            PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
            GITHUB_ACTION_PATH=str(ROOT),
            GITHUB_OUTPUT=str(folder.parent / "outputs"),
            BOOKLET_NO_SETUP="1",
            **given,
        ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def outputs(folder: Path) -> str:
    return (folder.parent / "outputs").read_text(encoding="utf-8")


@bash
def test_the_set_up_step_runs(tiny: Path) -> None:
    done = step(tiny, "Set up")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("booklet ")


@bash
def test_the_check_step_passes_and_leaves_a_report(tiny: Path) -> None:
    done = step(tiny, "Check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(tiny) == "report=booklet.sarif\n"
    assert json.loads((tiny / "booklet.sarif").read_text())["runs"][0]["results"] == []


@bash
def test_the_check_step_fails_with_annotations_and_still_leaves_a_report(tiny: Path) -> None:
    (tiny / "source/tiny/01-first.md").write_text(BAD, encoding="utf-8")
    done = step(tiny, "Check", booklets="tiny", report="reports/a b.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=")
    assert (tiny / "reports/a b.sarif").exists()


@bash
@pytest.mark.slow
def test_the_inputs_of_the_check_step_do_what_they_say(tiny: Path) -> None:
    (tiny / "source/tiny/01-first.md").write_text(LONG, encoding="utf-8")
    (tiny / "source").rename(tiny / "my guides")
    assert step(tiny, "Check", source="my guides").returncode == 0
    assert step(tiny, "Check", source="my guides", strict="true").returncode == 1
    assert step(tiny, "Check", source="my guides", baseline="none.json").returncode == 2


@bash
@pytest.mark.slow
def test_what_is_typed_as_an_input_is_never_run(tiny: Path) -> None:
    odd = '$(touch gone) `touch gone` "; touch gone; "'
    assert step(tiny, "Check", booklets=odd).returncode == 2
    assert not (tiny / "gone").exists()


@bash
@pytest.mark.slow
def test_the_build_step_builds(tiny: Path) -> None:
    done = step(tiny, "Build", editions="large-a4", out="made here")
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(tiny) == "out=made here\n"
    assert list((tiny / "made here" / "tiny").glob("*.pdf"))


# -------------------------------------------------------------------------- the examples


def test_every_command_in_the_examples_is_understood() -> None:
    lines = [
        line for kind in ("sh", "yaml") for block in blocks(kind) for line in block.split("\n")
    ]
    commands = [line.partition("make_booklet.py")[2] for line in lines if "make_booklet.py" in line]
    assert len(commands) >= 6
    for command in commands:
        words = shlex.split(re.split(r"\|\||;;|;", command)[0])
        assert parse(words, "x").command == words[0]


@bash
def test_the_shell_examples_are_shell() -> None:
    for block in blocks("sh"):
        done = subprocess.run(
            ["bash", "-n"], input=block, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_yaml_examples_are_yaml_and_pinned() -> None:
    workflow, gitlab, commit = (loaded(block) for block in blocks("yaml"))
    steps = workflow["jobs"]["booklets"]["steps"]
    assert set(steps[1]["with"]) <= set(ACTION["inputs"])
    for each in steps:
        assert re.search(r"@([0-9a-f]{40}|COMMIT)$", each["uses"]), each["uses"]
    assert "steps.booklets.outputs.report" in steps[2]["with"]["sarif_file"]
    assert gitlab["booklets"]["artifacts"]["reports"]["junit"] == "booklet.xml"
    assert commit["repos"][0]["hooks"] == [{"id": HOOK["id"]}]


def test_the_exit_codes_are_those_of_the_program() -> None:
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert {int(row) for row in re.findall(r"^\| (\d+) \|", DOC, re.MULTILINE)} == codes
