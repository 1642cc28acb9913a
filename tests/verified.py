"""What the verify and checklist commands answer: run in this process, read, held to its form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from booklet import cli
from tests.processes import ROOT

SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
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


class Run:
    """Runs the command in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str) -> Answer:
        code = cli.main(list(words))
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)


def outcomes(answer: Answer) -> dict[str, str]:
    return {Path(row["file"]).name: row["outcome"] for row in answer.data["files"]}


def rules(answer: Answer) -> set[str]:
    return {row["rule"] for row in answer.data["findings"]}


def measures(row: dict[str, Any]) -> dict[str, str]:
    return {each["tool"]: each["outcome"] for each in row["measures"]}


def own_rules(answer: Answer) -> set[str]:
    """The rules of the verify command itself."""
    return {rule for rule in rules(answer) if rule.startswith(("FILE-", "TOOL-"))}
