"""docs/commands.md and ``--help`` name the same commands, options, codes and examples."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import jsonschema
import pytest

from booklet import cli_arguments, cli_commands, cli_values, errors
from booklet.cli_arguments import parse

DOC = Path("docs/commands.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part.partition("\n")[2] for part in DOC.split("\n## ")[1:]}
_, PARSERS = cli_arguments.parsers("make_booklet.py")


def options(command: str) -> set[str]:
    actions: list[argparse.Action] = PARSERS[command]._actions
    return {name for action in actions for name in action.option_strings if name[:2] == "--"}


@pytest.mark.parametrize("command", cli_commands.COMMANDS)
def test_each_command_has_a_section_that_names_its_options_and_no_other(command: str) -> None:
    text = SECTIONS[command]
    assert f"[`{command}`](#{command})" in DOC
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    named = set(re.findall(r"`(--[a-z-]+)", prose))
    assert named == options(command)


def test_build_documents_its_booklets_and_every_choice() -> None:
    assert "`BOOKLET ...`" in SECTIONS["build"]
    for action in PARSERS["build"]._actions:
        for choice in action.choices or ():
            assert f"`{action.option_strings[0]} {choice}`" in SECTIONS["build"]
    assert f"1 to {cli_values.MOST_JOBS}" in SECTIONS["build"]


def test_every_exit_code_is_documented_and_in_the_help() -> None:
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    rows = re.findall(r"^\| (\d+) \|", SECTIONS["Exit codes"], flags=re.MULTILINE)
    assert {int(row) for row in rows} == codes
    top, _ = cli_arguments.parsers("make_booklet.py")
    helped = re.findall(r"^  (\d+) ", top.format_help(), flags=re.MULTILINE)
    assert {int(code) for code in helped} == codes


def examples() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", DOC, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.partition("#")[0].strip() for line in lines if "make_booklet.py" in line]


@pytest.mark.parametrize("line", examples())
def test_every_example_is_understood(line: str) -> None:
    words = line.removeprefix("python3 make_booklet.py").split()
    if {"--help", "--version"} & set(words):
        with pytest.raises(SystemExit) as leaving:
            parse(words, "x")
        assert leaving.value.code == 0
        return
    expected = words[0] if words and words[0] in cli_commands.COMMANDS else "build"
    assert parse(words, "x").command == expected


def test_every_command_has_an_example() -> None:
    commands = {line.split()[2] for line in examples() if len(line.split()) > 2}
    assert set(cli_commands.COMMANDS) <= commands


def test_the_json_shown_is_of_the_published_form() -> None:
    schema = json.loads(Path("docs/report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    shown = re.findall(r"```json\n(.*?)```", DOC, flags=re.DOTALL)
    assert len(shown) == 1
    jsonschema.Draft202012Validator(schema).validate(json.loads(shown[0]))
